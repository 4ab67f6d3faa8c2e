package teleapi.call.script;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import teleapi.call.Branches;
import teleapi.call.Call;
import teleapi.call.CallEvent;
import teleapi.call.CallStatus;
import teleapi.call.EndReason;
import teleapi.call.NewDocument;
import teleapi.call.Sid;
import teleapi.call.records.CallRecord;
import teleapi.call.webhook.Urls;
import teleapi.media.Layer;
import teleapi.media.MediaEvent;
import teleapi.media.Sound;
import teleapi.rcml.Dial;
import teleapi.rcml.DialRecording;
import teleapi.rcml.Noun;
import teleapi.rcml.Queue;
import teleapi.runtime.Deadline;

/**
 * One run of a Dial: rings its nouns at once or one after the other, joins the first that answers, or takes one out of a queue, until either side leaves.
 *
 * <p>Each noun is a call of its own with its own thread. A branch that fails only removes itself; the first that answers wins, the others
 * are dropped. On every way out unanswered branches are dropped and the bridge is left; the action is requested once.
 *
 * <pre>
 * Thread  the call's (the parent's)
 * Source  CONTRACT section 2 "Rules"; reference/restcomm.md 2.3 and 3.2
 * </pre>
 */
final class DialExecution {
    private static final EndReason ANOTHER_ANSWERED =
            new EndReason(CallStatus.CANCELED, EndReason.Cause.RCML, 603, "another leg answered");
    /** reference/restcomm.md 5.2: a screening document runs at most so long. */
    static final Duration SCREENING = Duration.ofSeconds(60);

    private static final int CALLER_ID = 13214;
    /** 480: nobody is there to talk now. */
    private static final int NO_ANSWER = 480;

    private static final EndReason NOBODY_ANSWERED =
            new EndReason(CallStatus.NO_ANSWER, EndReason.Cause.TIMEOUT, NO_ANSWER, "the Dial's timeout");
    private static final EndReason TIME_LIMIT =
            new EndReason(CallStatus.COMPLETED, EndReason.Cause.TIMEOUT, 603, "the Dial's time limit");

    private final Script script;
    private final Dial dial;
    private final String baseUrl;
    private final long begun;
    private final Optional<Recorder> recorder;
    /** Not joined and not lost yet: those that ring, and those that have answered and are being screened. */
    private final Set<Call> ringing = new LinkedHashSet<>();

    private final Set<Call> pickedUp = new LinkedHashSet<>();
    /** The legs to a Sip: what their far ends answer is told to the action. */
    private final Set<Call> toSip = new LinkedHashSet<>();

    private Optional<Call> earlyMedia = Optional.empty();
    /** A caller who is not answered has heard a noun before this one: there is a way for the sound of ringing. */
    private boolean heardEarlyMedia;

    /** In the verb's own time. */
    private Deadline ringsUntil = Deadline.NEVER;

    private long ringback;
    private boolean rang;
    /** Of the transfer that has taken the branches away. */
    private Optional<Sid> handedOver = Optional.empty();

    private final Optional<Dequeuing> queue;
    private Optional<Call> winner = Optional.empty();
    /** Names the bridge with the winner: its Sid, or that of the pick-up from a queue. */
    private Optional<Sid> bridge = Optional.empty();

    private Optional<Call> told = Optional.empty();
    private String outcome = "failed";
    private long joinedAt;
    private long leftAt;
    private boolean actionRequested;
    private EndReason cutOff = EndReason.PEER_LEFT;

    DialExecution(Script script, Dial dial, String baseUrl) {
        this.script = script;
        this.dial = dial;
        this.baseUrl = baseUrl;
        this.begun = script.time.nanos();
        this.queue = dial.targets().getFirst() instanceof Queue noun
                ? Optional.of(new Dequeuing(script, noun, baseUrl, SCREENING))
                : Optional.empty();
        this.recorder = dial.recording().map(wanted -> Recorder.of(script, wanted, baseUrl));
    }

    Optional<Next> run() throws Interruption {
        return run(queue.isPresent() ? () -> takeOutOf(queue.get()) : this::dialAll);
    }

    /** A leg that was rung for this call, and has answered: joined, and nothing after it. */
    Next join(Call answered) throws Interruption {
        run(() -> {
            winner = Optional.of(answered);
            bridge = winner.map(Call::sid);
            talk(answered);
        });
        return new Next.Exhausted(EndReason.PEER_LEFT);
    }

    private Optional<Next> run(Documents.Interruptible connecting) throws Interruption {
        dial.callerId()
                .filter(wanted -> !script.switchboard.mayBeFrom(script.call, wanted))
                .ifPresent(wanted -> script.notify(
                        false, CALLER_ID, "callerId of Dial is a client of another account: " + wanted, baseUrl));
        if (!dial.answerOnBridge()) {
            script.answer();
        }
        script.owedOnRedirect(
                dial.action().flatMap(action -> Urls.resolve(baseUrl, action)).map(url -> dial.method() + " " + url));
        if (script.leg().answered()
                && dial.recording().filter(DialRecording::fromRinging).isPresent()) {
            recorder.ifPresent(Recorder::begin);
        }
        try {
            connecting.run();
            if (recorder.isPresent()) {
                recorder.get().finish();
            }
        } catch (Interruption interruption) {
            cutOff = interruption.toConnected();
            if (joinedAt == 0) {
                outcome = "canceled";
                told = ringing.stream().findFirst().or(() -> told);
            }
            requestActionOnly(interruption);
            throw interruption;
        } finally {
            script.owedOnRedirect(Optional.empty());
            script.handover.over();
            recorder.ifPresent(Recorder::stop);
            drop(cutOff);
            leave();
            queue.ifPresent(there -> there.over(bridge));
        }
        if (dial.action().isEmpty() || actionRequested) {
            return Optional.empty();
        }
        return Optional.of(script.documents.go(dial.action().get(), dial.method(), baseUrl, result()));
    }

    private void dialAll() throws Interruption {
        for (Noun target : dial.targets()) {
            if (target instanceof Noun.Ringable ringable && winner.isEmpty()) {
                List<Call> legs = script.switchboard.dial(script.call, ringable, dial, baseUrl, Optional.empty());
                ringing.addAll(legs);
                if (ringable instanceof teleapi.rcml.Sip) {
                    toSip.addAll(legs);
                }
                legs.forEach(Call::start);
                if (dial.sequential()) {
                    ring();
                    dropEarlyMedia();
                }
            }
        }
        if (!dial.sequential()) {
            ring();
        }
        if (winner.isPresent()) {
            bridge = winner.map(Call::sid);
            talk(winner.get());
        }
    }

    /** One who waits; the next, if it is gone before the bridge stands. */
    private void takeOutOf(Dequeuing waiting) throws Interruption {
        Deadline deadline = script.ofVerb(dial.timeout());
        while (joinedAt == 0) {
            Optional<CallEvent.QueuedCaller> caller = come(waiting, deadline);
            if (caller.isEmpty()) {
                outcome = waiting.asks() ? "no-answer" : "failed";
                script.verbs.refusal(NOBODY_ANSWERED);
                return;
            }
            winner = caller.map(CallEvent.QueuedCaller::caller);
            bridge = caller.map(come -> come.pickUp().bridge());
            talk(caller.get().caller());
            if (joinedAt == 0) {
                script.connected(Optional.empty(), false);
                script.media().leave();
                winner = Optional.empty();
                bridge = Optional.empty();
                leftAt = 0;
            }
        }
    }

    private Optional<CallEvent.QueuedCaller> come(Dequeuing waiting, Deadline until) throws Interruption {
        ringback = script.nextId();
        if (script.leg().answered()) {
            ringBack(ringback);
        }
        try {
            return waiting.next(until);
        } finally {
            script.media().stopPlayback(ringback);
        }
    }

    private void ring() throws Interruption {
        ringsUntil = script.ofVerb(dial.timeout());
        ringback = script.nextId();
        rang = false;
        script.handover.rings(this);
        if (script.leg().answered() || heardEarlyMedia) {
            ringBack(ringback);
        }
        try {
            while (!ringing.isEmpty() && winner.isEmpty()) {
                Optional<CallEvent> event = script.await(script.passes(ringsUntil), this::concernsChild);
                if (event.isEmpty()) {
                    outcome = "no-answer";
                    script.verbs.refusal(NOBODY_ANSWERED);
                    told = ringing.stream()
                            .filter(child -> !pickedUp.contains(child))
                            .findFirst()
                            .or(() -> told);
                    // Who answered in time is not dropped because it is still being screened.
                    drop(NOBODY_ANSWERED, child -> !pickedUp.remove(child));
                    ringsUntil = script.ofVerb(SCREENING);
                    continue;
                }
                switch (event.get()) {
                    case CallEvent.ChildRinging child -> rings(child);
                    case CallEvent.ChildPickedUp child -> {
                        pickedUp.add(child.child());
                        if (earlyMedia.equals(Optional.of(child.child()))) {
                            // The caller hears ringing again until the leg has been screened.
                            script.media().leave();
                            ringBack(ringback);
                        }
                    }
                    case CallEvent.ChildAnswered answered -> winner = Optional.of(answered.child());
                    case CallEvent.ChildEnded ended -> lost(ended.child(), ended.record());
                    case CallEvent.PeerLeft left -> screenedOut(left.bridge());
                    case CallEvent.TransferTold failed -> lost(failed.status());
                    default -> throw new IllegalStateException("not about a child: " + event.get());
                }
            }
        } finally {
            script.media().stopPlayback(ringback);
        }
    }

    /** The next noun is not heard through the one before. */
    private void dropEarlyMedia() {
        if (winner.isEmpty() && earlyMedia.isPresent()) {
            script.media().leave();
            earlyMedia = Optional.empty();
            heardEarlyMedia = true;
        }
    }

    private void ringBack(long playback) {
        script.media().play(Layer.VERB, playback, Sound.ringback(dial.ringTone().orElse("us")), 0);
    }

    private void rings(CallEvent.ChildRinging child) {
        rang = true;
        if (!child.earlyMedia()) {
            script.leg().ring();
        } else if (ringing.size() == 1) {
            // Early media of the only leg is passed on; with several nobody could tell whose it is.
            script.leg().sendEarlyMedia();
            script.media().stopPlayback(ringback);
            child.child().media().ifPresent(script.media()::bridge);
            earlyMedia = Optional.of(child.child());
        }
    }

    private void lost(Call child, CallRecord record) {
        ringing.remove(child);
        told = Optional.of(child);
        lost(record.status(), record.sipResponseCode().orElse(NO_ANSWER));
    }

    /** It has answered and has not come as far as the bridge: the document of its noun said no, or nobody was there any more. */
    private void screenedOut(Sid leg) {
        told = ringing.stream().filter(child -> child.sid().equals(leg)).findFirst();
        told.ifPresent(ringing::remove);
        outcome = "failed";
    }

    private void lost(int sipStatus) {
        lost(sipStatus == NO_ANSWER ? CallStatus.NO_ANSWER : Beginning.outcome(sipStatus), sipStatus);
    }

    private void lost(CallStatus status, int sipStatus) {
        // A caller who is not answered yet learns what the callee said: 486 is 486.
        script.verbs.refusal(new EndReason(status, EndReason.Cause.CALLEE, sipStatus, "the Dial came to nothing"));
        outcome = switch (status) {
            case BUSY -> "busy";
            case NO_ANSWER -> "no-answer";
            case CANCELED -> "canceled";
            default -> "failed";
        };
    }

    private void talk(Call child) throws Interruption {
        ringing.remove(child);
        drop(ANOTHER_ANSWERED);
        told = Optional.of(child);
        outcome = "completed";
        joinedAt = script.time.nanos();
        script.answer();
        recorder.ifPresent(Recorder::begin);
        child.media().ifPresent(script.media()::bridge);
        if (!child.post(new CallEvent.Joined(bridge.orElseThrow()))) {
            neverJoined();
            return;
        }
        script.connected(winner, queue.isPresent());
        script.handover.over();
        script.transfers.decidedBy(referUrl());
        Optional<CallEvent> end = talked();
        leftAt = script.time.nanos();
        if (end.isEmpty()) {
            child.post(new CallEvent.NotWanted(bridge.orElseThrow(), TIME_LIMIT));
        } else if (end.get() instanceof CallEvent.MediaHappened) {
            child.post(new CallEvent.NotWanted(bridge.orElseThrow(), EndReason.PEER_LEFT));
        } else if (end.get() instanceof CallEvent.PeerLeft left && !left.joined()) {
            neverJoined();
        }
    }

    /** What ends it; empty: its time. */
    private Optional<CallEvent> talked() throws Interruption {
        if (dial.hangupOnStar()) {
            script.listenForTones(true);
            script.media().keepStar(true);
        }
        try {
            return script.await(script.time.after(dial.timeLimit()), this::concernsBridge);
        } finally {
            if (dial.hangupOnStar()) {
                script.listenForTones(false);
                script.media().keepStar(false);
            }
        }
    }

    /** The leg was gone when it was chosen: nobody has heard anybody. */
    private void neverJoined() {
        outcome = "failed";
        joinedAt = 0;
    }

    private boolean concernsChild(CallEvent event) {
        return switch (event) {
            case CallEvent.ChildRinging child -> ringing.contains(child.child());
            case CallEvent.ChildPickedUp child -> ringing.contains(child.child());
            case CallEvent.ChildAnswered child -> ringing.contains(child.child());
            case CallEvent.ChildEnded child -> ringing.contains(child.child());
            case CallEvent.PeerLeft left ->
                ringing.stream().anyMatch(child -> child.sid().equals(left.bridge()));
            case CallEvent.TransferTold over -> handedOver.equals(Optional.of(over.transfer()));
            default -> false;
        };
    }

    private boolean concernsBridge(CallEvent event) {
        return switch (event) {
            case CallEvent.ChildEnded ended ->
                winner.filter(child -> child == ended.child()).isPresent();
            case CallEvent.PeerLeft left -> bridge.equals(Optional.of(left.bridge()));
            case CallEvent.MediaHappened(MediaEvent.DigitPressed(char digit)) -> dial.hangupOnStar() && digit == '*';
            default -> false;
        };
    }

    /** What rings, for another call to have; empty: nothing does. */
    Optional<Branches> branches() {
        return ringing.isEmpty() || winner.isPresent()
                ? Optional.empty()
                : Optional.of(new Branches(
                        script.call,
                        dial,
                        List.copyOf(ringing),
                        List.copyOf(pickedUp),
                        rang,
                        script.passes(ringsUntil)));
    }

    /** They are another call's, which will say what comes of them. */
    void gave(Sid transfer) {
        handedOver = Optional.of(transfer);
        told = ringing.stream().findFirst();
        ringing.clear();
        pickedUp.clear();
        if (earlyMedia.isPresent()) {
            script.media().leave();
            earlyMedia = Optional.empty();
            ringBack(ringback);
        }
    }

    private void drop(EndReason reason) {
        drop(reason, child -> true);
    }

    private void drop(EndReason reason, Predicate<Call> which) {
        ringing.removeIf(child -> {
            boolean dropped = which.test(child);
            if (dropped) {
                child.post(new CallEvent.NotWanted(child.sid(), reason));
            }
            return dropped;
        });
    }

    private Optional<NewDocument.Fetch> referUrl() {
        return dial.referUrl()
                .flatMap(url -> Urls.resolve(baseUrl, url))
                .map(url -> new NewDocument.Fetch(url, dial.referMethod()));
    }

    private void leave() {
        script.connected(Optional.empty(), false);
        script.transfers.decidedBy(Optional.empty());
        left();
        script.media().leave();
        winner.ifPresent(child -> child.post(new CallEvent.PeerLeft(bridge.orElseThrow(), true, cutOff)));
    }

    /** Whatever comes first: the talk is over, and what is still waited for is not of it. */
    private void left() {
        if (leftAt == 0) {
            leftAt = script.time.nanos();
        }
    }

    /** CONTRACT section 2: requested once, before the new document starts; its answer is ignored. */
    private void requestActionOnly(Interruption interruption) {
        Optional<String> url = dial.action().flatMap(action -> Urls.resolve(baseUrl, action));
        if (url.isEmpty() || actionRequested) {
            return;
        }
        actionRequested = true;
        left();
        Map<String, String> parameters = result();
        parameters.putAll(interruption.told());
        script.clearing.oweAction(interruption, dial.method(), url.get(), parameters);
    }

    private Map<String, String> result() {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("DialCallStatus", outcome);
        told.ifPresent(child -> parameters.put("DialCallSid", child.sid().text()));
        told.filter(toSip::contains).flatMap(Call::farEnd).ifPresent(answer -> parameters.putAll(answer.parameters()));
        parameters.put("DialCallDuration", Long.toString(joinedAt == 0 ? 0 : seconds(leftAt - joinedAt)));
        parameters.put(
                "DialRingDuration", Long.toString(seconds((joinedAt == 0 ? script.time.nanos() : joinedAt) - begun)));
        parameters.put("DialBridged", Boolean.toString(joinedAt != 0));
        recorder.ifPresent(recording -> recording.describe(parameters));
        return parameters;
    }

    /** Begun seconds count. */
    private static long seconds(long nanos) {
        return (nanos + 999_999_999) / 1_000_000_000;
    }
}

package teleapi.call.script;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import teleapi.call.Call;
import teleapi.call.CallCommand;
import teleapi.call.CallEvent;
import teleapi.call.CallMessage;
import teleapi.call.CallStatus;
import teleapi.call.EndReason;
import teleapi.call.Equipment;
import teleapi.call.Leg;
import teleapi.call.NewDocument;
import teleapi.call.Switchboard;
import teleapi.media.Layer;
import teleapi.media.MediaEvent;
import teleapi.media.MediaSession;
import teleapi.rcml.Verb;
import teleapi.runtime.Deadline;
import teleapi.runtime.Time;
import teleapi.sip.DialogEvent;

/**
 * The life of a call, as a straight line: begin, then documents and their verbs, then the end.
 *
 * <p>{@link #await} is the only place where a call waits, and so the only place where a modification can cut in: it throws an
 * {@link Interruption}, the running verb unwinds (its clean-up posts and never waits), and the loop in {@link #run} goes on with what the
 * interruption says. Mutes are done inside the wait and disturb nothing. How the call is cleared then is {@link Clearing}'s.
 *
 * <pre>
 * Thread  invite: whoever starts the call, before its thread begins. The rest: the call's
 * Errors  an exception ends this call, with its journal in the log; never the server
 * Source  ARCHITECTURE "The idea"; ADR-0001
 * </pre>
 */
public final class Script {
    private static final Logger LOG = LoggerFactory.getLogger(Script.class);

    final Call call;
    final Equipment equipment;
    final Switchboard switchboard;
    final Time time;
    final Progress progress;
    final Prompts prompts;
    final Documents documents;
    final Verbs verbs;
    final LiveControls controls;
    final CallRecordings recordings;
    final CallStreams streams;
    final CutShort cutShort = new CutShort();
    final Limits limits = new Limits();
    final Transfers transfers;
    final Line line;
    final Parent parent;
    final Handover handover;
    final Clearing clearing;
    private final Modifications modifications;
    private final Beginning beginning;
    private Next first = new Next.Begin();
    private Optional<Leg> leg = Optional.empty();
    private boolean inDial;
    private boolean inOverlay;
    private long overlaid;
    private int listening;
    private final ArrayDeque<CallEvent> kept = new ArrayDeque<>();
    private Optional<Verb> verb = Optional.empty();
    private Optional<Call> connected = Optional.empty();
    private boolean otherGoesOn;
    private Optional<teleapi.call.bridge.Conference> conference = Optional.empty();
    private Optional<ConferenceExecution> stay = Optional.empty();
    private long ids;

    public Script(Call call, Equipment equipment, Switchboard switchboard) {
        this.call = call;
        this.equipment = equipment;
        this.switchboard = switchboard;
        this.time = equipment.world().time();
        this.progress = new Progress(call, equipment);
        this.prompts = new Prompts(this);
        this.documents = new Documents(this);
        this.verbs = new Verbs(this);
        this.controls = new LiveControls(this);
        this.recordings = new CallRecordings(this);
        this.line = new Line(this);
        this.streams = new CallStreams(this);
        this.modifications = new Modifications(this);
        this.transfers = new Transfers(this);
        this.parent = new Parent(this);
        this.handover = new Handover(this);
        this.clearing = new Clearing(this);
        this.beginning = new Beginning(this);
    }

    /**
     * Rings whom the call is to ring. Done by whoever starts it: a thread that was started begins after all that has been woken before, and a
     * transfer would wait for the old leg to be cleared and for the API's answer (ADR-0025).
     */
    public void invite() {
        try {
            beginning.invite();
        } catch (Interruption interruption) {
            first = interruption.next();
        } catch (RuntimeException | StackOverflowError bug) {
            first = new Next.End(fault(bug));
        }
    }

    /** Runs the call from its beginning to its end. */
    public void run() {
        EndReason reason;
        try {
            reason = loop();
        } catch (RuntimeException | StackOverflowError bug) {
            reason = fault(bug);
        }
        clearing.run(reason);
    }

    private EndReason fault(Throwable bug) {
        LOG.error(
                "call {} ends by a fault of ours; its journal: {}",
                call.sid(),
                call.journal().lines(),
                bug);
        return EndReason.error(bug.toString());
    }

    private EndReason loop() {
        Next next = first;
        while (true) {
            try {
                if (next instanceof Next.End end) {
                    return end.reason();
                }
                next = perform(next);
            } catch (Interruption interruption) {
                next = interruption.next();
            }
        }
    }

    /** Does it; what comes next. */
    Next perform(Next next) throws Interruption {
        return switch (next) {
            case Next.Begin begin -> beginning.run();
            case Next.Fetch fetch -> documents.fetch(fetch);
            case Next.Run run -> verbs.run(run);
            case Next.Bridge bridge -> {
                runsNoMore();
                yield new BridgeExecution(this, bridge).run();
            }
            case Next.FallBack fallBack -> documents.unusable(fallBack.error(), fallBack.url());
            case Next.Exhausted exhausted -> {
                // CONTRACT section 2: a redirect in preparation is dropped by an end, not by a document that ran out.
                while (modifications.preparing()) {
                    step(Deadline.NEVER);
                }
                yield new Next.End(exhausted.reason());
            }
            case Next.End end -> end;
            case Next.Leave leave -> leave;
            case Next.CutShort cut -> cut;
            case Next.Transfer(var dial, var target) -> new DialExecution(this, dial, "").join(target);
            case Next.Transferred transferred -> transfers.done();
        };
    }

    // ---- the one wait

    private record Step(boolean timedOut, Optional<CallEvent> event) {
        static final Step TIMED_OUT = new Step(true, Optional.empty());
        static final Step DONE = new Step(false, Optional.empty());
    }

    /** Waits for an event that the verb wants; empty once the deadline has passed. Everything else is done, or dropped as stale. */
    Optional<CallEvent> await(Deadline deadline, Predicate<CallEvent> wanted) throws Interruption {
        Deadline until = deadline;
        while (true) {
            long before = overlaid;
            Step step = next(until);
            if (step.timedOut()) {
                return Optional.empty();
            }
            // A verb's own time stands still while a document runs over it.
            until = until.later(Duration.ofNanos(overlaid - before));
            if (step.event().isPresent()) {
                CallEvent event = step.event().get();
                if (wanted.test(event)) {
                    return step.event();
                }
                if (!inOverlay) {
                    cutShort.check(event);
                }
                notWanted(event);
            }
        }
    }

    /** A deadline for more than one wait, on the scale of the verb's own time, which stands still while a document runs over it. */
    Deadline ofVerb(Duration delay) {
        return ofVerb(time.after(delay));
    }

    /** The same of one that holds if nothing runs over the verb from now on. */
    Deadline ofVerb(Deadline now) {
        return now.later(Duration.ofNanos(-overlaid));
    }

    /** When that one passes, if nothing more runs over the verb. */
    Deadline passes(Deadline ofVerb) {
        return ofVerb.later(Duration.ofNanos(overlaid));
    }

    /** What came while a document ran over the call is the verb's below it, in its order. */
    private Step next(Deadline deadline) throws Interruption {
        if (inOverlay || kept.isEmpty()) {
            return step(deadline);
        }
        return new Step(false, Optional.of(kept.removeFirst()));
    }

    /** Waits for one message beside the verb, which gets later what is its own; false once the deadline has passed. */
    boolean aside(Deadline deadline) throws Interruption {
        Step step = step(deadline);
        step.event().ifPresent(kept::addLast);
        return !step.timedOut();
    }

    private void notWanted(CallEvent event) {
        boolean digit = event instanceof CallEvent.MediaHappened(MediaEvent.DigitPressed pressed);
        if (inOverlay && !digit) {
            kept.addLast(event);
        } else {
            call.journal().dropped(event);
        }
    }

    /** Runs a document over whatever waits now; then that goes on. One that runs already makes way for it. */
    void overlay(Next document, Optional<NewDocument.Fetch> fallback) throws Interruption {
        if (inOverlay) {
            throw Interruption.ofOverlay(document, fallback);
        }
        long began = time.nanos();
        inOverlay = true;
        controls.away(true);
        try {
            documents.apart(fallback, () -> runOver(document));
        } finally {
            inOverlay = false;
            controls.away(false);
            overlaid += time.nanos() - began;
            call.journal().did("goes on with what ran before");
        }
    }

    private void runOver(Next document) throws Interruption {
        Next next = document;
        while (!(next instanceof Next.Exhausted)) {
            if (next instanceof Next.End) {
                throw new Interruption(next);
            }
            try {
                next = perform(next);
            } catch (Interruption interruption) {
                next = interruption.next();
                if (interruption.ofOverlay()) {
                    documents.fallback(interruption.fallback(), true);
                } else if (!(next instanceof Next.FallBack)) {
                    throw interruption;
                }
            }
        }
    }

    boolean inOverlay() {
        return inOverlay;
    }

    /** Where what is played now belongs. */
    Layer layer() {
        return inOverlay ? Layer.OVERLAY : Layer.VERB;
    }

    /** Tones are listened for while any verb wants them. */
    void listenForTones(boolean on) {
        listening += on ? 1 : -1;
        media().listenForTones(listening > 0);
    }

    private Step step(Deadline deadline) throws Interruption {
        modifications.answers().say();
        Optional<CallMessage> message = call.take(limits.earlier(deadline));
        if (message.isEmpty()) {
            if (limits.passed(time)) {
                throw new Interruption(new Next.End(new EndReason(
                        CallStatus.NO_ANSWER, EndReason.Cause.TIMEOUT, 603, "the time limit of the call")));
            }
            return Step.TIMED_OUT;
        }
        call.journal().took(message.get());
        switch (message.get()) {
            case CallCommand.Modify modify -> modifications.take(modify);
            case CallCommand.HangUp hangUp -> throw new Interruption(new Next.End(hangUp.reason()));
            case CallEvent.NotWanted not when inDial -> throw new Interruption(new Next.Exhausted(not.reason()));
            case CallEvent.MoveAlong move -> modifications.moveAlong(move);
            case CallEvent.FollowerPrepared prepared -> modifications.followerPrepared(prepared);
            case CallEvent.MoveNow move -> modifications.moveNow(move.modification());
            case CallEvent.MoveOff move -> modifications.moveOff(move);
            case CallEvent.FollowerMoved moved -> modifications.followerMoved(moved.modification());
            case CallEvent.Fetched fetched when modifications.takes(fetched) -> {}
            case CallEvent.SoundLoaded loaded when modifications.takes(loaded) -> {}
            case CallEvent.PlaceKept kept -> modifications.placeKept(kept);
            case CallEvent.MediaHappened(MediaEvent.FirstPacket(long request))
            when modifications.answers().heard(request) -> {}
            case CallEvent.MediaHappened(MediaEvent.StreamLost lost) -> line.lost();
            case CallEvent.MediaHappened(MediaEvent.StreamResumed resumed) -> {}
            case CallEvent.MediaHappened(MediaEvent.StreamGone gone) -> throw line.gone();
            case CallEvent event
            when controls.takes(event) || streams.takes(event) || transfers.takes(event) || parent.takes(event) -> {}
            case CallEvent.DialogHappened happened -> {
                return dialog(happened);
            }
            case CallEvent event -> {
                return new Step(false, Optional.of(event));
            }
        }
        return Step.DONE;
    }

    private Step dialog(CallEvent.DialogHappened happened) throws Interruption {
        leg.ifPresent(here -> here.happened(happened.event()));
        switch (happened.event()) {
            case DialogEvent.Ended ended -> throw Interruption.byFarEnd(call, ended);
            case DialogEvent.Canceled canceled ->
                throw new Interruption(new Next.End(
                        new EndReason(CallStatus.CANCELED, EndReason.Cause.CALLER, 487, "the caller gave up")));
            case DialogEvent.Offered offered -> leg().offered(offered.sdp());
            case DialogEvent.Acknowledged acknowledged -> {
                if (!leg().acknowledged(acknowledged.sdp())) {
                    throw new Interruption(
                            new Next.End(EndReason.error("the ACK has no answer to our offer that can be used")));
                }
            }
            case DialogEvent.Informed informed -> {
                Optional<CallEvent> digit = Leg.digit(informed.contentType(), informed.body())
                        .map(key -> new CallEvent.MediaHappened(new MediaEvent.DigitPressed(key)));
                digit.ifPresent(streams::takes);
                return digit.isEmpty() ? Step.DONE : new Step(false, digit);
            }
            case DialogEvent.Modified modified -> leg().media().accepted(modified.sdp());
            case DialogEvent.ModifyRefused refused -> {}
            case DialogEvent verbs -> {
                return new Step(false, Optional.of(happened));
            }
        }
        return Step.DONE;
    }

    // ---- what verbs use
    Leg leg() {
        return leg.orElseThrow();
    }

    boolean hasLeg() {
        return leg.isPresent();
    }

    MediaSession media() {
        return leg().media();
    }

    void leg(Leg fresh) {
        leg = Optional.of(fresh);
        controls.applyToNewLeg();
    }

    /** 200 to an inbound call that has not been answered yet. */
    void answer() {
        if (leg().answer()) {
            answered();
        }
    }

    /** The call has been answered. */
    void answered() {
        progress.answered();
        recordings.answered();
        line.answered();
    }

    /** Whether this call is still a leg of the Dial that made it. */
    void inDial(boolean now) {
        inDial = now;
    }

    /** The call at the other end of this one's bridge. */
    Optional<Call> connected() {
        return connected;
    }

    /** Whether that one has something to go on with when the bridge is over: the rest of its document. */
    boolean otherGoesOn() {
        return otherGoesOn;
    }

    void connected(Optional<Call> peer, boolean peerGoesOn) {
        if (!peer.equals(connected)) {
            peer.or(() -> connected)
                    .ifPresent(other -> call.journal()
                            .media(
                                    peer.isPresent() ? "bridged" : "bridge left",
                                    other.sid().text(),
                                    Map.of()));
        }
        connected = peer;
        call.publish(peer, leg().dialog());
        otherGoesOn = peerGoesOn;
    }

    /** The conference this call is in. */
    Optional<teleapi.call.bridge.Conference> conference() {
        return conference;
    }

    void conference(Optional<teleapi.call.bridge.Conference> here) {
        here.or(() -> conference)
                .ifPresent(room -> call.journal()
                        .media(
                                here.isPresent() ? "conference entered" : "conference left",
                                room.record().sid().text(),
                                Map.of()));
        conference = here;
    }

    /** The stay in conferences that runs, whether it has been let in or not. */
    Optional<ConferenceExecution> stay() {
        return stay;
    }

    void stay(Optional<ConferenceExecution> now) {
        stay = now;
    }

    Modifications modifications() {
        return modifications;
    }

    /** The verb that runs, for whoever plans to end it. */
    void runs(Verb now) {
        // What runs over the call is gone before anything else ends.
        if (!inOverlay) {
            verb = Optional.of(now);
        }
    }

    /** It has given way to something else. */
    void runsNoMore() {
        verb = Optional.empty();
    }

    Optional<String> runs() {
        return verb.map(now -> now.name() + " at " + now.position());
    }

    /** What a redirect would make a verb request: the action of a Dial. */
    void owedOnRedirect(Optional<String> request) {
        call.publishOwed(request);
    }

    long nextId() {
        return ++ids;
    }

    void notify(boolean error, int code, String message, String url) {
        if (!documents.toldEnough(code, message, url)) {
            call.journal().did("notification " + code + ": " + message);
            LOG.atInfo().log("call {} notification {}: {}", call.sid(), code, message);
            progress.notified(error, code, message, url);
        }
    }
}

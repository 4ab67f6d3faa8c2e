package teleapi.call.script;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import teleapi.call.Call;
import teleapi.call.CallEvent;
import teleapi.call.EndReason;
import teleapi.call.bridge.CallQueue;
import teleapi.call.bridge.PickUp;
import teleapi.call.bridge.QueueResult;
import teleapi.call.directory.QueueSettings;
import teleapi.call.webhook.Urls;
import teleapi.media.Layer;
import teleapi.media.Sound;
import teleapi.rcml.Enqueue;
import teleapi.rcml.Queue;
import teleapi.runtime.Deadline;

/**
 * One stay in a queue: waits with music or documents, is taken out by a call that dials the queue, and talks to it until either leaves.
 *
 * <p>It keeps its place until the bridge stands: an offer that comes to nothing leads back to waiting. The action is requested once.
 *
 * <pre>
 * Thread  the call's (that waits)
 * Source  CONTRACT section 3; ADR-0016
 * </pre>
 */
final class EnqueueExecution {
    /** The one who dialled answers at once, unless a document runs over its call: so long, no music is worth beginning. */
    private static final Duration GRACE = Duration.ofMillis(200);

    private static final Sound SILENCE = Sound.silence(Duration.ofSeconds(1));

    private static final int TAKES_NOBODY = 29444;

    private final Script script;
    private final Enqueue enqueue;
    private final String baseUrl;
    private final QueueWait waiting;
    private Optional<CallQueue> queue = Optional.empty();
    private Optional<PickUp> pickUp = Optional.empty();
    private boolean joined;
    private long since;
    private long until;
    private boolean actionRequested;

    EnqueueExecution(Script script, Enqueue enqueue, String baseUrl) {
        this.script = script;
        this.enqueue = enqueue;
        this.baseUrl = baseUrl;
        this.waiting = new QueueWait(script, enqueue, baseUrl);
    }

    Optional<Next> run() throws Interruption {
        script.answer();
        since = script.time.nanos();
        script.owedOnRedirect(enqueue.action()
                .flatMap(action -> Urls.resolve(baseUrl, action))
                .map(url -> enqueue.method() + " " + url));
        String result = QueueResult.SYSTEM_ERROR;
        try {
            result = enter();
        } catch (Interruption interruption) {
            result = cutOff(interruption);
            requestActionOnly(interruption, result);
            throw interruption;
        } finally {
            script.owedOnRedirect(Optional.empty());
            leave(result);
        }
        if (result.equals(QueueResult.ERROR)) {
            script.documents.cannotExecute(enqueue.action(), QueueSettings.TOO_MANY, tooMany(enqueue.queue()), baseUrl);
        }
        if (enqueue.action().isPresent()) {
            return Optional.of(
                    script.documents.go(enqueue.action().get(), enqueue.method(), baseUrl, parameters(result)));
        }
        if (result.equals(QueueResult.FULL) || result.equals(QueueResult.SYSTEM_ERROR)) {
            script.documents.cannotExecute(
                    TAKES_NOBODY, "queue " + enqueue.queue() + " takes nobody in: " + result, baseUrl);
        }
        return Optional.empty();
    }

    private String enter() throws Interruption {
        while (ask()) {
            switch (script.await(Deadline.NEVER, this::answers).orElseThrow()) {
                case CallEvent.QueueEntered entered -> {
                    return stay();
                }
                case CallEvent.QueueFull full -> {
                    return QueueResult.FULL;
                }
                case CallEvent.QueueOver over
                when over.fault() -> {
                    return QueueResult.SYSTEM_ERROR;
                }
                // It was over before it let us in: the next one begins with us.
                case CallEvent over -> {}
            }
        }
        return QueueResult.ERROR;
    }

    /** False: there is no such queue, nor may there be. */
    private boolean ask() {
        int most = enqueue.maxQueueSize().orElse(Queue.MAX_SIZE);
        queue = named();
        while (queue.isPresent() && !queue.get().enter(script.call, most)) {
            queue = named();
        }
        return queue.isPresent();
    }

    private Optional<CallQueue> named() {
        return script.switchboard.queues().queue(script.call.account().sid(), enqueue.queue());
    }

    /** Why there is none. */
    static String tooMany(String name) {
        return "there is no queue " + name + ", and the account has " + QueueSettings.MOST + " already";
    }

    private boolean answers(CallEvent event) {
        return switch (event) {
            case CallEvent.QueueEntered entered -> here(entered.queue());
            case CallEvent.QueueFull full -> here(full.queue());
            case CallEvent.QueueOver over -> here(over.queue());
            default -> false;
        };
    }

    private boolean here(CallQueue other) {
        return queue.isPresent() && queue.get() == other;
    }

    // ---- there

    /** Waits and talks; how it came out. */
    private String stay() throws Interruption {
        CallQueue here = queue.orElseThrow();
        while (true) {
            Optional<CallEvent> event = script.cutShort.run(
                    came -> (came instanceof CallEvent.Dequeued offer
                                    && offer.pickUp().queue() == here)
                            || (came instanceof CallEvent.QueueOver over && over.queue() == here),
                    () -> waiting.run(here, Duration.ofNanos(script.time.nanos() - since)));
            if (event.isEmpty()) {
                return QueueResult.LEAVE;
            }
            if (!(event.get() instanceof CallEvent.Dequeued offer)) {
                return QueueResult.SYSTEM_ERROR;
            }
            if (taken(offer.pickUp())) {
                return QueueResult.BRIDGED;
            }
            pickUp = Optional.empty();
        }
    }

    /** Until the bridge is over; false when none has come to stand. */
    private boolean taken(PickUp offer) throws Interruption {
        Call other = offer.by().call();
        pickUp = Optional.of(offer);
        try {
            if (offer.by().document().isPresent() && !prepared(offer)) {
                return false;
            }
            other.media().ifPresent(script.media()::bridge);
            other.post(new CallEvent.QueuedCaller(offer, script.call, true));
            CallEvent answer = answer(offer);
            if (!(answer instanceof CallEvent.Joined)) {
                return false;
            }
            joined = true;
            until = script.time.nanos();
            leave(QueueResult.BRIDGED);
            script.connected(Optional.of(other), true);
            script.await(Deadline.NEVER, event -> over(event, offer));
            return true;
        } finally {
            script.connected(Optional.empty(), false);
            script.media().leave();
            // First to the other one, which may be offered the next who waits as soon as the queue knows.
            other.post(new CallEvent.PeerLeft(offer.bridge(), joined, EndReason.PEER_LEFT));
        }
    }

    private CallEvent answer(PickUp offer) throws Interruption {
        Optional<CallEvent> answer = script.await(script.time.after(GRACE), event -> answers(event, offer));
        return answer.isPresent()
                ? answer.get()
                : script.prompts
                        .play(Sound.music(), 0, event -> answers(event, offer))
                        .orElseThrow();
    }

    /** Hears the document of the one who dialled; false when that one has gone meanwhile. */
    private boolean prepared(PickUp offer) throws Interruption {
        offer.by().call().post(new CallEvent.QueuedCaller(offer, script.call, false));
        long filler = script.nextId();
        script.media().play(Layer.VERB, filler, SILENCE, 0);
        var outcome = new Screening.Outcome[] {Screening.Outcome.ACCEPTED};
        Optional<CallEvent> gone = script.cutShort.run(
                event -> over(event, offer),
                () -> outcome[0] = new Screening(script)
                        .run(
                                offer.by().document().orElseThrow(),
                                Map.of(
                                        "DequeingCallSid",
                                                offer.by().call().sid().text(),
                                        "QueueSid", offer.queue().sid().text(),
                                        "QueueTime", seconds(script.time.nanos() - since))));
        script.media().stopPlayback(filler);
        if (outcome[0] == Screening.Outcome.REFUSED) {
            throw new Interruption(new Next.End(EndReason.DOCUMENT_ENDED));
        }
        return gone.isEmpty();
    }

    private static boolean answers(CallEvent event, PickUp offer) {
        return over(event, offer)
                || (event instanceof CallEvent.Joined there && there.bridge().equals(offer.bridge()));
    }

    private static boolean over(CallEvent event, PickUp offer) {
        return switch (event) {
            case CallEvent.NotWanted not -> not.bridge().equals(offer.bridge());
            case CallEvent.PeerLeft left -> left.bridge().equals(offer.bridge());
            default -> false;
        };
    }

    private void leave(String result) {
        queue.ifPresent(there -> there.leave(script.call.sid(), result));
    }

    // ---- what is told

    private String cutOff(Interruption interruption) {
        if (joined) {
            return QueueResult.BRIDGED;
        }
        if (pickUp.isPresent()) {
            return QueueResult.BRIDGING;
        }
        return interruption.redirect() ? QueueResult.REDIRECTED : QueueResult.HANGUP;
    }

    /** CONTRACT section 2, as for a Dial: requested once, before the new document starts; its answer is ignored. */
    private void requestActionOnly(Interruption interruption, String result) {
        Optional<String> url = enqueue.action().flatMap(action -> Urls.resolve(baseUrl, action));
        if (url.isEmpty() || actionRequested) {
            return;
        }
        actionRequested = true;
        Map<String, String> parameters = parameters(result);
        parameters.putAll(interruption.told());
        script.clearing.oweAction(interruption, enqueue.method(), url.get(), parameters);
    }

    private Map<String, String> parameters(String result) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("QueueResult", result);
        queue.ifPresent(there -> parameters.put("QueueSid", there.sid().text()));
        parameters.put("QueueTime", seconds((until == 0 ? script.time.nanos() : until) - since));
        return parameters;
    }

    /** Whole seconds. */
    static String seconds(long nanos) {
        return Long.toString(nanos / 1_000_000_000);
    }
}

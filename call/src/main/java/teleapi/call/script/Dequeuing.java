package teleapi.call.script;

import java.time.Duration;
import java.util.Optional;
import teleapi.call.CallEvent;
import teleapi.call.NewDocument;
import teleapi.call.Sid;
import teleapi.call.bridge.CallQueue;
import teleapi.call.bridge.Dequeuer;
import teleapi.call.directory.QueueSettings;
import teleapi.call.webhook.Urls;
import teleapi.rcml.Queue;
import teleapi.runtime.Deadline;

/**
 * What a Dial asks of a queue: one who waits in it, until it is joined to one or the Dial is over.
 *
 * <pre>
 * Thread  the call's (that dials)
 * Source  ADR-0016
 * </pre>
 */
final class Dequeuing {
    private final Script script;
    private final String name;
    private final String baseUrl;
    private final Duration patience;
    private final Dequeuer wish;
    private Optional<CallQueue> asked = Optional.empty();
    private Optional<Sid> coming = Optional.empty();

    /** {@code patience}: how long the document may run that who has waited hears first. */
    Dequeuing(Script script, Queue noun, String baseUrl, Duration patience) {
        this.script = script;
        this.name = noun.name();
        this.baseUrl = baseUrl;
        this.patience = patience;
        Optional<String> url = noun.url().flatMap(reference -> Urls.resolve(baseUrl, reference));
        if (noun.url().isPresent() && url.isEmpty()) {
            script.notify(
                    true,
                    11100,
                    "url of Queue cannot be requested: " + noun.url().get(),
                    baseUrl);
        }
        this.wish = new Dequeuer(
                script.call, script.nextId(), url.map(there -> new NewDocument.Fetch(there, noun.method())));
    }

    /** Who comes out of the queue; empty when nobody has until then, in the verb's own time, or there is none. */
    Optional<CallEvent.QueuedCaller> next(Deadline until) throws Interruption {
        if (asked.isEmpty()) {
            ask();
        }
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        Deadline deadline = until;
        while (true) {
            Optional<CallEvent> event = script.await(script.passes(deadline), this::concerns);
            if (event.isEmpty()) {
                return Optional.empty();
            }
            switch (event.get()) {
                case CallEvent.QueuedCaller caller
                when caller.ready() -> {
                    coming = Optional.empty();
                    return Optional.of(caller);
                }
                case CallEvent.QueuedCaller caller -> {
                    coming = Optional.of(caller.pickUp().bridge());
                    deadline = script.ofVerb(patience);
                }
                case CallEvent.QueueOver over -> ask();
                case CallEvent gone -> {
                    coming = Optional.empty();
                    deadline = until;
                }
            }
        }
    }

    /** The Dial is over; {@code joined} is the bridge in which it found one. */
    void over(Optional<Sid> joined) {
        asked.ifPresent(queue -> queue.giveUp(wish, joined));
    }

    private void ask() {
        asked = named();
        while (asked.isPresent() && !asked.get().ask(wish)) {
            // It was over between the look-up and the question: the next look-up opens a new one.
            asked = named();
        }
        if (asked.isEmpty()) {
            script.notify(true, QueueSettings.TOO_MANY, EnqueueExecution.tooMany(name), baseUrl);
        }
    }

    private Optional<CallQueue> named() {
        return script.switchboard.queues().queue(script.call.account().sid(), name);
    }

    /** Whether there is a queue out of which somebody can come. */
    boolean asks() {
        return asked.isPresent();
    }

    private boolean concerns(CallEvent event) {
        return switch (event) {
            case CallEvent.QueuedCaller caller -> caller.pickUp().by().equals(wish);
            case CallEvent.QueueOver over -> asked.equals(Optional.of(over.queue()));
            case CallEvent.PeerLeft left -> coming.equals(Optional.of(left.bridge()));
            default -> false;
        };
    }
}

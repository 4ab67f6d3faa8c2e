package teleapi.call.webhook;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import teleapi.call.Journal;
import teleapi.rcml.HttpMethod;
import teleapi.runtime.Deadline;
import teleapi.runtime.Mailbox;
import teleapi.runtime.Published;
import teleapi.runtime.World;

/**
 * Tells an application of the progress of one call or conference, in order: each callback is sent when the one before has been answered or
 * given up.
 *
 * <pre>
 * Shape   a call has four events at most, a conference asks how many wait; each is tried five times within 8 minutes, then given up and
 *         counted
 * Thread  tell, waiting, end: the owner's, of the call or conference. Sending runs on a script of its own that ends after the last
 * Source  CONTRACT section 4; reference/reliability.md 3.2; ADR-0013
 * </pre>
 */
public final class ProgressCallbacks {
    private static final int MOST_WAITING = 16;

    /** Before each further try: a restart of the receiver is outlived, an abandoned one is not asked for ever. */
    private static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(300));

    private static final int TOO_MANY_REQUESTS = 429;

    private sealed interface Work {
        record Callback(HttpMethod method, String url, Map<String, String> parameters) implements Work {}

        record End(Runnable over) implements Work {}
    }

    private final World world;
    private final Webhooks webhooks;
    private final String authToken;
    private final Journal journal;
    private final Published<Long> done = new Published<>(0L);
    private Optional<Mailbox<Work>> sending = Optional.empty();
    private long told;

    public ProgressCallbacks(World world, Webhooks webhooks, String authToken, Journal journal) {
        this.world = world;
        this.webhooks = webhooks;
        this.authToken = authToken;
        this.journal = journal;
    }

    /** Queues a callback. */
    public void tell(HttpMethod method, String url, Map<String, String> parameters) {
        if (sending.isEmpty()) {
            Mailbox<Work> fresh = world.mailbox("callbacks", MOST_WAITING);
            sending = Optional.of(fresh);
            world.start("callbacks", () -> send(fresh));
        }
        told++;
        sending.get().post(new Work.Callback(method, url, new LinkedHashMap<>(parameters)));
    }

    /** How many are neither answered nor given up. */
    public long waiting() {
        return told - done.get();
    }

    /** No more will come: {@code over} is run when all that is queued has been answered or given up. */
    public void end(Runnable over) {
        if (sending.isEmpty()) {
            over.run();
        } else {
            sending.get().post(new Work.End(over));
        }
    }

    private void send(Mailbox<Work> box) {
        while (true) {
            switch (box.take(Deadline.NEVER).orElseThrow()) {
                case Work.Callback callback -> {
                    deliver(callback);
                    done.set(done.get() + 1);
                }
                case Work.End(Runnable over) -> {
                    box.close();
                    over.run();
                    return;
                }
            }
        }
    }

    private void deliver(Work.Callback callback) {
        if (delivered(callback)) {
            return;
        }
        Deliveries deliveries = webhooks.deliveries();
        Mailbox<Boolean> pause = world.mailbox("callback pause", 1);
        for (Duration wait : PAUSES) {
            if (!deliveries.mayWait(pause)) {
                break;
            }
            pause.take(world.time().after(wait));
            deliveries.waited(pause);
            if (delivered(callback)) {
                return;
            }
        }
        deliveries.gaveUp();
        journal.did("callback given up: " + callback.url() + " " + noted(callback));
    }

    private boolean delivered(Work.Callback callback) {
        long requested = journal.requested(callback.method(), callback.url(), noted(callback));
        HttpReply reply = webhooks.exchange(authToken, callback.method(), callback.url(), callback.parameters());
        journal.replied(callback.url(), reply, requested);
        // 4xx is an answer: the receiver is there, and would say the same again.
        return reply instanceof HttpReply.Received received
                && received.status() < 500
                && received.status() != TOO_MANY_REQUESTS;
    }

    private static Map<String, String> noted(Work.Callback callback) {
        var noted = new LinkedHashMap<String, String>();
        for (String name : List.of("CallStatus", "StatusCallbackEvent", "SequenceNumber")) {
            Optional.ofNullable(callback.parameters().get(name)).ifPresent(value -> noted.put(name, value));
        }
        return noted;
    }
}

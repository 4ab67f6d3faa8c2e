package teleapi.call.webhook;

import java.util.Map;
import java.util.Optional;
import teleapi.rcml.HttpMethod;
import teleapi.runtime.Deadline;
import teleapi.runtime.Mailbox;
import teleapi.runtime.World;

/**
 * Tells an application of one call's progress, in order: each callback is sent when the one before has been answered or given up.
 *
 * <pre>
 * Shape   at most 16 wait; each is tried twice
 * Thread  tell, end: the call's. Sending runs on a script of its own that ends after the last
 * Source  CONTRACT section 4
 * </pre>
 */
public final class ProgressCallbacks {
    private static final int MOST_WAITING = 16;

    private record Callback(HttpMethod method, String url, Map<String, String> parameters, boolean last) {}

    private final World world;
    private final Webhooks webhooks;
    private final String authToken;
    private Optional<Mailbox<Callback>> sending = Optional.empty();

    public ProgressCallbacks(World world, Webhooks webhooks, String authToken) {
        this.world = world;
        this.webhooks = webhooks;
        this.authToken = authToken;
    }

    /** Queues a callback; {@code last} ends the sender after it. */
    public void tell(HttpMethod method, String url, Map<String, String> parameters, boolean last) {
        if (sending.isEmpty()) {
            Mailbox<Callback> fresh = world.mailbox("callbacks", MOST_WAITING);
            sending = Optional.of(fresh);
            world.start("callbacks", () -> send(fresh));
        }
        sending.get().post(new Callback(method, url, Map.copyOf(parameters), last));
    }

    /** Ends the sender when no last callback was owed. */
    public void end() {
        sending.ifPresent(box -> box.post(new Callback(HttpMethod.POST, "", Map.of(), true)));
    }

    private void send(Mailbox<Callback> box) {
        boolean last = false;
        while (!last) {
            Callback callback = box.take(Deadline.NEVER).orElseThrow();
            last = callback.last();
            if (!callback.url().isEmpty() && !delivered(callback)) {
                delivered(callback);
            }
        }
        box.close();
    }

    private boolean delivered(Callback callback) {
        return webhooks.exchange(authToken, callback.method(), callback.url(), callback.parameters())
                        instanceof HttpReply.Received received
                && received.status() < 500;
    }
}

package teleapi.call.script;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import teleapi.call.Equipment;
import teleapi.call.Journal;
import teleapi.call.records.CallRecord;
import teleapi.call.records.OwedCallback;
import teleapi.call.webhook.ProgressCallbacks;
import teleapi.runtime.Mailbox;
import teleapi.runtime.World;

/**
 * Sends the final status callbacks that an earlier run of the server owed when it ended.
 *
 * <pre>
 * Shape   20 in a second, so that a receiver that was well with the calls is well with this
 * Thread  a script of its own; each callback on one more
 * Source  CONTRACT sections 4 and 5: exactly one final event per call, on every path
 * </pre>
 */
public final class LateCallbacks {
    private static final Duration APART = Duration.ofMillis(50);

    private LateCallbacks() {}

    /** Begins to send them. */
    public static void send(Equipment equipment, List<OwedCallback> owed) {
        if (!owed.isEmpty()) {
            World world = equipment.world();
            world.start("late callbacks", () -> {
                Mailbox<OwedCallback> pause = world.mailbox("late callbacks", 1);
                for (OwedCallback callback : owed) {
                    send(equipment, callback);
                    pause.take(world.time().after(APART));
                }
            });
        }
    }

    private static void send(Equipment equipment, OwedCallback owed) {
        var account = equipment.directory().account(owed.accountSid());
        var call = equipment.callRecords().find(owed.accountSid(), owed.callSid());
        if (account.isEmpty() || call.isEmpty()) {
            equipment.owedCallbacks().write(owed.paid());
            return;
        }
        CallRecord record = call.get();
        String status = record.status().text();
        Map<String, String> parameters = CallParameters.progress(record, status, Map.of(), owed.sequence());
        parameters.put("PreviousStatus", owed.previousStatus());
        record.cause().ifPresent(cause -> parameters.put("Cause", cause));
        var callbacks = new ProgressCallbacks(
                equipment.world(),
                equipment.webhooks(),
                account.get().authToken(),
                new Journal(equipment.world().time(), ""));
        callbacks.tell(owed.method(), owed.url(), parameters);
        callbacks.end(() -> equipment.owedCallbacks().write(owed.paid()));
    }
}

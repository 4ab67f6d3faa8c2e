package teleapi.call.script;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import teleapi.call.Equipment;
import teleapi.call.Journal;
import teleapi.call.Sid;
import teleapi.call.bridge.ConferenceParameters;
import teleapi.call.directory.Account;
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
 * Source  CONTRACT sections 4 and 5: exactly one final event per call, on every path; and per conference
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
        Optional<Account> account = equipment.directory().account(owed.accountSid());
        Optional<Map<String, String>> parameters = parameters(equipment, owed);
        if (account.isEmpty() || parameters.isEmpty()) {
            equipment.owedCallbacks().write(owed.paid());
            return;
        }
        var callbacks = new ProgressCallbacks(
                equipment.world(),
                equipment.webhooks(),
                account.get().authToken(),
                new Journal(equipment.world().time(), ""));
        callbacks.tell(owed.method(), owed.url(), parameters.get());
        callbacks.end(() -> equipment.owedCallbacks().write(owed.paid()));
    }

    /** Of a call or a conference; empty when there is none any more. */
    private static Optional<Map<String, String>> parameters(Equipment equipment, OwedCallback owed) {
        if (Sid.parse(Sid.CONFERENCE, owed.sid().text()).isPresent()) {
            return equipment
                    .conferenceRecords()
                    .find(owed.accountSid(), owed.sid())
                    .map(conference -> ConferenceParameters.end(conference, owed.sequence()));
        }
        return equipment.callRecords().find(owed.accountSid(), owed.sid()).map(record -> {
            Map<String, String> parameters =
                    CallParameters.progress(record, record.status().text(), Map.of(), owed.sequence());
            parameters.put("PreviousStatus", owed.previousStatus());
            record.cause().ifPresent(cause -> parameters.put("Cause", cause));
            return parameters;
        });
    }
}

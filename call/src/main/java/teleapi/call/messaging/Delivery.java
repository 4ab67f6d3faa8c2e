package teleapi.call.messaging;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import teleapi.call.Equipment;
import teleapi.call.Journal;
import teleapi.call.directory.Account;
import teleapi.call.records.MessageError;
import teleapi.call.records.MessageRecord;
import teleapi.call.records.MessageRecord.Status;
import teleapi.call.webhook.ProgressCallbacks;

/**
 * One message on its way to one address, which may be several phones: the best of their answers counts.
 *
 * <pre>
 * Thread  the loop's of {@link Messages}
 * Source  RFC 3428 §8; ADR-0024
 * </pre>
 */
final class Delivery {
    private final Account account;
    private final String to;
    private final Optional<NewMessage.Callback> callback;
    private final int depth;
    private MessageRecord record;
    private int awaited;
    private boolean delivered;
    private boolean sent;
    /** What was said instead; nothing said counts least. */
    private int refusal = 408;

    Delivery(Account account, MessageRecord record, String to, Optional<NewMessage.Callback> callback, int depth) {
        this.account = account;
        this.record = record;
        this.to = to;
        this.callback = callback;
        this.depth = depth;
    }

    /** Why a message did not arrive, for a final SIP status. */
    static MessageError why(int sipStatus) {
        return switch (sipStatus) {
            case 404, 410, 484, 485, 604 -> MessageError.UNKNOWN_DESTINATION;
            case 401, 402, 403, 407, 603, 607, 608 -> MessageError.BLOCKED;
            case 405, 406, 413, 415, 488, 501, 513, 606 -> MessageError.NO_TEXT;
            case 408, 480, 486, 487, 500, 502, 503, 504, 600 -> MessageError.UNREACHABLE;
            default -> MessageError.UNKNOWN;
        };
    }

    /** What goes to the same address of the same account goes one after the other. */
    String lane() {
        return account.sid() + " " + record.to();
    }

    MessageRecord record() {
        return record;
    }

    /** The address as it was given, with its headers: whom it means is asked when its turn comes. */
    String to() {
        return to;
    }

    int depth() {
        return depth;
    }

    void now(MessageRecord next) {
        record = next;
    }

    /** So many answers will come. */
    void asks(int phones) {
        awaited = phones;
    }

    /** Takes one; true when it was the last. */
    boolean answered(int status, boolean phone) {
        awaited--;
        if (status < 300) {
            // 202: it is on its way to somebody else (RFC 3428 §7)
            delivered |= phone && status != 202;
            sent = true;
        } else if (refusal == 408) {
            refusal = status;
        }
        return awaited == 0;
    }

    Status status() {
        if (delivered) {
            return Status.DELIVERED;
        }
        return sent ? Status.SENT : Status.UNDELIVERED;
    }

    Optional<MessageError> error() {
        return delivered || sent ? Optional.empty() : Optional.of(why(refusal));
    }

    /** Whoever wants to know of its end. */
    void tell(Equipment equipment) {
        callback.ifPresent(wanted -> {
            var callbacks = new ProgressCallbacks(
                    equipment.world(),
                    equipment.webhooks(),
                    account.authToken(),
                    new Journal(equipment.world().time(), ""));
            callbacks.tell(wanted.method(), wanted.url(), parameters(record));
            callbacks.end(() -> {});
        });
    }

    /** The parameters that name a message, by both of their usual names. */
    static Map<String, String> parameters(MessageRecord record) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("MessageSid", record.sid().text());
        parameters.put("SmsSid", record.sid().text());
        parameters.put("AccountSid", record.accountSid().text());
        parameters.put("From", record.from());
        parameters.put("To", record.to());
        parameters.put("MessageStatus", record.status().text());
        parameters.put("SmsStatus", record.status().text());
        record.errorCode().ifPresent(code -> parameters.put("ErrorCode", Integer.toString(code)));
        parameters.put("ApiVersion", "2012-04-24");
        return parameters;
    }
}

package teleapi.call.messaging;

import java.util.Map;
import teleapi.call.records.MessageRecord;

/** What came of the wish to send a message. */
public sealed interface Sent {
    /** It is kept, and on its way. */
    record Queued(MessageRecord record) implements Sent {}

    /**
     * There is no such message.
     *
     * @param httpStatus 400, 404 or 503
     */
    record Refused(int httpStatus, int code, String reason) implements Sent {}

    /** What a document's action learns of it. */
    default Map<String, String> parameters() {
        return switch (this) {
            case Queued(MessageRecord record) ->
                Map.of(
                        "MessageSid", record.sid().text(),
                        "SmsSid", record.sid().text(),
                        "MessageStatus", record.status().text(),
                        "SmsStatus", record.status().text());
            case Refused refused ->
                Map.of(
                        "MessageStatus", MessageRecord.Status.FAILED.text(),
                        "SmsStatus", MessageRecord.Status.FAILED.text(),
                        "ErrorCode", Integer.toString(refused.code()));
        };
    }
}

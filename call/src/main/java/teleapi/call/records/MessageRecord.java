package teleapi.call.records;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import teleapi.call.Sid;

/**
 * What is known of a text message at one moment.
 *
 * @param callSid whose document sent it
 * @param from +number, client:name or sip:uri
 * @param to the same
 * @param dateSent when the far end took it, or when it came
 * @param errorCode why it is undelivered or failed: 30001 to 30008
 * @param revision grows by one with each change
 */
public record MessageRecord(
        Sid sid,
        Sid accountSid,
        Optional<Sid> callSid,
        String from,
        String to,
        String body,
        Direction direction,
        Status status,
        Instant dateCreated,
        Instant dateUpdated,
        Optional<Instant> dateSent,
        Optional<Integer> errorCode,
        long revision) {
    /** Whose wish it was. */
    public enum Direction {
        INBOUND("inbound"),
        OUTBOUND_API("outbound-api"),
        OUTBOUND_CALL("outbound-call"),
        OUTBOUND_REPLY("outbound-reply");

        private final String text;

        Direction(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /** How far it has come (ADR-0024). */
    public enum Status {
        QUEUED,
        SENDING,
        SENT,
        DELIVERED,
        UNDELIVERED,
        FAILED,
        /** It came in, for an application. */
        RECEIVED;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        public boolean ended() {
            return this != QUEUED && this != SENDING;
        }
    }

    /** The same, further on. */
    public MessageRecord now(Status next, Optional<Integer> error, Instant moment) {
        boolean arrived = next == Status.SENT || next == Status.DELIVERED;
        return new MessageRecord(
                sid,
                accountSid,
                callSid,
                from,
                to,
                body,
                direction,
                next,
                dateCreated,
                moment,
                arrived ? Optional.of(moment) : dateSent,
                error,
                revision + 1);
    }

    /** The server ended meanwhile. */
    public MessageRecord interrupted() {
        return now(Status.FAILED, Optional.of(MessageError.UNKNOWN.number()), dateUpdated);
    }
}

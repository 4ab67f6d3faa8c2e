package teleapi.call.records;

import java.time.Instant;
import java.util.Optional;
import teleapi.call.Sid;

/**
 * What is known of a conference at one moment.
 *
 * @param status init (nobody may talk yet), in-progress, completed
 * @param reasonEnded as in peers.md 2.6, once it is completed
 */
public record ConferenceRecord(
        Sid sid,
        Sid accountSid,
        String friendlyName,
        Status status,
        Instant dateCreated,
        Instant dateUpdated,
        Optional<String> reasonEnded,
        Optional<Sid> callSidEnding,
        long revision) {
    /** The same, ended by the API. */
    public ConferenceRecord ended(Instant now, String reason) {
        return new ConferenceRecord(
                sid,
                accountSid,
                friendlyName,
                Status.COMPLETED,
                dateCreated,
                now,
                Optional.of(reason),
                Optional.empty(),
                revision + 1);
    }

    /** The state of a conference. */
    public enum Status {
        INIT("init"),
        IN_PROGRESS("in-progress"),
        COMPLETED("completed");

        private final String text;

        Status(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }
}

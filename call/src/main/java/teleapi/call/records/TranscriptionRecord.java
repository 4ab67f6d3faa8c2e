package teleapi.call.records;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import teleapi.call.Sid;

/**
 * What is known of the text of a recording at one moment.
 *
 * @param duration of the recording
 * @param text empty until it is completed, and when nothing was understood
 */
public record TranscriptionRecord(
        Sid sid,
        Sid accountSid,
        Sid callSid,
        Sid recordingSid,
        Status status,
        Instant dateCreated,
        Instant dateUpdated,
        Duration duration,
        String text,
        long revision) {
    /** The text of a recording could not be made. */
    public static final int NOT_TRANSCRIBED = 29611;

    /** The state of a transcription. */
    public enum Status {
        IN_PROGRESS,
        COMPLETED,
        FAILED;

        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public boolean ended() {
            return this != IN_PROGRESS;
        }
    }

    /** The same at its end. */
    public TranscriptionRecord ended(Status end, String understood, Instant now) {
        return new TranscriptionRecord(
                sid, accountSid, callSid, recordingSid, end, dateCreated, now, duration, understood, revision + 1);
    }

    /** The server ended meanwhile. */
    public TranscriptionRecord interrupted() {
        return ended(Status.FAILED, "", dateUpdated);
    }
}

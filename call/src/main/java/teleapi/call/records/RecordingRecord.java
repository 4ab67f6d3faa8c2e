package teleapi.call.records;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import teleapi.call.Sid;

/**
 * What is known of a recording at one moment.
 *
 * @param channels 1, or 2: what the party says, what it hears
 * @param track inbound: what the party says; outbound: what it hears; both
 * @param source what asked for it: DialVerb, RecordVerb, StartCallRecordingAPI, OutboundAPI, Conference,
 *     StartConferenceRecordingAPI
 * @param callSid of a conference: the participant whose noun asked for it, or the first
 * @param duration once it has ended, of what was kept; empty when that is not known
 * @param errorCode why it failed
 */
public record RecordingRecord(
        Sid sid,
        Sid accountSid,
        Sid callSid,
        Optional<Sid> conferenceSid,
        int channels,
        String track,
        String source,
        Status status,
        Instant startTime,
        Instant dateUpdated,
        Optional<Duration> duration,
        Optional<Integer> errorCode,
        long revision) {
    /** Some of it is missing: the disk did not take it in time, or not at all. */
    public static final int INCOMPLETE = 29600;

    /** Higher than the revision of any pause, the last of which who writes the end does not know. */
    private static final long FINAL = 1L << 32;

    /** The server ended meanwhile. */
    public static final int CUT_OFF = 29601;

    /** The state of a recording. */
    public enum Status {
        IN_PROGRESS("in-progress"),
        /** It goes on, but not now. */
        PAUSED("paused"),
        COMPLETED("completed"),
        /** Nothing was recorded; there is no file. */
        ABSENT("absent"),
        /** Some of it is missing, or all; the file has the rest. */
        FAILED("failed");

        private final String text;

        Status(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }

        public boolean ended() {
            return this != IN_PROGRESS && this != PAUSED;
        }
    }

    /** One that begins now. */
    public static RecordingRecord begun(
            Sid sid,
            Sid account,
            Sid call,
            Optional<Sid> conference,
            int channels,
            String track,
            String source,
            Instant now) {
        return new RecordingRecord(
                sid,
                account,
                call,
                conference,
                channels,
                track,
                source,
                Status.IN_PROGRESS,
                now,
                now,
                Optional.empty(),
                Optional.empty(),
                0);
    }

    /** The same, paused or resumed. */
    public RecordingRecord with(Status next, Instant now) {
        return next(next, now, duration, errorCode, revision + 1);
    }

    /** The same at its end. */
    public RecordingRecord ended(Instant now, Duration length, boolean whole) {
        Status end = length.isZero() && whole ? Status.ABSENT : whole ? Status.COMPLETED : Status.FAILED;
        return next(end, now, Optional.of(length), whole ? Optional.empty() : Optional.of(INCOMPLETE), FINAL);
    }

    /** Whether there is something to be heard, or will be. */
    public boolean hasSound() {
        return duration.filter(Duration::isZero).isEmpty();
    }

    /** The server ended while it was recorded: its file has what there was. */
    public RecordingRecord cutOff() {
        return next(Status.FAILED, dateUpdated, Optional.empty(), Optional.of(CUT_OFF), revision + 1);
    }

    private RecordingRecord next(
            Status now, Instant updated, Optional<Duration> length, Optional<Integer> error, long higher) {
        return new RecordingRecord(
                sid,
                accountSid,
                callSid,
                conferenceSid,
                channels,
                track,
                source,
                now,
                startTime,
                updated,
                length,
                error,
                higher);
    }

    /** Begun seconds count, as in all durations of the API. */
    public static long seconds(Duration length) {
        return (length.toNanos() + 999_999_999) / 1_000_000_000;
    }
}

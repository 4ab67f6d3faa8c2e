package teleapi.call.records;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import teleapi.call.ModificationStatus;
import teleapi.call.ModificationStatus.State;
import teleapi.call.Sid;

/**
 * What is known of a modification at one moment.
 *
 * @param code 0, or the error code when it failed
 * @param timings since it was accepted
 * @param revision grows by one with each status
 */
public record ModificationRecord(
        Sid sid,
        Sid accountSid,
        Sid callSid,
        State state,
        int code,
        String reason,
        Map<String, Duration> timings,
        Instant dateCreated,
        Instant dateUpdated,
        long revision) {
    /** It was open when the server died. */
    public static final int INTERRUPTED = 29425;

    public ModificationRecord {
        timings = Map.copyOf(timings);
    }

    public static ModificationRecord accepted(Sid sid, Sid account, Sid call, Instant now) {
        return new ModificationRecord(sid, account, call, State.ACCEPTED, 0, "", Map.of(), now, now, 1);
    }

    public ModificationRecord after(ModificationStatus status, Instant now) {
        return new ModificationRecord(
                sid,
                accountSid,
                callSid,
                status.state(),
                status.code(),
                status.reason(),
                status.timings(),
                dateCreated,
                now,
                revision + 1);
    }

    /** The server died while it was open: it has no effect now, since its call is gone as well. */
    public ModificationRecord interrupted() {
        return new ModificationRecord(
                sid,
                accountSid,
                callSid,
                State.FAILED,
                INTERRUPTED,
                "the server ended while it was under way",
                timings,
                dateCreated,
                dateUpdated,
                revision + 1);
    }
}

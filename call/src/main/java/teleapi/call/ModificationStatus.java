package teleapi.call;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import teleapi.call.records.CallRecord;

/**
 * How far a modification has come.
 *
 * @param code 0, or the error code when it failed
 * @param reason empty unless it failed or was superseded
 * @param timings since it was accepted, by name: queued, fetched, parsed, switched, first_packet, applied
 * @param call the call at this moment
 * @param controls what is in force on it at this moment
 * @param plan what it would do, of a dry run
 */
public record ModificationStatus(
        Sid sid,
        State state,
        int code,
        String reason,
        Map<String, Duration> timings,
        CallRecord call,
        ControlState controls,
        Optional<Plan> plan) {
    public ModificationStatus {
        timings = Map.copyOf(timings);
    }

    /** The five words of the contract, and what the API answers with other codes: 410, 409, 412, and a dry run's. */
    public enum State {
        /** In the mailbox of its call, which has not taken it yet; no call tells this one. */
        ACCEPTED,
        PREPARING,
        APPLIED,
        FAILED,
        SUPERSEDED,
        ENDED,
        CONFLICT,
        PRECONDITION,
        PLANNED,
        /** Applied, and the first packet since then is out; told after APPLIED. */
        HEARD;

        /** Whether what becomes of it is settled by this. */
        public boolean last() {
            return switch (this) {
                case ACCEPTED, PREPARING, HEARD -> false;
                case APPLIED, FAILED, SUPERSEDED, ENDED, CONFLICT, PRECONDITION, PLANNED -> true;
            };
        }
    }
}

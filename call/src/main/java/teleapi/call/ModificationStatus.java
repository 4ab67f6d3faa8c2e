package teleapi.call;

import java.time.Duration;
import java.util.Map;
import teleapi.call.records.CallRecord;

/**
 * How far a modification has come.
 *
 * @param code 0, or the error code when it failed
 * @param reason empty unless it failed or was superseded
 * @param timings since it was accepted, by name: taken, fetched, switched
 * @param call the call at this moment
 */
public record ModificationStatus(
        Sid sid, State state, int code, String reason, Map<String, Duration> timings, CallRecord call) {
    public ModificationStatus {
        timings = Map.copyOf(timings);
    }

    /** The five words of the contract, and ENDED and CONFLICT, which the API answers with 410 and 409. */
    public enum State {
        PREPARING,
        APPLIED,
        FAILED,
        SUPERSEDED,
        ENDED,
        CONFLICT;

        public boolean last() {
            return this != PREPARING;
        }
    }
}

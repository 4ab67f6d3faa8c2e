package teleapi.call.records;

import java.time.Instant;
import java.util.Optional;
import teleapi.call.CallStatus;
import teleapi.call.Sid;

/**
 * Which calls a list shows, and in what order; all conditions must hold.
 *
 * @param sort the column
 * @param ascending oldest or smallest first
 */
public record CallFilter(
        Optional<String> to,
        Optional<String> from,
        Optional<CallStatus> status,
        Optional<Instant> startedFrom,
        Optional<Instant> startedBefore,
        Optional<Instant> endedFrom,
        Optional<Instant> endedBefore,
        Optional<Sid> parentSid,
        Optional<Sid> conferenceSid,
        Sort sort,
        boolean ascending) {
    /** What calls can be sorted by. */
    public enum Sort {
        DATE_CREATED,
        FROM,
        TO,
        DIRECTION,
        STATUS,
        DURATION
    }
}

package teleapi.runtime;

import java.time.Duration;
import java.time.Instant;

/**
 * The only clock.
 *
 * <pre>
 * Units   nanoseconds on a monotonic scale with an arbitrary zero; wall time in UTC
 * Thread  any
 * </pre>
 */
public interface Time {
    /** Monotonic; for deadlines and durations. */
    long nanos();

    /** Wall time; for records and headers, never for deadlines. */
    Instant now();

    default Deadline after(Duration wait) {
        return new Deadline(nanos() + wait.toNanos());
    }
}

package teleapi.runtime;

import java.time.Duration;

/**
 * A point on the scale of {@link Time#nanos} after which waiting ends.
 *
 * @param nanos the point
 */
public record Deadline(long nanos) implements Comparable<Deadline> {
    /** Does not come. */
    public static final Deadline NEVER = new Deadline(Long.MAX_VALUE);

    public boolean passed(Time time) {
        return nanos != Long.MAX_VALUE && time.nanos() - nanos >= 0;
    }

    /** The same, put off; one that does not come still does not. */
    public Deadline later(Duration delay) {
        return nanos == Long.MAX_VALUE || delay.isZero() ? this : new Deadline(nanos + delay.toNanos());
    }

    public Deadline earlier(Deadline other) {
        return compareTo(other) <= 0 ? this : other;
    }

    @Override
    public int compareTo(Deadline other) {
        return Long.compare(nanos, other.nanos);
    }
}

package teleapi.media.rtp;

/**
 * How much of a stream is taken: as much as time passes, and an eighth more, since clocks differ. What was held back on its way may come at once, up
 * to a second of it: later than that it is of no use to anybody.
 *
 * <pre>
 * Units   nanoseconds, of sound and of time
 * Thread  the media loop's
 * </pre>
 */
public final class Allowance {
    // Owned by the thread of the media loop.

    static final long MOST = 1_000_000_000L;
    private static final int EIGHTH = 8;

    private long left = MOST;
    private long at;

    public Allowance(long now) {
        at = now;
    }

    /** Whether a packet of this length is taken. */
    public boolean takes(long length, long now) {
        long passed = Math.clamp(now - at, 0, MOST);
        at = now;
        left = Math.min(MOST, left + passed + passed / EIGHTH);
        if (left < length) {
            return false;
        }
        left -= length;
        return true;
    }
}

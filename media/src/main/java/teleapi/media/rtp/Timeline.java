package teleapi.media.rtp;

/**
 * One stream's timestamps in the time all sound here is placed by, whatever clock they count in.
 *
 * <pre>
 * Units   1/8000 s, as 32 bits that go round; of a clock of 8000 they are the timestamps themselves until it is set
 * Thread  the media loop's
 * Source  RFC 3550 §5.1; RFC 7587 §4.1
 * </pre>
 */
public final class Timeline {
    // Owned by the thread of the media loop.

    public static final int RATE = 8_000;

    private int steps = 1;
    /** Of a clock of 8000 that was set. */
    private int shift;

    private int last;
    private long place;

    /** The next timestamps count in this clock, a multiple of 8000. */
    public void clock(int rate) {
        steps = rate / RATE;
        shift = 0;
    }

    /** The clock was set, and shows {@code timestamp} at that time. */
    public void set(int timestamp, int time) {
        shift = time - timestamp;
        place = (long) time * steps;
        last = timestamp;
    }

    /** The time of a timestamp near the one before. */
    public int time(int timestamp) {
        if (steps == 1) {
            return timestamp + shift;
        }
        place += timestamp - last;
        last = timestamp;
        return (int) Math.floorDiv(place, (long) steps);
    }
}

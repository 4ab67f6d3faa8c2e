package teleapi.media;

/**
 * A mixing room: each member hears all others and not itself.
 *
 * <pre>
 * Shape   20 ms, signed 16-bit, mono, 8 kHz: 160 samples
 * Thread  any; posted to its media loop
 * </pre>
 */
public interface Room {
    /** Plays to everyone in it, after what is announced already; eight wait at most, one more is left out. */
    void announce(Sound sound);

    /** The same; {@code over} is told on the loop's thread, must only post, when it has been heard, or nobody is left to hear it. */
    void announce(Sound sound, Runnable over);

    /** Members leave as by {@link MediaSession#leave}. */
    void close();
}

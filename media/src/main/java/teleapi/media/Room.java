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
    /** Plays to everyone in it (a beep). */
    void announce(Sound sound);

    /** Members leave as by {@link MediaSession#leave}. */
    void close();
}

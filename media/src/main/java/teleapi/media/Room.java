package teleapi.media;

import java.util.function.Consumer;

/**
 * A mixing room: each member hears all others and not itself.
 *
 * <pre>
 * Shape   20 ms, signed 16-bit, mono, 8 kHz: 160 samples
 * Thread  any; posted to its media loop
 * </pre>
 */
public interface Room {
    /** Plays to everyone in it, after what is announced already, or to who comes first; eight sound or wait at most, one more is left out. */
    void announce(Sound sound);

    /**
     * The same, and tells on the loop's thread what becomes of it.
     *
     * @param taken must only post: false if as many sound or wait as may; then it is not heard, and {@code over} is told nothing
     * @param over must only post: it has been heard, or all have gone who heard it, or the room is closed
     */
    void announce(Sound sound, Consumer<Boolean> taken, Runnable over);

    /**
     * Records the mix from now on, whoever comes and goes, until it is stopped or the room closed: what its members say to all and what is
     * announced, not what is said to one alone or made for one alone. One at a time; one that runs ends.
     *
     * @param trimmed whether the silence before and after what is heard is left out, but for a moment
     * @param begun is told, as {@code done} below, on the loop's thread, and must only post: it is in force
     */
    void record(SoundSink sink, boolean trimmed, Runnable begun);

    /** Records silence meanwhile, or leaves the time out. */
    void pauseRecording(boolean silence, Runnable done);

    void resumeRecording(Runnable done);

    /** Its sink says when it is whole. */
    void stopRecording();

    /** Ends its recording; members leave as by {@link MediaSession#leave}. */
    void close();
}

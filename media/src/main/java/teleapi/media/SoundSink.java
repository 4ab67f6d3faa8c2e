package teleapi.media;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Takes what a recording has heard, block by block.
 *
 * <pre>
 * Shape   any number of {@link #take}, then one {@link #end}
 * Thread  the media loop's (end: also the recorder's, when there is no loop any more): hand it on, do not wait
 * </pre>
 */
public interface SoundSink {
    /** Takes the next block, until it gives it back. False: nothing more can be kept, and the recording stops as failed. */
    boolean take(SoundBlock block);

    /**
     * Nothing more comes.
     *
     * @param whole false: the recording was given up before its end
     * @param length so much of it is to be kept, from its beginning
     * @param complete to be told, on any thread, when all that can be kept is kept: whether that is all there was
     */
    void end(boolean whole, Duration length, Consumer<Boolean> complete);
}

package teleapi.runtime;

import java.lang.invoke.VarHandle;

/**
 * Frames of samples on their way from a thread that never waits to one that may be late. The writer asks nobody and goes on over what was not
 * read in time: who reads finds the oldest missing, by their numbers.
 *
 * <p>The reader copies a frame and then looks whether the writer has begun to write over it meanwhile; if so it was too late, and goes on with the
 * oldest that is whole.
 *
 * <pre>
 * Shape   frames of one length, numbered from 0 in the order of writing; nothing is allocated after the beginning
 * Thread  write: one. read: one other
 * </pre>
 */
public final class FrameRing {
    private final short[][] frames;
    /** How many the writer has begun, and how many are whole. */
    private volatile long begun;

    private volatile long whole;

    // The reader's.
    private long next;

    /** Room for {@code count} frames of {@code length} samples. */
    public FrameRing(int count, int length) {
        frames = new short[count][length];
    }

    /** Takes the first samples of {@code samples}, as many as a frame has. */
    public void write(short[] samples) {
        long number = whole;
        // Announced before anything is written over, so that who copies it just now finds out.
        begun = number + 1;
        VarHandle.storeStoreFence();
        short[] frame = frames[(int) (number % frames.length)];
        System.arraycopy(samples, 0, frame, 0, frame.length);
        whole = number + 1;
    }

    /** Copies the next frame; its number, or -1 when there is none. A number is left out for each frame that was lost. */
    public long read(short[] into) {
        while (next < whole) {
            next = Math.max(next, begun - frames.length);
            short[] frame = frames[(int) (next % frames.length)];
            System.arraycopy(frame, 0, into, 0, frame.length);
            VarHandle.loadLoadFence();
            if (begun - next <= frames.length) {
                return next++;
            }
        }
        return -1;
    }
}

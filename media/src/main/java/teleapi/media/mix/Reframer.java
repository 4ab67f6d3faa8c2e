package teleapi.media.mix;

import java.util.Arrays;
import teleapi.media.rtp.JitterBuffer;

/**
 * Makes frames of 20 ms of another's packets, which may be of any length: what a coder takes.
 *
 * <pre>
 * Units   time in 1/8000 s
 * </pre>
 */
final class Reframer {
    // Owned by the thread of the media loop.

    /** Gets a frame. */
    interface Frames {
        void framed(short[] frame, int time);
    }

    private final int scale;
    private final short[] frame;
    private int held;
    private int time;

    /** {@code scale}: samples in 1/8000 s. */
    Reframer(int scale) {
        this.scale = scale;
        this.frame = new short[JitterBuffer.FRAME * scale];
    }

    /** What was begun is dropped: what comes next is something else. */
    void clear() {
        held = 0;
    }

    /** What was begun must not be heard: it is silence of the same length. */
    void hush() {
        Arrays.fill(frame, 0, held, (short) 0);
    }

    /** {@code count} samples that belong to {@code at}. */
    void next(short[] samples, int count, int at, Frames to) {
        if (held > 0 && at != time + held / scale) {
            held = 0;
        }
        int done = 0;
        while (done < count) {
            if (held == 0) {
                time = at + done / scale;
            }
            int part = Math.min(frame.length - held, count - done);
            System.arraycopy(samples, done, frame, held, part);
            held += part;
            done += part;
            if (held == frame.length) {
                held = 0;
                to.framed(frame, time);
            }
        }
    }
}

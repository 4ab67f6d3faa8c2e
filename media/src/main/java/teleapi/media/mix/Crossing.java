package teleapi.media.mix;

import java.util.Arrays;
import teleapi.media.rtp.JitterBuffer;
import teleapi.media.sound.Rates;

/**
 * Sound of one rate of a room, summed, and what it is at the other rate: asked for by those who hear at that, and made for all of them at once.
 *
 * <p>A frame may still be changed until the next begins, and so may what the filter remembers of the frame before: who is taken out is out of all
 * that is sent from then on.
 *
 * <pre>
 * Shape   frames of 20 ms, from 8 to 16 kHz (up) or from 16 to 8
 * </pre>
 */
final class Crossing {
    // Owned by its room or seat, on the thread of the media loop.

    private static final int NARROW = JitterBuffer.FRAME;
    private static final int WIDE = 2 * NARROW;

    private final boolean up;
    private final int past;
    private final int frame;
    private final int[] line;
    private final int[] cut;
    private final int[] crossed;
    private boolean ready;
    /** Of this and the frame before: so many may have sound in them. */
    private int sounding;

    Crossing(boolean up) {
        this.up = up;
        this.past = up ? Rates.PAST_NARROW : Rates.PAST_WIDE;
        this.frame = up ? NARROW : WIDE;
        this.line = new int[past + frame];
        this.cut = new int[past + frame];
        this.crossed = new int[up ? WIDE : NARROW];
    }

    /** A new frame begins, silent so far. */
    void next() {
        if (sounding > 0) {
            sounding--;
            System.arraycopy(line, frame, line, 0, past);
            Arrays.fill(line, past, line.length, 0);
        }
        ready = false;
    }

    void clear() {
        Arrays.fill(line, 0);
        sounding = 0;
        ready = false;
    }

    /** Adds {@code count} samples from {@code from} on to the beginning of the frame, or takes them out. */
    void add(short[] samples, int from, int count, int sign) {
        for (int i = 0; i < count; i++) {
            line[past + i] += sign * samples[from + i];
        }
        sounding = 2;
        ready = false;
    }

    /** Takes these out of what is remembered. */
    void takeBack(short[] tail) {
        for (int i = 0; i < past; i++) {
            line[i] -= tail[i];
        }
        ready = false;
    }

    /** Whether there is nothing in it. */
    boolean silent() {
        return sounding == 0;
    }

    /** As it is. */
    int at(int i) {
        return line[past + i];
    }

    /** At the other rate. */
    int[] crossed() {
        if (!ready) {
            for (int i = 0; i < line.length; i++) {
                cut[i] = Math.clamp(line[i], -Rates.MOST, Rates.MOST);
            }
            if (up) {
                Rates.up(cut, frame, crossed);
            } else {
                Rates.down(cut, frame / 2, crossed);
            }
            ready = true;
        }
        return crossed;
    }
}

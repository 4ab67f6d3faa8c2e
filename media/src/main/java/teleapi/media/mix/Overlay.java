package teleapi.media.mix;

import java.util.Arrays;
import teleapi.media.rtp.JitterBuffer;
import teleapi.media.sound.Doubler;

/** Sounds of 8 kHz that are made for one peer, on their way into what it hears at 16 kHz. */
final class Overlay {
    // Owned by its ear, on the thread of the media loop.

    private final Doubler doubler = new Doubler(Scratch.SAMPLES);
    private final int[] sum = new int[Scratch.SAMPLES];
    private final short[] silence = new short[2 * JitterBuffer.FRAME];
    private int count;
    private boolean sounds;

    /** The sum of the next {@code samples} of 8 kHz, silent so far. */
    int[] begin(int samples) {
        count = samples;
        Arrays.fill(sum, 0, samples, 0);
        return sum;
    }

    int[] sum() {
        return sum;
    }

    /** A frame of 16 kHz with nothing in it, to be added to. */
    short[] silence() {
        Arrays.fill(silence, (short) 0);
        return silence;
    }

    /** Adds the sum to as much at 16 kHz; while there is nothing in it that costs nothing. */
    void addTo(short[] wide) {
        boolean sounded = sounds;
        sounds = false;
        for (int i = 0; i < count && !sounds; i++) {
            sounds = sum[i] != 0;
        }
        if (sounds || sounded) {
            doubler.addTo(sum, count, wide);
        }
    }
}

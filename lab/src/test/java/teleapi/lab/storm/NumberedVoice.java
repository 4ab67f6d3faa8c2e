package teleapi.lab.storm;

import java.util.OptionalInt;
import teleapi.lab.phone.Ear;
import teleapi.lab.phone.Voice;
import teleapi.runtime.Mailbox;

/**
 * Says numbers, one in each frame, and knows them again at the other end: so it is certain of each packet whether it was made before or
 * after an answer, however late it comes.
 *
 * <p>The number stands in the signs of twelve pieces of the frame. The first quarter is left out, where a fade may be.
 *
 * <pre>
 * Shape   frame = 160 samples of 8 kHz, as said by {@link teleapi.lab.phone.Phone}
 * Thread  the phone's loop
 * </pre>
 */
final class NumberedVoice implements Voice, Ear {
    private static final int BITS = 12;
    private static final int PIECE = 10;
    private static final int FIRST = 160 - BITS * PIECE;
    private static final short LOUD = 8_000;
    /** Far above the noise of a codec, far below {@link #LOUD}. */
    private static final int SOUND = 500;

    private final Mailbox<Frame> frames;
    private int said;
    private int heard;

    /** A frame said by this phone, or one heard by it; the number of one that is sound but none of these is not readable. */
    record Frame(NumberedVoice by, boolean said, OptionalInt number) {}

    NumberedVoice(Mailbox<Frame> frames) {
        this.frames = frames;
    }

    @Override
    public void fill(short[] frame) {
        said++;
        for (int i = 0; i < frame.length; i++) {
            int bit = Math.max(0, i - FIRST) / PIECE;
            frame[i] = (said >> bit & 1) == 1 ? LOUD : -LOUD;
        }
        frames.post(new Frame(this, true, OptionalInt.of(said)));
    }

    @Override
    public void heard(short[] samples, int count, long nanos) {
        boolean sound = false;
        for (int i = 0; i < count; i++) {
            sound |= Math.abs(samples[i]) > SOUND;
        }
        if (sound) {
            frames.post(new Frame(this, false, number(samples, count)));
        }
    }

    private OptionalInt number(short[] samples, int count) {
        if (count != 160) {
            return OptionalInt.empty();
        }
        int low = 0;
        for (int bit = 0; bit < BITS; bit++) {
            int middle = samples[FIRST + bit * PIECE + PIECE / 2];
            if (Math.abs(middle) < LOUD / 2) {
                return OptionalInt.empty();
            }
            low |= (middle > 0 ? 1 : 0) << bit;
        }
        // The numbers only grow: the rest of it is that of the last one, or one more.
        int mask = (1 << BITS) - 1;
        int ahead = low - heard & mask;
        heard += ahead;
        return OptionalInt.of(heard);
    }
}

package teleapi.media.mix;

import java.util.function.Consumer;
import teleapi.media.rtp.JitterBuffer;

/**
 * Notices when someone begins and ends to speak, by how loud it is.
 *
 * <pre>
 * Units   frames of 20 ms
 * Shape   60 ms above one level are speech, 800 ms below a lower one are none: words have pauses, and a knock on the table is short
 * Source  ITU-T P.56: people speak at some -26 dBov; lines hiss below -50
 * </pre>
 */
final class SpeechLevel {
    // Owned by the thread of the media loop.

    private static final long LOUD = energy(-38);
    private static final long SOFT = energy(-44);
    private static final int LOUD_FRAMES = 3;
    private static final int SOFT_FRAMES = 40;

    private final Consumer<Boolean> speaks;
    private boolean speaking;
    private int inARow;

    /** {@code speaks} is told each change. */
    SpeechLevel(Consumer<Boolean> speaks) {
        this.speaks = speaks;
    }

    /** {@code sound} false: nothing was said, whatever is in the frame. */
    void hear(short[] frame, int count, boolean sound) {
        long energy = sound ? energy(frame, count) : 0;
        boolean towardsChange = speaking ? energy < SOFT : energy > LOUD;
        inARow = towardsChange ? inARow + 1 : 0;
        if (inARow == (speaking ? SOFT_FRAMES : LOUD_FRAMES)) {
            change();
        }
    }

    /** It cannot be heard any more. */
    void stop() {
        inARow = 0;
        if (speaking) {
            change();
        }
    }

    private void change() {
        speaking = !speaking;
        inARow = 0;
        speaks.accept(speaking);
    }

    /** Whether nobody speaks in this frame. */
    static boolean quiet(short[] frame) {
        return energy(frame, JitterBuffer.FRAME) < SOFT;
    }

    /** Of 20 ms, as if there were as many samples as at 8 kHz. */
    private static long energy(short[] frame, int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += frame[i] * frame[i];
        }
        return sum * JitterBuffer.FRAME / count;
    }

    /** Of a frame, so far below the loudest square wave there is (dBov). */
    private static long energy(double decibels) {
        return (long) (JitterBuffer.FRAME * 32_768.0 * 32_768.0 * Math.pow(10, decibels / 10));
    }
}

package teleapi.media.sound;

import java.util.Arrays;

/**
 * Brings one stream of sound from 16 to 8 kHz, piece after piece.
 *
 * <pre>
 * Thread  whose it is
 * </pre>
 */
public final class Halver {
    // Owned by who made it.
    private final int[] line;
    private final int[] out;
    private boolean begins = true;

    /** {@code most} samples of 16 kHz at once. */
    public Halver(int most) {
        line = new int[Rates.PAST_WIDE + most];
        out = new int[most / 2];
    }

    /** What comes next begins here: a filter that had heard silence before would make a step of it, of a first sample that lasts it makes none. */
    public void forget() {
        begins = true;
    }

    /** The next {@code count} samples, an even number; there are half as many at {@code at}. */
    public void next(short[] wide, int from, int count, short[] narrow, int at) {
        if (begins && count > 0) {
            begins = false;
            Arrays.fill(line, 0, Rates.PAST_WIDE, wide[from]);
        }
        for (int i = 0; i < count; i++) {
            line[Rates.PAST_WIDE + i] = wide[from + i];
        }
        Rates.down(line, count / 2, out);
        System.arraycopy(line, count, line, 0, Rates.PAST_WIDE);
        for (int i = 0; i < count / 2; i++) {
            narrow[at + i] = (short) Math.clamp(out[i], Short.MIN_VALUE, Short.MAX_VALUE);
        }
    }
}

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

    /** {@code most} samples of 16 kHz at once. */
    public Halver(int most) {
        line = new int[Rates.PAST_WIDE + most];
        out = new int[most / 2];
    }

    /** Silence was before. */
    public void forget() {
        Arrays.fill(line, 0, Rates.PAST_WIDE, 0);
    }

    /** The next {@code count} samples, an even number; there are half as many at {@code at}. */
    public void next(short[] wide, int from, int count, short[] narrow, int at) {
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

package teleapi.media.sound;

import java.util.Arrays;

/**
 * Brings one stream of sound from 8 to 16 kHz, piece after piece.
 *
 * <pre>
 * Thread  whose it is
 * </pre>
 */
public final class Doubler {
    // Owned by who made it.
    private final int[] line;
    private final int[] out;
    private boolean begins = true;

    /** {@code most} samples of 8 kHz at once. */
    public Doubler(int most) {
        line = new int[Rates.PAST_NARROW + most];
        out = new int[2 * most];
    }

    /** What comes next begins here: a filter that had heard silence before would make a step of it, of a first sample that lasts it makes none. */
    public void forget() {
        begins = true;
    }

    /** The next {@code count} samples; there are twice as many at {@code at}. */
    public void next(short[] narrow, int from, int count, short[] wide, int at) {
        if (begins && count > 0) {
            begins = false;
            Arrays.fill(line, 0, Rates.PAST_NARROW, narrow[from]);
        }
        for (int i = 0; i < count; i++) {
            line[Rates.PAST_NARROW + i] = narrow[from + i];
        }
        Rates.up(line, count, out);
        System.arraycopy(line, count, line, 0, Rates.PAST_NARROW);
        for (int i = 0; i < 2 * count; i++) {
            wide[at + i] = (short) Math.clamp(out[i], Short.MIN_VALUE, Short.MAX_VALUE);
        }
    }

    /** The next samples, added to what is there. */
    public void addTo(int[] narrow, int count, short[] wide) {
        begins = false;
        for (int i = 0; i < count; i++) {
            line[Rates.PAST_NARROW + i] = Rates.within(narrow[i]);
        }
        Rates.up(line, count, out);
        System.arraycopy(line, count, line, 0, Rates.PAST_NARROW);
        for (int i = 0; i < 2 * count; i++) {
            wide[i] = (short) Math.clamp(wide[i] + out[i], Short.MIN_VALUE, Short.MAX_VALUE);
        }
    }
}

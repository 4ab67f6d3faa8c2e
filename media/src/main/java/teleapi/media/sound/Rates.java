package teleapi.media.sound;

/**
 * From 8 to 16 kHz and back, as sound comes.
 *
 * <p>A line of samples has what was before and then what is new; so whoever keeps the line decides what was before, and can take it back.
 *
 * <pre>
 * Shape   flat to 3.4 kHz, 60 dB down from 4 kHz either way: nothing comes back as a false tone. Delay 3 ms
 * Units   integers of a little more than 16 bits: sums of a room are cut to {@link #MOST}, four times as loud as there can be
 * Thread  any
 * Source  Kaiser's window (Oppenheim, Schafer: Discrete-Time Signal Processing, §7.6)
 * </pre>
 */
public final class Rates {
    private static final int TAPS = 96;
    private static final int PHASE = TAPS / 2;

    /** So many samples stand in a line of 8 kHz before the new ones. */
    public static final int PAST_NARROW = PHASE - 1;

    /** The same at 16 kHz. */
    public static final int PAST_WIDE = TAPS - 1;

    public static final int MOST = 1 << 17;

    private static final int BITS = 13;
    private static final int HALF = 1 << (BITS - 1);

    /** The middle between 3.4 and 4 kHz, as a part of 8 kHz. */
    private static final double CUTOFF = 3_700.0 / 8_000;

    private static final double BETA_WIDTH = TAPS / 2.0;

    private static final int[] DOWN = new int[TAPS];
    private static final int[] UP_EVEN = new int[PHASE];
    private static final int[] UP_ODD = new int[PHASE];

    static {
        double[] exact = new double[TAPS];
        double sum = 0;
        for (int k = 0; k < TAPS; k++) {
            double distance = k - (TAPS - 1) / 2.0;
            exact[k] = Resampler.sinc(CUTOFF * distance) * Resampler.kaiser(distance / BETA_WIDTH);
            sum += exact[k];
        }
        for (int k = 0; k < TAPS; k++) {
            DOWN[k] = (int) Math.round(exact[k] / sum * (1 << BITS));
            int twice = (int) Math.round(2 * exact[k] / sum * (1 << BITS));
            // Newest sample last in the line: the phase of an even sample out has the odd taps, seen from its end.
            if (k % 2 == 0) {
                UP_ODD[k / 2] = twice;
            } else {
                UP_EVEN[k / 2] = twice;
            }
        }
    }

    private Rates() {}

    /** {@code line}: {@link #PAST_NARROW} samples and {@code count} new ones; answers twice as many in {@code out}. */
    public static void up(int[] line, int count, int[] out) {
        for (int i = 0; i < count; i++) {
            int even = HALF;
            int odd = HALF;
            for (int k = 0; k < PHASE; k++) {
                even += UP_EVEN[k] * line[i + k];
                odd += UP_ODD[k] * line[i + k];
            }
            out[2 * i] = even >> BITS;
            out[2 * i + 1] = odd >> BITS;
        }
    }

    /** {@code line}: {@link #PAST_WIDE} samples and twice {@code count} new ones; answers {@code count} in {@code out}. */
    public static void down(int[] line, int count, int[] out) {
        for (int i = 0; i < count; i++) {
            int sum = HALF;
            for (int k = 0; k < TAPS; k++) {
                sum += DOWN[k] * line[2 * i + k];
            }
            out[i] = sum >> BITS;
        }
    }

    static int within(int sample) {
        return Math.clamp(sample, -MOST, MOST);
    }
}

package teleapi.media.sound;

/**
 * Brings sound to 8 kHz.
 *
 * <pre>
 * Shape   a windowed sinc in as many phases as the two rates have steps in common: each sample out is one row of it over the samples in.
 *         Flat to 3.4 kHz (0.85 of the lower Nyquist frequency), 60 dB down from 4 kHz: what lies above must not come back as a false tone
 * Thread  any
 * Source  Kaiser's window (Oppenheim, Schafer: Discrete-Time Signal Processing, §7.6)
 * </pre>
 */
public final class Resampler {
    public static final int RATE = 8_000;

    /** Middle of the transition from 0.85 to 1 of the Nyquist frequency. */
    private static final double CUTOFF = 0.925;

    /** Kaiser: beta for 60 dB, and the zero crossings a side that a transition of that width needs then. */
    private static final double BETA = 5.65;

    private static final int HALF_WIDTH = 25;

    /** Rates without a common divisor would want up to 8,000 rows; rounding to one of these is 58 dB below the sound at worst. */
    private static final int MOST_PHASES = 1_024;

    private Resampler() {}

    public static short[] to8k(Samples in) {
        return in.rate() == RATE ? in.values() : resample(in.values(), in.rate());
    }

    private static short[] resample(short[] in, int rate) {
        int divisor = gcd(rate, RATE);
        int steps = RATE / divisor;
        int phases = Math.min(steps, MOST_PHASES);
        float[][] rows = rows(phases, rate);
        int half = rows[0].length / 2;
        short[] out = new short[(int) ((long) in.length * RATE / rate)];
        for (int i = 0; i < out.length; i++) {
            // The place in the source is i * rate / 8000, exactly: whole and remainder, then the nearest phase.
            long place = (long) i * (rate / divisor);
            int whole = (int) (place / steps);
            int phase = (int) ((place % steps * phases + steps / 2) / steps);
            if (phase == phases) {
                phase = 0;
                whole++;
            }
            float[] row = rows[phase];
            int first = whole - half + 1;
            int low = Math.max(0, -first);
            int high = Math.min(row.length, in.length - first);
            double sum = 0;
            for (int k = low; k < high; k++) {
                sum += row[k] * in[first + k];
            }
            out[i] = Samples.clipped(sum);
        }
        return out;
    }

    private static float[][] rows(int phases, int rate) {
        double stretch = Math.max(1.0, (double) rate / RATE);
        int half = (int) Math.ceil(HALF_WIDTH * stretch);
        double cutoff = CUTOFF / stretch;
        float[][] rows = new float[phases][2 * half];
        for (int phase = 0; phase < phases; phase++) {
            double[] exact = new double[2 * half];
            double sum = 0;
            for (int k = 0; k < exact.length; k++) {
                double distance = k - half + 1 - (double) phase / phases;
                exact[k] = sinc(cutoff * distance) * kaiser(distance / half);
                sum += exact[k];
            }
            for (int k = 0; k < exact.length; k++) {
                rows[phase][k] = (float) (exact[k] / sum);
            }
        }
        return rows;
    }

    static double sinc(double x) {
        return Math.abs(x) < 1e-9 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    static double kaiser(double x) {
        return Math.abs(x) >= 1 ? 0 : bessel(BETA * Math.sqrt(1 - x * x)) / bessel(BETA);
    }

    /** The modified Bessel function of order 0, by its series. */
    private static double bessel(double x) {
        double term = 1;
        double sum = 1;
        for (int k = 1; term > sum * 1e-12; k++) {
            term *= x * x / 4 / k / k;
            sum += term;
        }
        return sum;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}

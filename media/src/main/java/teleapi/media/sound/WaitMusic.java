package teleapi.media.sound;

/**
 * The built-in wait music: a broken chord on something like a harp, C, A minor, F, G, over a soft bass. Generated, so nobody's rights are touched.
 *
 * <pre>
 * Shape   16 s; what still rings at the end rings on at the beginning, so it loops without a seam
 * Units   peak at -12 dBFS: moderate, and with room for a voice over it
 * </pre>
 */
public final class WaitMusic {
    private static final int NOTE = Resampler.RATE / 4;
    private static final double PEAK = Short.MAX_VALUE * 0.25;

    /** In half-tones above middle C: the notes of each bar, then its bass. */
    private static final int[][] BARS = {
        {0, 4, 7, 12, 16, 12, 7, 4, -12},
        {-3, 0, 4, 9, 12, 9, 4, 0, -15},
        {-7, 0, 5, 9, 12, 9, 5, 0, -19},
        {-5, 2, 7, 11, 14, 11, 7, 2, -17}
    };

    private static final int NOTES_IN_BAR = 8;

    private WaitMusic() {}

    public static short[] samples() {
        double[] sum = new double[BARS.length * 2 * NOTES_IN_BAR * NOTE];
        for (int bar = 0; bar < 2 * BARS.length; bar++) {
            int[] notes = BARS[bar / 2];
            int at = bar * NOTES_IN_BAR * NOTE;
            for (int i = 0; i < NOTES_IN_BAR; i++) {
                // The second time through a bar the figure turns round: less of a machine.
                int note = bar % 2 == 0 ? notes[i] : notes[(i + 4) % NOTES_IN_BAR];
                pluck(sum, at + i * NOTE, note, i == 0 ? 1.0 : 0.8, 0.55);
            }
            pluck(sum, at, notes[NOTES_IN_BAR], 0.9, 1.1);
        }
        return scaled(sum);
    }

    /** Adds a string that is struck once: three partials, the higher ones dying sooner; past the end it goes on at the beginning. */
    private static void pluck(double[] into, int at, int halfTones, double level, double seconds) {
        double hertz = 261.626 * Math.pow(2, halfTones / 12.0);
        int length = (int) (seconds * 5 * Resampler.RATE);
        for (int i = 0; i < length; i++) {
            double time = (double) i / Resampler.RATE;
            double angle = 2 * Math.PI * hertz * time;
            double decay = Math.exp(-time / seconds);
            double attack = Math.min(1, i / 64.0);
            double end = Math.min(1, (length - i) / 400.0);
            double wave =
                    Math.sin(angle) + 0.35 * decay * Math.sin(2 * angle) + 0.12 * decay * decay * Math.sin(3 * angle);
            into[(at + i) % into.length] += level * attack * end * decay * wave;
        }
    }

    private static short[] scaled(double[] sum) {
        double loudest = 0;
        for (double value : sum) {
            loudest = Math.max(loudest, Math.abs(value));
        }
        short[] out = new short[sum.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = Samples.clipped(sum[i] / loudest * PEAK);
        }
        return out;
    }
}

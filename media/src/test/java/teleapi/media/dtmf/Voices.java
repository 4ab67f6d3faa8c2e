package teleapi.media.dtmf;

import java.util.SplittableRandom;

/** Something like speech, for tests: what matters to a detector is glides, formants, syllables and held vowels. */
final class Voices {
    private Voices() {}

    static short[] speech(SplittableRandom chance, int seconds) {
        short[] out = new short[seconds * 8_000];
        double pitch = 80 + chance.nextDouble() * 220;
        double phase = 0;
        int at = 0;
        while (at < out.length) {
            int length = Math.min(out.length - at, 400 + chance.nextInt(3_200));
            double glide = (chance.nextDouble() - 0.5) * (chance.nextInt(4) == 0 ? 0.02 : 0.5);
            double[] formants = {
                300 + chance.nextDouble() * 650, 850 + chance.nextDouble() * 1_400, 2_200 + chance.nextDouble() * 1_000
            };
            double level = 2_000 + chance.nextDouble() * 14_000;
            double breath = chance.nextInt(5) == 0 ? 0.5 : 0.01;
            double[] gains = new double[3_600 / 50 + 1];
            for (int i = 0; i < length; i++) {
                double along = (double) i / length;
                double hertz = pitch * (1 + glide * along);
                if (i % 80 == 0) {
                    shape(gains, hertz, formants);
                }
                phase += 2 * Math.PI * hertz / 8_000;
                // sin(n x) by its recurrence: partials for the price of one.
                double twice = 2 * Math.cos(phase);
                double last = Math.sin(phase);
                double before = 0;
                double sum = breath * (chance.nextDouble() * 2 - 1);
                for (int partial = 1; partial * hertz < 3_600; partial++) {
                    sum += gains[partial] * last;
                    double next = twice * last - before;
                    before = last;
                    last = next;
                }
                out[at + i] =
                        (short) Math.clamp((long) (level * Math.sin(Math.PI * along) * sum * 0.5), -32_768, 32_767);
            }
            at += length + (chance.nextInt(3) == 0 ? chance.nextInt(1_600) : 0);
            pitch = Math.clamp(pitch * (0.9 + chance.nextDouble() * 0.2), 70, 400);
        }
        return out;
    }

    /** How loud each partial is, all together 1. */
    private static void shape(double[] gains, double hertz, double[] formants) {
        double sum = 0;
        for (int partial = 1; partial < gains.length; partial++) {
            gains[partial] = 0.02;
            for (int f = 0; f < formants.length; f++) {
                double distance = (partial * hertz - formants[f]) / (60.0 + 40 * f);
                gains[partial] += Math.pow(0.6, f) / (1 + distance * distance);
            }
            sum += gains[partial] * gains[partial];
        }
        for (int partial = 1; partial < gains.length; partial++) {
            gains[partial] /= Math.sqrt(sum);
        }
    }
}

package teleapi.lab.peers;

import teleapi.media.sound.Samples;

/**
 * How far one sound is in another, whatever its delay, its rate and its codec: by how loud they are from moment to moment.
 *
 * <pre>
 * Shape  loudness in steps of 20 ms, delays in steps of 2.5 ms
 * </pre>
 */
final class Likeness {
    private static final int STEPS = 50;
    private static final int FINER = 8;

    /** What a phone has not played when the call ends is lost: as if it had been silent. */
    private static final int LOST = 10;

    private Likeness() {}

    /** 1 when it is there as it was, 0 when there is something else: the best correlation of all delays. */
    static double of(Samples said, Samples heard) {
        double[] wanted = loudness(said, 0, 0);
        double best = 0;
        for (int shift = 0; shift < FINER; shift++) {
            double[] all = loudness(heard, shift * heard.rate() / STEPS / FINER, LOST);
            for (int delay = 0; delay + wanted.length <= all.length; delay++) {
                best = Math.max(best, correlation(wanted, all, delay));
            }
        }
        return best;
    }

    private static double[] loudness(Samples sound, int from, int silence) {
        int step = sound.rate() / STEPS;
        int steps = Math.max(0, sound.values().length - from) / step;
        double[] loudness = new double[steps + silence];
        for (int i = 0; i < steps; i++) {
            double energy = 0;
            for (int at = from + i * step; at < from + (i + 1) * step; at++) {
                energy += (double) sound.values()[at] * sound.values()[at];
            }
            loudness[i] = Math.sqrt(energy / step);
        }
        return loudness;
    }

    private static double correlation(double[] wanted, double[] all, int delay) {
        double wantedMean = 0;
        double mean = 0;
        for (int i = 0; i < wanted.length; i++) {
            wantedMean += wanted[i] / wanted.length;
            mean += all[delay + i] / wanted.length;
        }
        double both = 0;
        double wantedSquares = 0;
        double squares = 0;
        for (int i = 0; i < wanted.length; i++) {
            double x = wanted[i] - wantedMean;
            double y = all[delay + i] - mean;
            both += x * y;
            wantedSquares += x * x;
            squares += y * y;
        }
        return squares == 0 || wantedSquares == 0 ? 0 : both / Math.sqrt(wantedSquares * squares);
    }
}

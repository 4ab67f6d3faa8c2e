package teleapi.media.dtmf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Tells which of some tones are heard: who hears whom, when everyone sends a tone of his own.
 *
 * <pre>
 * Shape   looks at frames of some length, one after the other; fed in pieces of any size; answers for the last whole frame.
 *         The candidates must lie 2000 / millis Hz apart or more (100 Hz with frames of 20 ms), or a tone is taken for its neighbour too
 * Units   8 kHz, signed 16-bit; Hz; dBFS: a sine of full scale is 0
 * Thread  its owner's
 * </pre>
 */
public final class ToneMeter {
    // Owned by the thread that feeds it.

    private static final int RATE = 8_000;
    private static final double SILENCE = -60;
    private static final double SOFTEST = -45;

    /** Beside a loud tone: the window's own ripples are 31 dB below it. */
    private static final double BESIDE_LOUDEST = -25;

    /**
     * Against what is heard beside the candidates: noise and voices spread theirs over all lines. Loud white noise is taken for a tone in a
     * frame of a hundred, so whoever must be sure waits for three frames.
     */
    private static final double OVER_THE_REST = -11;

    private final double[] hertz;
    private final Goertzel[] lines;
    private final double[] window;
    private final double[] frame;
    private int filled;

    private final double[] levels;
    private double level = Double.NEGATIVE_INFINITY;
    private double windowedPower;
    private long frames;

    private ToneMeter(int millis, double[] candidates) {
        hertz = candidates.clone();
        lines = new Goertzel[hertz.length];
        levels = new double[hertz.length];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = new Goertzel(hertz[i], RATE);
            levels[i] = Double.NEGATIVE_INFINITY;
        }
        frame = new double[RATE / 1000 * millis];
        window = new double[frame.length];
        for (int i = 0; i < window.length; i++) {
            window[i] = 1 - Math.cos(2 * Math.PI * (i + 0.5) / window.length);
        }
    }

    /** Over frames of 20 ms, as packets are. */
    public static ToneMeter of(double... candidates) {
        return over(20, candidates);
    }

    /** Over longer frames, for tones that lie closer. */
    public static ToneMeter over(int millis, double... candidates) {
        if (millis < 10 || millis > 1_000) {
            throw new IllegalArgumentException("frames of 10 to 1000 ms, not " + millis);
        }
        return new ToneMeter(millis, candidates);
    }

    /** Takes sound; answers how many frames have become whole by it. */
    public int hear(short[] samples, int from, int count) {
        long before = frames;
        for (int i = 0; i < count; i++) {
            frame[filled++] = samples[from + i];
            if (filled == frame.length) {
                measure();
                filled = 0;
            }
        }
        return (int) (frames - before);
    }

    public int hear(short[] samples) {
        return hear(samples, 0, samples.length);
    }

    /** How loud the last frame was as a whole; minus infinity for digital silence, and before the first. */
    public double level() {
        return level;
    }

    /** Nothing that an ear would notice. A-law's least step and comfort noise are silence. */
    public boolean isSilent() {
        return level < SILENCE;
    }

    /** How loud a candidate was in the last frame, tone or not. */
    public double level(int candidate) {
        return levels[candidate];
    }

    /** The candidates that were there as tones in the last frame, the loudest first; empty: silence, noise, voices or other tones. */
    public List<Tone> heard() {
        double loudest = Double.NEGATIVE_INFINITY;
        for (double one : levels) {
            loudest = Math.max(loudest, one);
        }
        double least = Math.max(SOFTEST, loudest + BESIDE_LOUDEST);
        double tones = 0;
        for (double one : levels) {
            tones += one > least ? Math.pow(10, one / 10) : 0;
        }
        double rest = Math.max(0, windowedPower - tones);
        least = Math.max(least, 10 * Math.log10(rest) + OVER_THE_REST);
        List<Tone> heard = new ArrayList<>();
        for (int i = 0; i < levels.length; i++) {
            if (levels[i] > least) {
                heard.add(new Tone(hertz[i], levels[i]));
            }
        }
        heard.sort(Comparator.comparingDouble(Tone::dbfs).reversed());
        return heard;
    }

    private void measure() {
        double energy = 0;
        double windowed = 0;
        for (int i = 0; i < frame.length; i++) {
            energy += frame[i] * frame[i];
            frame[i] *= window[i];
            windowed += frame[i] * frame[i];
        }
        double full = (double) Short.MAX_VALUE * Short.MAX_VALUE;
        // A sine of full scale has half its square as mean power; the window's mean is 1, so a line has
        // peak * N / 2, and the mean of its square 1.5.
        level = 10 * Math.log10(2 * energy / frame.length / full);
        windowedPower = 2 * windowed / 1.5 / frame.length / full;
        for (int i = 0; i < lines.length; i++) {
            double peak = 4 * lines[i].power(frame) / frame.length / frame.length;
            levels[i] = 10 * Math.log10(peak / full);
        }
        frames++;
    }
}

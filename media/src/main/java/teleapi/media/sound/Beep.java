package teleapi.media.sound;

/**
 * The short beep on entering or leaving a conference.
 *
 * <pre>
 * Shape   1 kHz and its octave, 200 ms, rising and falling softly; no key has these frequencies (RFC 4733 table 3)
 * Units   peak at -12 dBFS
 * </pre>
 */
public final class Beep {
    private static final int LENGTH = Resampler.RATE / 5;
    private static final double PEAK = Short.MAX_VALUE * 0.25;

    private Beep() {}

    public static short[] samples() {
        short[] out = new short[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            double angle = 2 * Math.PI * 1000 * i / Resampler.RATE;
            double edge = Math.min(1, Math.min(i, LENGTH - 1 - i) / 160.0);
            out[i] = Samples.clipped(PEAK * edge * (0.8 * Math.sin(angle) + 0.2 * Math.sin(2 * angle)));
        }
        return out;
    }
}

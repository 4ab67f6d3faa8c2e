package teleapi.media.dtmf;

/**
 * The sound of a key.
 *
 * <pre>
 * Shape   signed 16-bit, mono, 8 kHz: two sines
 * Units   row -13 dBFS, column -11 dBFS (some -9.8 and -7.8 dBm0); lengths in samples
 * Source  ITU-T Q.23, Q.24; ETSI ES 201 235-2 §4 (column 1 to 4 dB above row)
 * </pre>
 */
public final class KeyTone {
    private static final int RATE = 8_000;
    private static final double LOW_PEAK = Short.MAX_VALUE * 0.224;
    private static final double HIGH_PEAK = Short.MAX_VALUE * 0.282;

    /** 2 ms of rise and fall: without, each key clicks, and a click has all frequencies. */
    private static final int RAMP = 16;

    private KeyTone() {}

    /** The whole tone of one press. */
    public static short[] samples(Key key, int length) {
        short[] out = new short[length];
        for (int i = 0; i < length; i++) {
            double angle = 2 * Math.PI * i / RATE;
            double edge = Math.min(1, Math.min(i, length - 1 - i) / (double) RAMP);
            double sum = LOW_PEAK * Math.sin(angle * key.low()) + HIGH_PEAK * Math.sin(angle * key.high());
            out[i] = (short) Math.round(edge * sum);
        }
        return out;
    }
}

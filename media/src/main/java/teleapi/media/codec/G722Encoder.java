package teleapi.media.codec;

/**
 * G.722 at 64 kbit/s: one octet for two samples, six bits of the band below 4 kHz and two of that above.
 *
 * <pre>
 * Thread  whose it is
 * Source  ITU-T G.722 §3, mode 1
 * </pre>
 */
final class G722Encoder implements SoundEncoder {
    // Owned by who asked for it.

    private static final int FRAME = 320;
    private static final int TAPS = 24;

    /** The decision levels of the low band (Q6), from the smallest step. */
    private static final int[] LEVELS = {
        35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714, 786, 858, 940, 1023, 1121, 1219, 1339,
        1458, 1612, 1765, 1980, 2195, 2557, 2919
    };

    /** Of the high band (Q2). */
    private static final int HIGH_LEVEL = 564;

    private final G722Band low = G722Band.low();
    private final G722Band high = G722Band.high();
    /** The last 22 samples of the frame before, then this frame. */
    private final int[] line = new int[TAPS - 2 + FRAME];

    @Override
    public int encode(short[] samples, int from, byte[] octets, int at) {
        System.arraycopy(line, FRAME, line, 0, TAPS - 2);
        for (int i = 0; i < FRAME; i++) {
            line[TAPS - 2 + i] = samples[from + i];
        }
        for (int i = 0; i < FRAME / 2; i++) {
            int odd = G722Tables.even(line, 2 * i);
            int even = G722Tables.odd(line, 2 * i);
            octets[at + i] = (byte) ((high((even - odd) >> 14) << 6) | low((even + odd) >> 14));
        }
        return FRAME / 2;
    }

    private int low(int sample) {
        int away = G722Band.cut(sample - low.expected());
        int magnitude = away >= 0 ? away : -(away + 1);
        int level = 0;
        while (level < LEVELS.length && magnitude >= ((LEVELS[level] * low.step()) >> 12)) {
            level++;
        }
        // Table 16: going up 61 (the smallest) down to 32, going down 63, 62, then 31 down to 4.
        int code = away >= 0 ? 61 - level : level < 2 ? 63 - level : 33 - level;
        int four = code >> 2;
        low.came(G722Tables.lowDifference(four, low.step()), Math.abs(G722Tables.lowStep(four)));
        return code;
    }

    private int high(int sample) {
        int away = G722Band.cut(sample - high.expected());
        int magnitude = away >= 0 ? away : -(away + 1);
        boolean large = magnitude >= ((HIGH_LEVEL * high.step()) >> 12);
        int code = (away >= 0 ? 2 : 0) | (large ? 0 : 1);
        high.came(G722Tables.highDifference(code, high.step()), G722Tables.highSize(code));
        return code;
    }

    @Override
    public void close() {}
}

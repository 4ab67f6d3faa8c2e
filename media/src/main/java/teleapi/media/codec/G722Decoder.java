package teleapi.media.codec;

/**
 * Understands G.722 at 64 kbit/s.
 *
 * <pre>
 * Thread  whose it is
 * Source  ITU-T G.722 §4, mode 1
 * </pre>
 */
final class G722Decoder implements SoundDecoder {
    // Owned by who asked for it.

    private static final int TAPS = 24;

    /** The inverse quantizer of the low band with six bits (QQ6), from the smallest step. */
    private static final int[] SIX_BITS = {
        136, 432, 728, 1040, 1360, 1688, 2032, 2400, 2776, 3168, 3576, 4008, 4464, 4944, 5456, 6000, 6576, 7192, 7856,
        8576, 9360, 10_232, 11_192, 12_280, 13_512, 14_984, 16_704, 19_008, 21_904, 24_808
    };

    private final G722Band low = G722Band.low();
    private final G722Band high = G722Band.high();
    private final int[] line = new int[TAPS - 2 + Wideband.LONGEST];

    @Override
    public int decode(byte[] octets, int from, int count, short[] samples, int at) {
        int coded = Math.min(count, Wideband.LONGEST / 2);
        for (int i = 0; i < coded; i++) {
            int octet = octets[from + i] & 0xff;
            int below = low(octet & 0x3f);
            int above = high(octet >> 6);
            line[TAPS - 2 + 2 * i] = below + above;
            line[TAPS - 2 + 2 * i + 1] = below - above;
        }
        for (int i = 0; i < coded; i++) {
            samples[at + 2 * i] = (short) G722Band.cut(G722Tables.odd(line, 2 * i) >> 11);
            samples[at + 2 * i + 1] = (short) G722Band.cut(G722Tables.even(line, 2 * i) >> 11);
        }
        System.arraycopy(line, 2 * coded, line, 0, TAPS - 2);
        return 2 * coded;
    }

    private int low(int code) {
        int value;
        if (code < 4) {
            // No encoder sends these four (table 16); they count as the smallest step down.
            value = -SIX_BITS[0];
        } else if (code >= 62) {
            value = -SIX_BITS[63 - code];
        } else if (code >= 32) {
            value = SIX_BITS[61 - code];
        } else {
            value = -SIX_BITS[33 - code];
        }
        int sample = Math.clamp(low.expected() + ((low.step() * value) >> 15), -16_384, 16_383);
        int four = code >> 2;
        low.came(G722Tables.lowDifference(four, low.step()), Math.abs(G722Tables.lowStep(four)));
        return sample;
    }

    private int high(int code) {
        int difference = G722Tables.highDifference(code, high.step());
        int sample = Math.clamp(high.expected() + difference, -16_384, 16_383);
        high.came(difference, G722Tables.highSize(code));
        return sample;
    }

    @Override
    public int conceal(byte[] octets, int from, int count, short[] samples, int at, int wanted) {
        return 0;
    }

    @Override
    public void close() {}
}

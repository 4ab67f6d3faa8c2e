package teleapi.lab.peers;

/** G.711 µ-law, written from the Recommendation a second time: a fault in the product's own must not cancel itself out. */
final class MuLaw {
    private static final int BIAS = 132;
    private static final int LOUDEST = 32_635;

    private MuLaw() {}

    static byte encode(int sample) {
        int magnitude = Math.min(Math.abs(sample), LOUDEST) + BIAS;
        int segment = 24 - Integer.numberOfLeadingZeros(magnitude);
        int step = magnitude >> (segment + 3) & 15;
        return (byte) ~((sample < 0 ? 128 : 0) | segment << 4 | step);
    }

    static short decode(byte octet) {
        int bits = ~octet & 0xff;
        int magnitude = ((((bits & 15) << 3) + BIAS) << (bits >> 4 & 7)) - BIAS;
        return (short) ((bits & 128) == 0 ? magnitude : -magnitude);
    }
}

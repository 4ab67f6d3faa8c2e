package teleapi.media.codec;

/** What both coders of G.722 share: how its steps are numbered. ITU-T G.722 tables 14 to 21. */
final class G722Tables {
    /** The mirror filter's 24 taps: these twelve, and the same backwards (table 11, halved). */
    private static final int[] MIRROR = {3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11};

    /** The inverse quantizer of the low band with four bits (QQ4), by the size of the step from 1 to 7; its feedback never has more. */
    private static final int[] FOUR_BITS = {0, 1200, 2584, 4240, 6288, 8968, 12_896, 20_456};

    /** Of the high band (Q2). */
    private static final int[] TWO_BITS = {0, 1616, 7408};

    private G722Tables() {}

    /** Even taps times the samples of one phase. */
    static int even(int[] samples, int at) {
        int sum = 0;
        for (int i = 0; i < MIRROR.length; i++) {
            sum += samples[at + 2 * i] * MIRROR[i];
        }
        return sum;
    }

    static int odd(int[] samples, int at) {
        int sum = 0;
        for (int i = 0; i < MIRROR.length; i++) {
            sum += samples[at + 2 * i + 1] * MIRROR[MIRROR.length - 1 - i];
        }
        return sum;
    }

    /** A step of the low band: 0 to 7 is its size, negative below what was expected. {@code code} has four bits. */
    static int lowStep(int code) {
        // 15 and 0 are the smallest; 8 to 14 go up from 7 downwards, 1 to 7 the same below.
        if (code == 0 || code == 15) {
            return 0;
        }
        return code >= 8 ? 15 - code : code - 8;
    }

    /** For {@link G722Band#came}. */
    static int lowDifference(int code, int step) {
        int size = lowStep(code);
        int value = size >= 0 ? FOUR_BITS[size] : -FOUR_BITS[-size];
        return (step * value) >> 15;
    }

    /** Size 1 or 2; {@code code} has two bits. */
    static int highSize(int code) {
        return (code & 1) == 0 ? 2 : 1;
    }

    static int highDifference(int code, int step) {
        int value = TWO_BITS[highSize(code)];
        return (step * ((code & 2) == 0 ? -value : value)) >> 15;
    }
}

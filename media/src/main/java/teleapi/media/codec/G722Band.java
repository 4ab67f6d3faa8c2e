package teleapi.media.codec;

/**
 * One of the two bands of G.722: what is expected next, and how coarse the steps are. Encoder and decoder keep the same, each for itself.
 *
 * <pre>
 * Thread  whose the coder is
 * Source  ITU-T G.722 §3.5, §3.6 and tables; names of its figures 12 to 15 in the comments
 * </pre>
 */
final class G722Band {
    // Owned by its coder.

    private static final int ZEROS = 6;

    /** 2048 * 2^(i/32). */
    private static final int[] POWERS = new int[32];

    static {
        for (int i = 0; i < POWERS.length; i++) {
            POWERS[i] = (int) Math.round(2048 * Math.pow(2, i / 32.0));
        }
    }

    /** What a step does to the scale: W_L or W_H, and the highest the logarithm may be. */
    private final int[] multipliers;

    private final int highest;
    private final int shift;

    private int logarithm;
    private int step;

    private int expected;
    private int expectedOfZeros;
    private int poleOne;
    private int poleTwo;
    private final int[] zeros = new int[ZEROS];
    private final int[] differences = new int[ZEROS];
    private int rebuiltBefore;
    private int rebuiltTwoBefore;
    private int partialBefore;
    private int partialTwoBefore;

    private G722Band(int[] multipliers, int highest, int shift, int step) {
        this.multipliers = multipliers;
        this.highest = highest;
        this.shift = shift;
        this.step = step;
    }

    static G722Band low() {
        return new G722Band(new int[] {-60, -30, 58, 172, 334, 538, 1198, 3042}, 18_432, 8, 32);
    }

    static G722Band high() {
        return new G722Band(new int[] {0, -214, 798}, 22_528, 10, 8);
    }

    /** The sample that is expected (s). */
    int expected() {
        return expected;
    }

    /** The width of the quantizer's steps (DET). */
    int step() {
        return step;
    }

    /** The sample came, {@code difference} away from what was expected (d), in a step of this {@code size}: block 3 (LOGSCL, SCALEL), block 4. */
    void came(int difference, int size) {
        logarithm = Math.clamp(((logarithm * 127) >> 7) + multipliers[size], 0, highest);
        int power = POWERS[(logarithm >> 6) & 31];
        int down = shift - (logarithm >> 11);
        step = (down < 0 ? power << -down : power >> down) << 2;

        int rebuilt = cut(expected + difference);
        int partial = cut(expectedOfZeros + difference);
        adaptPoles(partial);
        adaptZeros(difference);
        System.arraycopy(differences, 0, differences, 1, ZEROS - 1);
        differences[0] = difference;
        partialTwoBefore = partialBefore;
        partialBefore = partial;
        rebuiltTwoBefore = rebuiltBefore;
        rebuiltBefore = rebuilt;
        expect();
    }

    /** UPPOL2, UPPOL1. */
    private void adaptPoles(int partial) {
        boolean likeLast = partial < 0 == partialBefore < 0;
        boolean likeOneBefore = partial < 0 == partialTwoBefore < 0;
        int four = cut(poleOne << 2);
        int turned = Math.min(likeLast ? -four : four, Short.MAX_VALUE);
        int two = (likeOneBefore ? 128 : -128) + (turned >> 7) + ((poleTwo * 32_512) >> 15);
        poleTwo = Math.clamp(two, -12_288, 12_288);
        int one = cut((likeLast ? 192 : -192) + ((poleOne * 32_640) >> 15));
        int most = cut(15_360 - poleTwo);
        poleOne = Math.clamp(one, -most, most);
    }

    /** UPZERO. */
    private void adaptZeros(int difference) {
        int by = difference == 0 ? 0 : 128;
        for (int i = 0; i < ZEROS; i++) {
            boolean alike = differences[i] < 0 == difference < 0;
            zeros[i] = cut((alike ? by : -by) + ((zeros[i] * 32_640) >> 15));
        }
    }

    /** FILTEP, FILTEZ, PREDIC. */
    private void expect() {
        int ofPoles = cut(((poleOne * cut(2 * rebuiltBefore)) >> 15) + ((poleTwo * cut(2 * rebuiltTwoBefore)) >> 15));
        int ofZeros = 0;
        for (int i = 0; i < ZEROS; i++) {
            ofZeros += (zeros[i] * cut(2 * differences[i])) >> 15;
        }
        expectedOfZeros = cut(ofZeros);
        expected = cut(ofPoles + expectedOfZeros);
    }

    static int cut(int value) {
        return Math.clamp(value, Short.MIN_VALUE, Short.MAX_VALUE);
    }
}

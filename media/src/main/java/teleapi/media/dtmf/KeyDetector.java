package teleapi.media.dtmf;

/**
 * Hears keys in the sound of a peer that sends no telephone-events.
 *
 * <pre>
 * Shape   looks at 102 samples (12.75 ms) every 51; a key is one that four looks in a row agree on, so that 40 ms are always enough and
 *         25 ms never; it is let go when six looks in a row do not have it: after a pause of 40 ms always, of 25 ms never, so that a lost
 *         packet does not double it. Fed in pieces of any size
 * Units   8 kHz, signed 16-bit; allocates nothing
 * Thread  its owner's
 * Source  ITU-T Q.24 (levels, twist, times); the tests against voices are ours, see look()
 * </pre>
 */
public final class KeyDetector {
    // Owned by the thread of the media loop whose session it listens to.

    private static final int RATE = 8_000;
    private static final int HOP = 51;
    private static final int BLOCK = 2 * HOP;
    private static final int LOOKS_TO_PRESS = 4;
    private static final int LOOKS_TO_RELEASE = 6;
    private static final int NONE = -1;

    private static final int[] LOWS = {697, 770, 852, 941};
    private static final int[] HIGHS = {1209, 1336, 1477, 1633};
    private static final Key[][] KEYS = {
        {Key.ONE, Key.TWO, Key.THREE, Key.A},
        {Key.FOUR, Key.FIVE, Key.SIX, Key.B},
        {Key.SEVEN, Key.EIGHT, Key.NINE, Key.C},
        {Key.STAR, Key.ZERO, Key.POUND, Key.D}
    };

    /** -38 dBFS for each tone: Q.24 has receivers work down to -25 dBm0 and stop by -55. */
    private static final double SOFTEST = square(Short.MAX_VALUE * 0.0126 * BLOCK / 2);

    /** The column may be 4 dB louder than the row, or 8 dB softer (Q.24 for North America); a little room for the block's edges. */
    private static final double COLUMN_LOUDER = decibels(5);

    private static final double ROW_LOUDER = decibels(9);

    /** The next loudest of the same group. A frequency 1.5 % off loses less. */
    private static final double ABOVE_GROUP = decibels(7);

    /** How much of all that is heard the two tones are: voices have more beside. */
    private static final double SHARE = 0.75;

    /** The same, once it is known how much of the tones their lines miss because they are off. */
    private static final double PURE_SHARE = 0.88;

    /** A voice that hits a column has its octave as well; a keypad's is 20 dB down. */
    private static final double ABOVE_OCTAVE = decibels(12);

    /**
     * How far off a frequency may be, as seen in the phase from one look to the next: 1.5 % must be taken (Q.23), and the other tone and
     * noise disturb the phase by some Hz. A voice glides past.
     */
    private static final double OFF = 0.018;

    private static final double DISTURBED = 5;

    /** A key sounds evenly; from one look to the next a voice swells and fades. Not at the edges, where it begins. */
    private static final double STEADY = decibels(3);

    private final KeyListener listener;
    private final Goertzel[] lows = lines(LOWS, 1);
    private final Goertzel[] highs = lines(HIGHS, 1);
    private final Goertzel[] octaves = lines(HIGHS, 2);

    private final double[] block = new double[BLOCK];
    private int filled;

    private final double[] lowPower = new double[4];
    private final double[] highPower = new double[4];

    private int candidate = NONE;
    private int agreed;
    private double candidatePower;
    private double lowPhase;
    private double highPhase;
    private int held = NONE;
    private int missing;

    public KeyDetector(KeyListener listener) {
        this.listener = listener;
    }

    public void hear(short[] samples, int from, int count) {
        for (int i = 0; i < count; i++) {
            block[filled++] = samples[from + i];
            if (filled == BLOCK) {
                take(look());
                System.arraycopy(block, HOP, block, 0, HOP);
                filled = HOP;
            }
        }
    }

    /** Forgets what it heard: another sound begins. */
    public void reset() {
        filled = 0;
        candidate = NONE;
        agreed = 0;
        held = NONE;
        missing = 0;
    }

    private void take(int key) {
        if (key != NONE && key == candidate) {
            agreed++;
        } else {
            candidate = key;
            agreed = key == NONE ? 0 : 1;
        }
        if (held != NONE) {
            missing = key == held ? 0 : missing + 1;
            if (missing == LOOKS_TO_RELEASE) {
                held = NONE;
            }
        }
        if (agreed == LOOKS_TO_PRESS && candidate != held) {
            held = candidate;
            missing = 0;
            listener.pressed(KEYS[held / 4][held % 4]);
        }
    }

    /** The key that this block is the sound of. */
    private int look() {
        double energy = 0;
        for (double sample : block) {
            energy += sample * sample;
        }
        // The power of a line of a pure tone is its energy times half the block: the cheapest test first, most blocks
        // are silence or noise.
        double all = energy * BLOCK / 2;
        if (all < 2 * SOFTEST) {
            return NONE;
        }
        int low = loudest(lows, lowPower);
        int high = loudest(highs, highPower);
        double row = lowPower[low];
        double column = highPower[high];
        double before = candidatePower;
        candidatePower = row + column;
        boolean isKey = row > SOFTEST
                && column > SOFTEST
                && column < row * COLUMN_LOUDER
                && row < column * ROW_LOUDER
                && row + column > all * SHARE
                && isAlone(lowPower, low)
                && isAlone(highPower, high)
                && octaves[high].power(block) * ABOVE_OCTAVE < column;
        if (!isKey) {
            return NONE;
        }
        int key = low * 4 + high;
        double lowBefore = lowPhase;
        double highBefore = highPhase;
        lowPhase = lows[low].phase(block);
        highPhase = highs[high].phase(block);
        if (key != candidate) {
            return key;
        }
        double lowOff = off(LOWS[low], lowPhase - lowBefore);
        double highOff = off(HIGHS[high], highPhase - highBefore);
        boolean inTune = lowOff < LOWS[low] * OFF + DISTURBED && highOff < HIGHS[high] * OFF + DISTURBED;
        boolean pure = row / heardOf(lowOff) + column / heardOf(highOff) > all * PURE_SHARE;
        boolean steady = agreed < 2 || (candidatePower < before * STEADY && before < candidatePower * STEADY);
        return inTune && pure && steady ? key : NONE;
    }

    /** How far a tone is from its frequency, by how far its phase has turned in one hop; Hz. */
    private static double off(int hertz, double turned) {
        double expected = 2 * Math.PI * hertz * HOP / RATE;
        return Math.abs(Math.IEEEremainder(turned - expected, 2 * Math.PI)) * RATE / (2 * Math.PI * HOP);
    }

    /** How much of a tone's power its line has, if it is so far off. */
    private static double heardOf(double off) {
        double angle = Math.PI * off * BLOCK / RATE;
        double loss = angle < 1e-6 ? 1 : Math.sin(angle) / angle;
        return loss * loss;
    }

    private int loudest(Goertzel[] group, double[] power) {
        int loudest = 0;
        for (int i = 0; i < group.length; i++) {
            power[i] = group[i].power(block);
            loudest = power[i] > power[loudest] ? i : loudest;
        }
        return loudest;
    }

    private static boolean isAlone(double[] power, int loudest) {
        for (int i = 0; i < power.length; i++) {
            if (i != loudest && power[i] * ABOVE_GROUP > power[loudest]) {
                return false;
            }
        }
        return true;
    }

    private static Goertzel[] lines(int[] hertz, int times) {
        Goertzel[] lines = new Goertzel[hertz.length];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = new Goertzel(hertz[i] * (double) times, RATE);
        }
        return lines;
    }

    private static double decibels(double power) {
        return Math.pow(10, power / 10);
    }

    private static double square(double value) {
        return value * value;
    }
}

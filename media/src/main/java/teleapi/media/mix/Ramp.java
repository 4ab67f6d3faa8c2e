package teleapi.media.mix;

import teleapi.media.codec.G711;

/**
 * Lets one sound begin where another ended, so that no change of what is heard is a click.
 *
 * <p>What lies between the last sample of the one and the first of the other is added to the other, and fades within 5 ms. That needs neither
 * what would have come of the one nor a delay of the other; nothing of a sound that must not be heard any more is in it.
 *
 * <pre>
 * Units   samples at 8 or 16 kHz
 * Thread  the media loop's
 * Source  reference: peers part 4 row 13
 * </pre>
 */
final class Ramp {
    // Owned by the thread of the media loop.

    /** 5 ms. */
    static final int LENGTH = 40;

    /** Some -36 dBov: below it nobody hears where a sound broke off. */
    private static final int LOUD = 512;

    private int last;

    /** The last sample that was heard. */
    void heard(int sample) {
        last = sample;
    }

    /** Nothing was heard for a while. */
    void silence() {
        last = 0;
    }

    boolean loud() {
        return Math.abs(last) > LOUD;
    }

    void join(G711 law, byte[] octets, int count) {
        int step = last - law.decode(octets[0]);
        for (int i = 0; i < Math.min(LENGTH, count); i++) {
            octets[i] = law.encode(moved(law.decode(octets[i]), step, i));
        }
    }

    /** The same at 16 kHz. */
    void join(short[] wide) {
        int step = last - wide[0];
        for (int i = 0; i < 2 * LENGTH; i++) {
            int moved = wide[i] + step * (2 * LENGTH - 1 - i) / (2 * LENGTH);
            wide[i] = (short) Math.clamp(moved, Short.MIN_VALUE, Short.MAX_VALUE);
        }
    }

    private static short moved(short sample, int step, int at) {
        return (short) Math.clamp(sample + step * (LENGTH - 1 - at) / LENGTH, Short.MIN_VALUE, Short.MAX_VALUE);
    }
}

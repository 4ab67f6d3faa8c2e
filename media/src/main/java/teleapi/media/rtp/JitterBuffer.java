package teleapi.media.rtp;

import java.util.Arrays;
import teleapi.media.codec.G711;

/**
 * Evens out one peer's sound: packets of any length and order in, 20 ms frames out.
 *
 * <p>Sound is kept decoded, at the place its timestamp says; so lost packets are silence, doubled ones harmless, and packets of 10 or 60 ms
 * need no case of their own. The delay grows as soon as a packet comes too late, by what it lacked, and shrinks slowly when for two
 * seconds none came near to that.
 *
 * <pre>
 * Units   samples at 8 kHz, which are also the timestamp's units
 * Thread  the media loop's
 * Source  RFC 3550 §2.1, RFC 3551 §4.2
 * </pre>
 */
public final class JitterBuffer {
    // Owned by the thread of the media loop.

    public static final int FRAME = 160;

    /** Half a second: jitter beyond that is an outage. A power of two. */
    private static final int CAPACITY = 4096;

    private static final int LONGEST_DELAY = 2400;
    private static final int SLACK = 80;
    private static final int WINDOW = 100;
    private static final int ASTRAY_IN_A_ROW = 3;
    private static final int STARVED_AFTER = 25;
    /** 5 ms. */
    private static final int RISE = 40;

    private final short[] ring = new short[CAPACITY];
    private final int leastDelay;
    private boolean running;
    private boolean rising;
    private int play;
    private int end;
    /** Where a talk spurt begins: what was learned of the jitter outlives a silence. */
    private int delay;

    private int least = Integer.MAX_VALUE;
    private int seen;
    private int astray;
    private int starved;

    /** For who listens now. */
    public JitterBuffer() {
        this(FRAME);
    }

    /** {@code leastDelay} in samples: where it begins, and below which it does not come back. */
    public JitterBuffer(int leastDelay) {
        this.leastDelay = leastDelay;
        this.delay = leastDelay;
    }

    /** Forgets everything: another source begins. */
    public void reset() {
        Arrays.fill(ring, (short) 0);
        running = false;
        delay = leastDelay;
    }

    public void put(G711 law, byte[] octets, int count, int timestamp) {
        if (count == 0 || count > CAPACITY / 2) {
            return;
        }
        if (!running) {
            begin(timestamp);
        }
        int ahead = timestamp - play;
        if (ahead > CAPACITY - count || ahead < -LONGEST_DELAY) {
            if (++astray < ASTRAY_IN_A_ROW) {
                return;
            }
            Arrays.fill(ring, (short) 0);
            begin(timestamp);
            ahead = timestamp - play;
        }
        astray = 0;
        // What came after it has been heard: it would be heard out of order. The delay grows all the same.
        boolean overtaken = ahead + count <= 0 && end - timestamp - count > 0;
        if (ahead < 0) {
            ahead = grow(ahead, count);
        }
        shrinkWhenEasy(ahead);
        if (overtaken) {
            return;
        }
        ahead = timestamp - play;
        for (int i = Math.max(0, -ahead); i < count; i++) {
            short sample = law.decode(octets[i]);
            ring[(timestamp + i) & (CAPACITY - 1)] = rising && i < RISE ? (short) (sample * i / RISE) : sample;
        }
        rising = false;
        if (timestamp + count - end > 0) {
            end = timestamp + count;
        }
    }

    private void begin(int timestamp) {
        running = true;
        // Who comes in the middle of a word is no click; a recording and what is handed on keep every sample.
        rising = leastDelay == FRAME;
        play = timestamp - delay;
        end = timestamp;
        least = Integer.MAX_VALUE;
        seen = 0;
        astray = 0;
        starved = 0;
    }

    /** Too late by {@code -ahead}: everything is played that much later from now on. */
    private int grow(int ahead, int count) {
        int by = SLACK - ahead;
        if (end - play + by > LONGEST_DELAY || end - play + by + count > CAPACITY) {
            return ahead;
        }
        play -= by;
        delay = Math.min(delay + by, LONGEST_DELAY);
        least = Integer.MAX_VALUE;
        seen = 0;
        return ahead + by;
    }

    private void shrinkWhenEasy(int ahead) {
        least = Math.min(least, ahead);
        if (++seen < WINDOW) {
            return;
        }
        int easy = least - Math.max(0, leastDelay - FRAME);
        if (easy > 2 * SLACK) {
            int by = Math.min(easy - SLACK, FRAME);
            // What is left out fades into what follows it.
            for (int i = 0; i < RISE; i++) {
                int at = (play + by + i) & (CAPACITY - 1);
                int left = ring[(play + i) & (CAPACITY - 1)];
                ring[at] = (short) ((left * (RISE - i) + ring[at] * i) / RISE);
            }
            for (int i = 0; i < by; i++) {
                ring[(play + i) & (CAPACITY - 1)] = 0;
            }
            play += by;
            delay = Math.max(leastDelay, delay - by);
        }
        least = Integer.MAX_VALUE;
        seen = 0;
    }

    /** The next 20 ms; false when there is no sound in them, and {@code frame} is as it was. */
    public boolean take(short[] frame) {
        if (!running) {
            return false;
        }
        boolean sound = end - play > 0;
        starved = sound ? 0 : starved + 1;
        if (starved >= STARVED_AFTER) {
            running = false;
            return false;
        }
        for (int i = 0; i < FRAME; i++) {
            int at = (play + i) & (CAPACITY - 1);
            frame[i] = ring[at];
            ring[at] = 0;
        }
        play += FRAME;
        return sound;
    }

    /** How much sound is here. */
    public int waiting() {
        return Math.max(0, end - play);
    }
}

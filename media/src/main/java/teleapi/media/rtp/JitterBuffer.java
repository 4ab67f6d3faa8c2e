package teleapi.media.rtp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import teleapi.media.codec.G711;
import teleapi.media.sound.ComfortNoise;
import teleapi.media.sound.Concealment;

/**
 * Evens out one peer's sound: packets of any length and order in, 20 ms frames out.
 *
 * <p>Sound is kept decoded, at the place its timestamp says; so doubled packets are harmless, and packets of 10 or 60 ms need no case of their
 * own. What is known to be lost, because a later packet is here, is made up for, and for who listens now also what is due and not here; where the
 * peer was silent there is silence, or the noise it asked for. The delay grows as soon as a
 * packet comes too late, by what it lacked, and shrinks slowly when for two seconds none came near to that.
 *
 * <pre>
 * Shape   samples of 8 or 16 kHz, as they come: when the other rate comes, it begins anew with that
 * Units   time in 1/8000 s
 * Thread  the media loop's
 * Source  RFC 3550 §2.1, RFC 3551 §4.2, RFC 3389
 * </pre>
 */
public final class JitterBuffer {
    // Owned by the thread of the media loop.

    /** 20 ms: so much time, and so many samples of 8 kHz; of 16 kHz there are twice as many. */
    public static final int FRAME = 160;

    private static final byte NOTHING = 0;
    private static final byte SOUND = 1;
    private static final byte LOST = 2;

    /** Half a second: jitter beyond that is an outage. A power of two. */
    private static final int CAPACITY = 4096;

    private static final int RATE = 8_000;
    private static final int LONGEST_DELAY = 2400;
    private static final int SLACK = 80;
    private static final int WINDOW = 100;
    private static final int ASTRAY_IN_A_ROW = 3;
    private static final int STARVED_AFTER = 25;
    /** 5 ms. */
    private static final int RISE = 40;

    private final byte[] states = new byte[CAPACITY];
    private final int leastDelay;
    /** Somebody hears it now. */
    private final boolean live;

    private final ComfortNoise noise = new ComfortNoise();
    /** Since when there is noise, and until when, once that is known. */
    private int noiseFrom;

    private int noiseUntil;
    private boolean noiseEnds;
    private short[] ring = new short[CAPACITY];
    /** Samples in 1/8000 s. */
    private int scale = 1;

    private final Concealment narrow = new Concealment(RATE);
    private @Nullable Concealment wide;
    private Concealment concealment = narrow;
    private boolean running;
    private int play;
    private int end;
    /** Where a talk spurt begins: what was learned of the jitter outlives a silence. */
    private int delay;

    private int least = Integer.MAX_VALUE;
    private int seen;
    private int astray;
    private int starved;
    private boolean says;
    private boolean brokenOff;
    /** The last sample of the peer's sound, and how much of its fall to silence has been heard. */
    private int last;

    private int fallen = RISE;
    /** The last sample that was given, whether there was silence at it, and what is left of the step from there to the sound after it. */
    private int given;

    private boolean silent = true;
    private int step;
    private int joining;

    /** For who listens now. */
    public JitterBuffer() {
        this(FRAME);
    }

    /** {@code leastDelay} in samples: where it begins, and below which it does not come back. */
    public JitterBuffer(int leastDelay) {
        this.leastDelay = leastDelay;
        this.live = leastDelay <= FRAME;
        this.delay = leastDelay;
    }

    /** Whether there are 16 kHz. */
    public boolean wide() {
        return scale == 2;
    }

    /** How many samples {@link #take} gives. */
    public int frameLength() {
        return FRAME * scale;
    }

    /** Forgets everything: another source begins. */
    public void reset() {
        forget();
        delay = leastDelay;
        hush();
    }

    /** What waits is heard no more, nor anything that is made of what was heard. What was learned of the jitter stays. */
    public void forget() {
        clear();
        running = false;
        concealment.forget();
        fallen = RISE * scale;
        silent = true;
        given = 0;
    }

    private void clear() {
        Arrays.fill(ring, (short) 0);
        Arrays.fill(states, NOTHING);
    }

    /** {@code afterLoss}: packets are missing before this one. */
    public void put(G711 law, byte[] octets, int count, int timestamp, boolean afterLoss) {
        scale(1);
        int first = place(count, timestamp, afterLoss);
        for (int i = first; i < count; i++) {
            int at = (timestamp + i) & (CAPACITY - 1);
            ring[at] = law.decode(octets[i]);
            states[at] = SOUND;
        }
    }

    /**
     * The same for sound that is decoded already.
     *
     * @param wide of 16 kHz, else of 8
     * @param madeUp so much time before {@code timestamp} is there as well, made up for what is lost: taken where nothing better is
     * @param count without that, in time too
     */
    public void put(boolean wide, short[] samples, int madeUp, int count, int timestamp, boolean afterLoss) {
        scale(wide ? 2 : 1);
        int first = place(count, timestamp, afterLoss);
        for (int i = first; i < count; i++) {
            put(samples, madeUp + i, timestamp + i);
        }
        for (int i = Math.max(-madeUp, play - timestamp); i < 0; i++) {
            if (states[(timestamp + i) & (CAPACITY - 1)] == LOST) {
                put(samples, madeUp + i, timestamp + i);
            }
        }
    }

    private void put(short[] samples, int from, int time) {
        int at = time & (CAPACITY - 1);
        for (int j = 0; j < scale; j++) {
            ring[at * scale + j] = samples[from * scale + j];
        }
        states[at] = SOUND;
    }

    /** The peer is silent, and this is how its silence sounds until it speaks again; {@code level} in -dBov, {@code from} is when. */
    public void silence(int level, int from) {
        if (!noise.sounds() || noiseEnds) {
            noiseFrom = from;
        }
        noiseEnds = false;
        noise.begin(level);
    }

    /** The peer sends something else in place of its sound, a key: what does not come now is not lost. */
    public void breakOff() {
        brokenOff = true;
    }

    /** Its silence sounds no more. */
    public void hush() {
        noise.stop();
        noiseEnds = false;
    }

    private void scale(int wanted) {
        if (scale != wanted) {
            scale = wanted;
            if (ring.length < CAPACITY * scale) {
                ring = new short[CAPACITY * scale];
            }
            concealment = scale == 1 ? narrow : wideConcealment();
            int known = delay;
            reset();
            delay = known;
        }
    }

    /** Kept: who changes its rate with each packet must not cost memory. */
    private Concealment wideConcealment() {
        Concealment known = wide == null ? new Concealment(2 * RATE) : wide;
        wide = known;
        return known;
    }

    /** Makes room for sound; answers how much of its beginning is too late, or all of it when it cannot be kept. */
    private int place(int count, int timestamp, boolean afterLoss) {
        if (count == 0 || count > CAPACITY / 2) {
            return count;
        }
        brokenOff = false;
        if (!running) {
            begin(timestamp);
        }
        endNoise(timestamp);
        int ahead = timestamp - play;
        if (ahead > CAPACITY - count || ahead < -LONGEST_DELAY) {
            if (++astray < ASTRAY_IN_A_ROW) {
                return count;
            }
            clear();
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
            return count;
        }
        ahead = timestamp - play;
        if (afterLoss) {
            for (int t = end - play > 0 ? end : play; timestamp - t > 0; t++) {
                states[t & (CAPACITY - 1)] = LOST;
            }
        }
        if (timestamp + count - end > 0) {
            end = timestamp + count;
        }
        return Math.clamp(-ahead, 0, count);
    }

    /** The peer speaks at {@code timestamp}: until then there is noise, unless it was said before that. */
    private void endNoise(int timestamp) {
        int since = timestamp - noiseFrom;
        if (noise.sounds() && !noiseEnds && (since >= 0 || since < -CAPACITY)) {
            noiseEnds = true;
            noiseUntil = timestamp;
        }
    }

    private void begin(int timestamp) {
        running = true;
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
        for (int i = 0; i < by && live; i++) {
            // That much more time than sound: it is bridged as what is lost is.
            states[(play + i) & (CAPACITY - 1)] = LOST;
        }
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
            fadeOver(by);
            for (int i = 0; i < by; i++) {
                empty((play + i) & (CAPACITY - 1));
            }
            play += by;
            delay = Math.max(leastDelay, delay - by);
        }
        least = Integer.MAX_VALUE;
        seen = 0;
    }

    /** What is left out fades into what follows it. */
    private void fadeOver(int by) {
        int length = RISE * scale;
        for (int i = 0; i < length; i++) {
            int left = ring[(play * scale + i) & (CAPACITY * scale - 1)];
            int at = ((play + by) * scale + i) & (CAPACITY * scale - 1);
            ring[at] = (short) ((left * (length - i) + ring[at] * i) / length);
        }
    }

    private void empty(int at) {
        states[at] = NOTHING;
        for (int j = 0; j < scale; j++) {
            ring[at * scale + j] = 0;
        }
    }

    /** The next 20 ms; false when there is no sound in them, and {@code frame} means nothing. */
    public boolean take(short[] frame) {
        says = false;
        if (!running) {
            silent = true;
            given = 0;
            return noise.fill(frame, 0, frameLength());
        }
        boolean sound = end - play > 0;
        starved = sound ? 0 : starved + 1;
        if (starved >= STARVED_AFTER) {
            running = false;
            concealment.forget();
            fallen = RISE * scale;
            return noise.fill(frame, 0, frameLength());
        }
        boolean heard = false;
        int i = 0;
        while (i < FRAME) {
            int from = i;
            byte state = states[(play + i) & (CAPACITY - 1)];
            while (i < FRAME && states[(play + i) & (CAPACITY - 1)] == state) {
                int at = (play + i) & (CAPACITY - 1);
                for (int j = 0; j < scale; j++) {
                    frame[i * scale + j] = ring[at * scale + j];
                }
                empty(at);
                i++;
            }
            heard |= piece(frame, state, from, i - from);
            given = frame[i * scale - 1];
        }
        play += FRAME;
        if (noiseEnds && play - noiseUntil >= 0) {
            hush();
        }
        return heard;
    }

    /** Whether something that came of the peer is in the frame that was taken last: neither made up nor the sound of its silence. */
    public boolean says() {
        return says;
    }

    /** Part of a frame: as it came, made up for, or silent; whether there is something in it. */
    private boolean piece(short[] frame, byte state, int from, int count) {
        int at = from * scale;
        int length = count * scale;
        if (state == SOUND) {
            concealment.hear(frame, at, length);
            join(frame, at, length);
            last = frame[at + length - 1];
            fallen = 0;
            says = true;
            return true;
        }
        boolean more = end - play - from > 0;
        boolean noisy = noise.fill(frame, at, length);
        silent = true;
        if (!noisy && (state == LOST || (live && !more && !brokenOff))) {
            if (concealment.make(frame, at, length)) {
                silent = false;
                fallen = RISE * scale;
                return true;
            }
            return fall(frame, at, length) || more;
        }
        // Between two sounds there may be a moment more than their lengths.
        boolean falls = (noisy || live || count < RISE) && fall(frame, at, length);
        concealment.hear(frame, at, length);
        return noisy || more || falls;
    }

    /** Sound after silence goes on from there: who comes in the middle of a word is no click. A recording keeps every sample. */
    private void join(short[] frame, int at, int length) {
        int whole = RISE * scale;
        if (silent && live) {
            step = given - frame[at];
            joining = whole;
        }
        silent = false;
        for (int i = 0; i < length && joining > 0; i++) {
            int left = step * joining-- / whole;
            frame[at + i] = (short) Math.clamp(frame[at + i] + left, Short.MIN_VALUE, Short.MAX_VALUE);
        }
    }

    /** From where the sound broke off to silence, or its noise, in a straight line: no click. */
    private boolean fall(short[] frame, int at, int length) {
        int whole = RISE * scale;
        int before = fallen;
        for (int i = 0; i < length && fallen < whole; i++) {
            fallen++;
            int left = last * (whole - fallen) / whole;
            frame[at + i] = (short) Math.clamp(frame[at + i] + left, Short.MIN_VALUE, Short.MAX_VALUE);
        }
        return fallen > before;
    }

    /** How much sound is here. */
    public int waiting() {
        return Math.max(0, end - play);
    }
}

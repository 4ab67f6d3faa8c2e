package teleapi.media.mix;

import org.jspecify.annotations.Nullable;
import teleapi.media.rtp.JitterBuffer;
import teleapi.media.sound.Rates;

/** A party's place in a room: what it says, evened out, 20 ms at a time. */
final class Seat {
    // Owned by the thread of the media loop.

    private final Mixer mixer;
    private final JitterBuffer jitter;
    /** Of 8 or 16 kHz, as the jitter buffer has it. */
    private final short[] said = new short[2 * JitterBuffer.FRAME];
    /** The end of the frame before, if it was heard. */
    private final short[] tail = new short[Rates.PAST_WIDE];

    private boolean wide;
    private boolean speaks;
    private boolean spoke;
    /** What it says at the other rate, once somebody wants it of this seat alone; both kept, as the rate may change with each frame. */
    private @Nullable Crossing up;

    private @Nullable Crossing down;
    private @Nullable Crossing crossing;

    /** {@code jitter} is what it brings along. */
    Seat(Mixer mixer, JitterBuffer jitter) {
        this.mixer = mixer;
        this.jitter = jitter;
    }

    JitterBuffer jitter() {
        return jitter;
    }

    Mixer mixer() {
        return mixer;
    }

    void hear(Voice voice) {
        voice.putInto(jitter);
    }

    /** It is silent, and this is how that sounds. */
    void quiet(int level, int from) {
        jitter.silence(level, from);
    }

    /** A key sounds in place of what it says. */
    void breakOff() {
        jitter.breakOff();
    }

    /** What it said before is not heard here any more. */
    void forget() {
        jitter.forget();
    }

    void beginAnew() {
        jitter.reset();
    }

    /** Takes the next 20 ms; whether the others hear them. */
    boolean speak(boolean muted) {
        boolean same = wide == jitter.wide();
        spoke = speaks && same;
        if (spoke) {
            int past = wide ? Rates.PAST_WIDE : Rates.PAST_NARROW;
            System.arraycopy(said, length() - past, tail, 0, past);
        }
        if (!same) {
            wide = jitter.wide();
            crossing = null;
        }
        speaks = jitter.take(said) && !muted;
        if (crossing != null) {
            crossing.next();
            cross(crossing);
        }
        return speaks;
    }

    boolean speaks() {
        return speaks;
    }

    /** Whether it is the peer that is heard, and not the sound of its silence alone. */
    boolean says() {
        return speaks && jitter.says();
    }

    void fallSilent() {
        speaks = false;
        spoke = false;
    }

    /** Whether {@link #said} is at 16 kHz. */
    boolean wide() {
        return wide;
    }

    int length() {
        return wide ? 2 * JitterBuffer.FRAME : JitterBuffer.FRAME;
    }

    short[] said() {
        return said;
    }

    /** Whether {@link #tail} was heard. */
    boolean spoke() {
        return spoke;
    }

    /** What filters remember of it. */
    short[] tail() {
        return tail;
    }

    /** What it says, at the other rate. */
    int[] crossed() {
        Crossing known = crossing;
        if (known == null) {
            known = wide ? down() : up();
            known.clear();
            crossing = known;
            cross(known);
        }
        return known.crossed();
    }

    private Crossing up() {
        Crossing known = up == null ? new Crossing(true) : up;
        up = known;
        return known;
    }

    private Crossing down() {
        Crossing known = down == null ? new Crossing(false) : down;
        down = known;
        return known;
    }

    private void cross(Crossing into) {
        if (speaks) {
            into.add(said, 0, length(), 1);
        }
    }
}

package teleapi.media.mix;

import org.jspecify.annotations.Nullable;
import teleapi.media.codec.G711;
import teleapi.media.rtp.Outgoing;

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

    /** Later than this the far end has filled the gap in its own way. */
    private static final long MOMENT_NANOS = 60_000_000;

    /** Nobody has looked yet where it ended. */
    private static final int UNKNOWN = Short.MAX_VALUE;

    private @Nullable PassedOn passedOn;
    private int last;
    private boolean silenced;
    private boolean turned;
    private boolean joins;
    private int ends;
    private long at;

    /** What is sent next is another sound, though its source is the same. */
    void turn() {
        turned = true;
    }

    /** Nothing was heard before. */
    private void silence() {
        last = 0;
    }

    /** As if nothing had been sent: it is coded in another way from now on. */
    void forget() {
        silence();
        passedOn = null;
    }

    /** A packet that goes on as it came, as {@code numbers} has just numbered it: nobody knows its samples. */
    void passesOn(Outgoing numbers, Voice theirs, long now) {
        if (!numbers.newest()) {
            return;
        }
        PassedOn known = passedOn == null ? new PassedOn() : passedOn;
        passedOn = known;
        known.add(theirs.octets(), theirs.count());
        last = UNKNOWN;
        ends = numbers.packetTimestamp() + theirs.units();
        at = now;
        silenced = false;
        turned = false;
    }

    /** What this coder makes comes next. */
    void follows(Coder coder) {
        if (passedOn != null && passedOn.any()) {
            last = passedOn.handTo(coder);
        }
    }

    /** Whether the last sound breaks off in the middle of a wave, a moment ago. */
    boolean breaksOff(long now) {
        return Math.abs(last) > LOUD && now - at < MOMENT_NANOS;
    }

    /** When sound was sent last. */
    long at() {
        return at;
    }

    /** A packet of sound of {@code units}, as {@code numbers} has just numbered it, goes out; its samples follow. {@code frame}: 20 ms in units. */
    void sends(Outgoing numbers, boolean silent, int units, int frame, long now) {
        if (numbers.packetTimestamp() - ends >= frame) {
            silence();
        }
        joins = numbers.begins() || silent != silenced || turned;
        ends = numbers.packetTimestamp() + units;
        at = now;
        silenced = silent;
        turned = false;
    }

    void join(G711 law, byte[] octets, int count) {
        if (joins) {
            int step = last - law.decode(octets[0]);
            for (int i = 0; i < Math.min(LENGTH, count); i++) {
                octets[i] = law.encode(moved(law.decode(octets[i]), step, i));
            }
        }
        last = law.decode(octets[count - 1]);
    }

    /** The same at 16 kHz. */
    void join(short[] samples) {
        if (joins) {
            int step = last - samples[0];
            for (int i = 0; i < 2 * LENGTH; i++) {
                int moved = samples[i] + step * (2 * LENGTH - 1 - i) / (2 * LENGTH);
                samples[i] = (short) Math.clamp(moved, Short.MIN_VALUE, Short.MAX_VALUE);
            }
        }
        last = samples[samples.length - 1];
    }

    private static short moved(short sample, int step, int at) {
        return (short) Math.clamp(sample + step * (LENGTH - 1 - at) / LENGTH, Short.MIN_VALUE, Short.MAX_VALUE);
    }
}

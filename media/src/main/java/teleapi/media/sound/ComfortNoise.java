package teleapi.media.sound;

import java.nio.ByteBuffer;

/**
 * The noise that stands for a peer's silence.
 *
 * <pre>
 * Shape   white; what a peer says of its colour is left alone, as it may be
 * Units   level in -dBov: 0 is as loud as there can be
 * Thread  whose it is
 * Source  RFC 3389 §3, §4
 * </pre>
 */
public final class ComfortNoise {
    // Owned by who made it.

    /** Nobody's silence is louder: -30 dBov. What says so is mistaken. */
    private static final int LOUDEST = 30;

    private static final int SOFTEST = 90;

    private int peak;
    private int level;
    private int chance = 1;

    /** What a packet says: its first octet; nothing in it is silence without a sound. */
    public static int level(ByteBuffer packet, int payloadAt, int payloadLength) {
        return payloadLength > 0 ? packet.get(payloadAt) & 0x7f : SOFTEST;
    }

    public void begin(int said) {
        level = said;
        // Evenly spread noise has a power of a third of its peak's square.
        double power = Math.pow(10, -Math.clamp(said, LOUDEST, SOFTEST) / 20.0);
        peak = (int) Math.round(Short.MAX_VALUE * power * Math.sqrt(3));
    }

    /** As it was said. */
    public int level() {
        return level;
    }

    public void stop() {
        peak = 0;
    }

    public boolean sounds() {
        return peak > 0;
    }

    /** False: there is none now. */
    public boolean fill(short[] samples, int at, int count) {
        if (peak == 0) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            chance = chance * 1_664_525 + 1_013_904_223;
            samples[at + i] = (short) (((chance >> 16) * peak) >> 15);
        }
        return true;
    }
}

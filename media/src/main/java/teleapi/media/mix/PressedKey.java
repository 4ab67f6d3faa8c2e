package teleapi.media.mix;

import java.nio.ByteBuffer;
import teleapi.media.rtp.RtpPacket;

/**
 * The key that one peer presses, packet by packet of its telephone-event: whether the other party hears it, and whether something has to stand in
 * for one that it does not.
 *
 * <p>Most phones break their sound off while a key is down, some send it all the same: then nothing is missing. Which of them it is shows in the
 * key before.
 *
 * <pre>
 * Thread  the media loop's
 * Source  RFC 4733 §2.5.1.2 (the packets of a key have one timestamp, and are sent every 20 to 50 ms)
 * </pre>
 */
final class PressedKey {
    // Owned by the thread of the media loop.

    /** No packet of the key for so long: it is over, and its end was lost. */
    private static final long PAUSE_NANOS = 110_000_000;

    private static final long NEVER = Long.MIN_VALUE / 2;
    private static final int END = 0x80;

    /** One packet may have been on its way when the key went down. */
    private static final int BESIDE = 2;

    private boolean down;
    private int timestamp;
    private boolean heard;
    private boolean ended;
    private long cameAt = NEVER;
    private boolean withheld;
    /** Packets of sound since it went down and before its end. */
    private int sounds;

    private boolean soundsBeside;
    private long soundAt = NEVER;

    /**
     * A packet of it; whether the other party hears it.
     *
     * @param newest nothing that was sent after it has come; else it is of the key before, or of this one
     * @param passes whether it may now; who has not heard the beginning does not hear the rest
     * @param kept whether a key that begins now is for us alone
     */
    boolean came(ByteBuffer datagram, RtpPacket packet, boolean newest, boolean passes, boolean kept, long now) {
        boolean other = !down || packet.timestamp() != timestamp;
        if (other && down && !newest) {
            return false;
        }
        if (other) {
            down = true;
            timestamp = packet.timestamp();
            heard = passes && !kept;
            ended = false;
            soundsBeside = sounds >= BESIDE;
            sounds = 0;
        }
        ended |= packet.payloadLength() > 1 && (datagram.get(packet.payloadAt() + 1) & END) != 0;
        if (now - soundAt >= PAUSE_NANOS) {
            soundsBeside = false;
        }
        cameAt = now;
        return passes && heard;
    }

    /** Whether the packet goes to the other party. */
    void withhold(boolean so) {
        withheld = so;
    }

    boolean withheld() {
        return withheld;
    }

    /** Sound came after all that came before. */
    void sounds(long now) {
        soundAt = now;
        if (down && !ended) {
            sounds = Math.min(sounds + 1, BESIDE);
        }
        soundsBeside |= ended || sounds == BESIDE;
    }

    /** Who hears it from now on has not heard its beginning. */
    void parts() {
        heard = false;
    }

    /** Its numbers begin anew. */
    void forget() {
        down = false;
    }

    /** Whether it is down, or was a moment ago. */
    boolean lately(long now) {
        return now - cameAt < PAUSE_NANOS;
    }

    /** Whether nothing is on its way to the other party because of it. */
    boolean leavesPause(long now) {
        return withheld && !soundsBeside && lately(now);
    }
}

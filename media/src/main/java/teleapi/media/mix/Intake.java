package teleapi.media.mix;

import org.jspecify.annotations.Nullable;
import teleapi.media.codec.Codec;
import teleapi.media.rtp.Allowance;
import teleapi.media.rtp.Reception;
import teleapi.media.rtp.RtpPacket;

/**
 * Takes of one peer's packets as many as its clock allows: what is sound in time by its length, the rest, keys and doubles and what is late, by
 * the packet.
 *
 * <pre>
 * Thread  the media loop's
 * Source  ADR-0023
 * </pre>
 */
final class Intake {
    // Owned by the thread of the media loop.

    /** Nobody sends shorter packets of sound. */
    private static final long SHORTEST_NANOS = 5_000_000;

    /** A key is sent every 20 ms or less often. */
    private static final long OTHER_NANOS = 10_000_000;

    private final Reception reception;
    private final Tally tally;
    private final Allowance sounds;
    private final Allowance others;

    Intake(Reception reception, Tally tally, long now) {
        this.reception = reception;
        this.tally = tally;
        this.sounds = new Allowance(now);
        this.others = new Allowance(now);
    }

    /** {@code spoken} is how the octets of its payload are coded, if they are sound. */
    boolean takes(RtpPacket packet, @Nullable Codec spoken, byte[] octets, long now) {
        boolean taken = (spoken != null && reception.isNewer(packet))
                ? sounds.takes(Math.max(SHORTEST_NANOS, Voice.nanos(spoken, octets, packet.payloadLength())), now)
                : others.takes(OTHER_NANOS, now);
        if (!taken) {
            reception.exceeded();
            tally.excess++;
        }
        return taken;
    }
}

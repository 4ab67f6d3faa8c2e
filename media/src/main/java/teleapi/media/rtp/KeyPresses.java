package teleapi.media.rtp;

import java.nio.ByteBuffer;
import java.util.Optional;
import teleapi.media.dtmf.Key;

/**
 * Understands the telephone-events of one peer: each press is told once, at its first packet.
 *
 * <p>The packets of an event share a timestamp, so repetitions and late ones are known by it, and a lost end does no harm. An event longer than
 * its duration field can say goes on as a new one that begins exactly where the last ended. They may have a source of their own.
 *
 * <pre>
 * Thread  the media loop's
 * Source  RFC 4733 §2.3, §2.5.1.2, §2.5.2.2, §2.5.2.3, §3.2
 * </pre>
 */
public final class KeyPresses {
    // Owned by the thread of the media loop.

    public static final int NONE = -1;

    private static final int LENGTH = 4;
    /** A packet this much older than the last press is no latecomer: the peer's clock was set back. 10 s. */
    private static final int OLDEST = 80_000;

    private static final int NEARLY_FULL = 0xe000;

    private boolean begun;
    private int ssrc;
    private int event;
    private int timestamp;
    private int duration;
    private boolean ended;
    /** The clock was set back at the packet of this number, and nothing has been pressed since. */
    private boolean setBack;

    private int setBackAt;

    /** The key of a press that begins with this packet, or {@link #NONE}. */
    public int arrived(ByteBuffer datagram, RtpPacket packet) {
        if (packet.payloadLength() < LENGTH) {
            return NONE;
        }
        int at = packet.payloadAt();
        int code = datagram.get(at) & 0xff;
        boolean end = (datagram.get(at + 1) & 0x80) != 0;
        int length = datagram.getShort(at + 2) & 0xffff;
        Optional<Key> key = Key.ofCode(code);
        if (key.isEmpty()) {
            return NONE;
        }
        begun &= packet.ssrc() == ssrc;
        int step = packet.timestamp() - timestamp;
        if (begun && step == 0) {
            duration = Math.max(duration, length);
            ended |= end;
            return NONE;
        }
        if (begun && step < 0 && step > -OLDEST && !isAfterSetBack(packet)) {
            return NONE;
        }
        // §2.5.2.3: a segment that is full is followed by the next at once; its last packets may be lost.
        boolean follows = step == duration || (duration > NEARLY_FULL && step > duration && step <= 0xffff);
        boolean sameKeyHeld = begun && code == event && !ended && duration > 0 && follows;
        begun = true;
        setBack = false;
        ssrc = packet.ssrc();
        event = code;
        timestamp = packet.timestamp();
        duration = length;
        ended = end;
        return sameKeyHeld ? NONE : key.get().digit();
    }

    private boolean isAfterSetBack(RtpPacket packet) {
        return setBack && (short) (packet.sequence() - setBackAt) > 0;
    }

    /** The peer's clock was set back before this packet. */
    public void setBack(RtpPacket packet) {
        setBack = true;
        setBackAt = packet.sequence();
    }
}

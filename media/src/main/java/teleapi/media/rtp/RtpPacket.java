package teleapi.media.rtp;

import java.nio.ByteBuffer;

/**
 * A view of one RTP packet, used again for the next.
 *
 * <pre>
 * Shape   the header's fields are copied, the payload is not: it is where the datagram is
 * Thread  the media loop's
 * Errors  {@link #read} answers false for what is no RTP; the view then means nothing
 * Source  RFC 3550 §5.1, RFC 5761 §4
 * </pre>
 */
public final class RtpPacket {
    // Owned by the thread of the media loop.

    /** No codec of ours needs more in 60 ms; what is larger was not meant for us. */
    public static final int LARGEST = 1500;

    private static final int HEADER = 12;
    private static final int VERSION = 2;

    private int flags;
    private int sequence;
    private int timestamp;
    private int ssrc;
    private int payloadAt;
    private int payloadLength;

    /** RFC 5761 §4: on a shared port the second octet tells RTCP (packet types 192 to 223) from RTP. */
    public static boolean isRtcp(ByteBuffer datagram) {
        if (datagram.remaining() < 2) {
            return false;
        }
        int second = datagram.get(datagram.position() + 1) & 0xff;
        return second >= 192 && second <= 223;
    }

    /** Whether {@code datagram} is a packet; its position stays. */
    public boolean read(ByteBuffer datagram) {
        int start = datagram.position();
        int length = datagram.remaining();
        if (length < HEADER || length > LARGEST) {
            return false;
        }
        int first = datagram.get(start) & 0xff;
        if (first >> 6 != VERSION) {
            return false;
        }
        int header = HEADER + 4 * (first & 0xf);
        if ((first & 0x10) != 0) {
            if (length < header + 4) {
                return false;
            }
            header += 4 + 4 * (datagram.getShort(start + header + 2) & 0xffff);
        }
        int padding = (first & 0x20) != 0 ? datagram.get(start + length - 1) & 0xff : 0;
        // RFC 3550 §5.1: the last octet of the padding counts itself.
        if (header + padding > length || ((first & 0x20) != 0 && padding == 0)) {
            return false;
        }
        flags = datagram.get(start + 1) & 0xff;
        sequence = datagram.getShort(start + 2) & 0xffff;
        timestamp = datagram.getInt(start + 4);
        ssrc = datagram.getInt(start + 8);
        payloadAt = start + header;
        payloadLength = length - header - padding;
        return true;
    }

    public boolean marker() {
        return (flags & 0x80) != 0;
    }

    public int payloadType() {
        return flags & 0x7f;
    }

    public int sequence() {
        return sequence;
    }

    public int timestamp() {
        return timestamp;
    }

    public int ssrc() {
        return ssrc;
    }

    /** Absolute place in the buffer that was read. */
    public int payloadAt() {
        return payloadAt;
    }

    public int payloadLength() {
        return payloadLength;
    }
}

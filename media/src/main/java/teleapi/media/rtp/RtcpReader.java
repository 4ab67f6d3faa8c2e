package teleapi.media.rtp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads compound control packets.
 *
 * <pre>
 * Shape   each packet's length is checked against the datagram's before anything of it is read; at most {@link #MOST} packets are
 * Thread  any; no state
 * Errors  an empty list for what is no RTCP
 * Source  RFC 3550 §6.1, §6.4, A.2; RFC 5506 (a compound may be reduced)
 * </pre>
 */
public final class RtcpReader {
    /** More than any honest compound has. */
    static final int MOST = 16;

    private static final int BLOCK = 24;

    private RtcpReader() {}

    public static List<RtcpPacket> read(ByteBuffer datagram) {
        int at = datagram.position();
        int end = datagram.limit();
        if (end - at > RtpPacket.LARGEST) {
            return List.of();
        }
        List<RtcpPacket> packets = new ArrayList<>();
        while (at < end && packets.size() < MOST) {
            if (end - at < 4 || (datagram.get(at) & 0xc0) != 0x80) {
                return List.of();
            }
            int length = 4 + 4 * (datagram.getShort(at + 2) & 0xffff);
            int type = datagram.get(at + 1) & 0xff;
            if (length > end - at || type < 192 || type > 223) {
                return List.of();
            }
            packets.add(packet(datagram, at, length, type));
            at += length;
        }
        return packets;
    }

    private static RtcpPacket packet(ByteBuffer datagram, int at, int length, int type) {
        int count = datagram.get(at) & 0x1f;
        if (type == RtcpWriter.SR && length >= 28) {
            int ntpMiddle = (datagram.getInt(at + 8) << 16) | (datagram.getInt(at + 12) >>> 16);
            return new RtcpPacket.SenderReport(
                    datagram.getInt(at + 4),
                    ntpMiddle,
                    datagram.getInt(at + 20),
                    blocks(datagram, at + 28, at + length, count));
        }
        if (type == RtcpWriter.RR && length >= 8) {
            return new RtcpPacket.ReceiverReport(datagram.getInt(at + 4), blocks(datagram, at + 8, at + length, count));
        }
        if (type == RtcpWriter.BYE) {
            List<Integer> ssrcs = new ArrayList<>();
            for (int i = 0; i < count && 4 + 4 * i + 4 <= length; i++) {
                ssrcs.add(datagram.getInt(at + 4 + 4 * i));
            }
            return new RtcpPacket.Bye(List.copyOf(ssrcs));
        }
        return new RtcpPacket.Other(type);
    }

    private static List<ReportBlock> blocks(ByteBuffer datagram, int from, int end, int count) {
        List<ReportBlock> blocks = new ArrayList<>();
        for (int at = from; blocks.size() < count && at + BLOCK <= end; at += BLOCK) {
            int loss = datagram.getInt(at + 4);
            blocks.add(new ReportBlock(
                    datagram.getInt(at),
                    loss >>> 24,
                    loss << 8 >> 8,
                    datagram.getInt(at + 8),
                    datagram.getInt(at + 12),
                    datagram.getInt(at + 16),
                    datagram.getInt(at + 20)));
        }
        return List.copyOf(blocks);
    }
}

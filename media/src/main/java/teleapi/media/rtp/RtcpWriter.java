package teleapi.media.rtp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * Writes compound control packets: a report, who we are, and at the end a goodbye.
 *
 * <pre>
 * Thread  any; no state
 * Source  RFC 3550 §6.1, §6.4.1, §6.4.2, §6.5.1, §6.6; RFC 7022 (a name that tells nothing)
 * </pre>
 */
public final class RtcpWriter {
    static final int SR = 200;
    static final int RR = 201;
    static final int SDES = 202;
    static final int BYE = 203;

    private static final int CNAME = 1;
    private static final long NTP_BEFORE_UNIX = 2_208_988_800L;

    private RtcpWriter() {}

    /** What a sender says of itself. */
    public record SenderTime(Instant wall, int timestamp, int packets, int octets) {
        /** The middle of its NTP time, by which the far end says which report it got last. */
        public int ntpMiddle() {
            return (int) ((wall.getEpochSecond() + NTP_BEFORE_UNIX) << 16)
                    | (int) (((long) wall.getNano() << 16) / 1_000_000_000L);
        }
    }

    /**
     * Writes from the start of {@code buffer}, which is then ready to be sent.
     *
     * @param sent empty when nothing was sent since the last report
     * @param received empty when nothing was ever received
     */
    public static void report(
            ByteBuffer buffer,
            int ssrc,
            String name,
            Optional<SenderTime> sent,
            Optional<ReportBlock> received,
            boolean goodbye) {
        buffer.clear();
        int words = (sent.isPresent() ? 6 : 1) + (received.isPresent() ? 6 : 0);
        header(buffer, received.isPresent() ? 1 : 0, sent.isPresent() ? SR : RR, words);
        buffer.putInt(ssrc);
        sent.ifPresent(sender -> sender(buffer, sender));
        received.ifPresent(block -> block(buffer, block));
        description(buffer, ssrc, name);
        if (goodbye) {
            header(buffer, 1, BYE, 1);
            buffer.putInt(ssrc);
        }
        buffer.flip();
    }

    private static void header(ByteBuffer buffer, int count, int type, int words) {
        buffer.put((byte) (0x80 | count)).put((byte) type).putShort((short) words);
    }

    private static void sender(ByteBuffer buffer, SenderTime sender) {
        Instant wall = sender.wall();
        long seconds = wall.getEpochSecond();
        long nanos = wall.getNano();
        buffer.putInt((int) (seconds + NTP_BEFORE_UNIX)).putInt((int) ((nanos << 32) / 1_000_000_000L));
        buffer.putInt(sender.timestamp()).putInt(sender.packets()).putInt(sender.octets());
    }

    private static void block(ByteBuffer buffer, ReportBlock block) {
        buffer.putInt(block.ssrc()).putInt((block.fractionLost() << 24) | (block.lost() & 0xffffff));
        buffer.putInt(block.highest())
                .putInt(block.jitter())
                .putInt(block.lastSenderReport())
                .putInt(block.delaySinceIt());
    }

    /** §6.5: items end with a zero octet and fill up to a word. */
    private static void description(ByteBuffer buffer, int ssrc, String name) {
        byte[] text = name.getBytes(StandardCharsets.US_ASCII);
        int length = 4 + 2 + text.length;
        int padded = length / 4 * 4 + 4;
        header(buffer, 1, SDES, padded / 4);
        buffer.putInt(ssrc).put((byte) CNAME).put((byte) text.length).put(text);
        for (int i = length; i < padded; i++) {
            buffer.put((byte) 0);
        }
    }
}

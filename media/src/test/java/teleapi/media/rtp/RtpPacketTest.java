package teleapi.media.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is a packet, and what is none. */
final class RtpPacketTest {
    @Test
    void everyPartOfTheHeaderIsRead() {
        // RFC 3550 §5.1, §5.3.1: with padding, extension and two contributing sources.
        ByteBuffer bytes = ByteBuffer.allocate(40);
        bytes.position(2);
        bytes.put((byte) 0xb2)
                .put((byte) 0xe5)
                .putShort((short) 0xfffe)
                .putInt(-5)
                .putInt(77);
        bytes.putInt(1)
                .putInt(2)
                .putShort((short) 9)
                .putShort((short) 1)
                .putInt(3)
                .put(new byte[] {1, 2, 3, 4})
                .put(new byte[] {0, 2});
        bytes.limit(bytes.position()).position(2);
        RtpPacket packet = new RtpPacket();
        assertTrue(packet.read(bytes));
        assertTrue(packet.marker());
        assertEquals(101, packet.payloadType());
        assertEquals(0xfffe, packet.sequence());
        assertEquals(-5, packet.timestamp());
        assertEquals(77, packet.ssrc());
        assertEquals(2 + 12 + 8 + 8, packet.payloadAt());
        assertEquals(4, packet.payloadLength());
        assertEquals(2, bytes.position());
    }

    @Test
    void noiseIsReadWithoutHarm() {
        // Hostile input: lengths are checked before anything is read.
        Random chance = new Random(3);
        RtpPacket packet = new RtpPacket();
        for (int i = 0; i < 200_000; i++) {
            byte[] noise = new byte[chance.nextInt(60)];
            chance.nextBytes(noise);
            if (noise.length > 0) {
                noise[0] = (byte) (0x80 | (noise[0] & 0x3f));
            }
            ByteBuffer bytes = ByteBuffer.wrap(noise);
            if (packet.read(bytes)) {
                assertTrue(packet.payloadLength() >= 0 && packet.payloadAt() + packet.payloadLength() <= noise.length);
            }
            RtcpReader.read(bytes);
        }
    }

    @Test
    void whatIsWrittenAsAReportIsReadAgain() {
        // RFC 3550 §6.4.1, §6.5, §6.6.
        ReportBlock block = new ReportBlock(5, 64, -3, 0x1_0007, 12, 0x1234_5678, 99);
        ByteBuffer bytes = ByteBuffer.allocate(1500);
        Instant wall = Instant.parse("2026-01-01T00:00:00.5Z");
        RtcpWriter.report(
                bytes,
                9,
                "name",
                Optional.of(new RtcpWriter.SenderTime(wall, 1000, 50, 8000)),
                Optional.of(block),
                true);
        int middle = (int) (((wall.getEpochSecond() + 2_208_988_800L) & 0xffff) << 16 | 0x8000);
        assertEquals(
                List.of(
                        new RtcpPacket.SenderReport(9, middle, 50, List.of(block)),
                        new RtcpPacket.Other(202),
                        new RtcpPacket.Bye(List.of(9))),
                RtcpReader.read(bytes));
        RtcpWriter.report(bytes, 9, "nam", Optional.empty(), Optional.empty(), false);
        assertEquals(
                new RtcpPacket.ReceiverReport(9, List.of()),
                RtcpReader.read(bytes).getFirst());
        assertEquals(0, bytes.remaining() % 4);
    }

    @Test
    void controlPacketsAreToldFromSound() {
        // RFC 5761 §4.
        assertTrue(RtpPacket.isRtcp(ByteBuffer.wrap(new byte[] {(byte) 0x80, (byte) 200})));
        assertFalse(RtpPacket.isRtcp(ByteBuffer.wrap(new byte[] {(byte) 0x80, 8})));
        assertFalse(RtpPacket.isRtcp(ByteBuffer.wrap(new byte[] {(byte) 0x80, (byte) 0x88})));
        assertFalse(RtpPacket.isRtcp(ByteBuffer.wrap(new byte[1])));
    }
}

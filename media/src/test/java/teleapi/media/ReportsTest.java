package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import teleapi.media.codec.G711;
import teleapi.media.rtp.ReportBlock;
import teleapi.media.rtp.RtcpPacket;
import teleapi.media.rtp.RtcpReader;
import teleapi.media.rtp.RtcpWriter;
import teleapi.runtime.simulated.Weather;

/** What is told to the peer about the stream (RFC 3550 §6). */
final class ReportsTest {
    @Test
    void reportsTellWhatWasSentAndWhatWasLost() {
        // RFC 3550 §6.2, §6.4.1: some every 5 s, with the share that was lost.
        try (Studio studio = new Studio(1)) {
            studio.world.weather(
                    datagram -> datagram.from().getAddress().getHostAddress().equals("10.0.1.1"),
                    Weather.FAIR.withLoss(0.25));
            Studio.Line alice = studio.talking(500, G711.PCMU);
            Studio.Line bob = studio.talking(1000, G711.PCMU);
            alice.session().bridge(bob.session());
            bob.session().bridge(alice.session());
            studio.run(30_000);
            List<byte[]> reports = alice.phone().reports();
            assertTrue(reports.size() >= 4 && reports.size() <= 12, () -> reports.size() + " reports");
            List<RtcpPacket> last = RtcpReader.read(ByteBuffer.wrap(reports.getLast()));
            RtcpPacket.SenderReport report = assertInstanceOf(RtcpPacket.SenderReport.class, last.getFirst());
            ReportBlock block = report.blocks().getFirst();
            assertEquals(500, block.ssrc());
            assertEquals(64, block.fractionLost(), 25);
            assertEquals(bob.phone().heard().size() / 3.0, block.lost(), 120);
            assertEquals(alice.phone().heard().getFirst().ssrc(), report.ssrc());
            assertEquals(
                    202, assertInstanceOf(RtcpPacket.Other.class, last.get(1)).type());
            alice.session().close();
            studio.run(10);
            RtcpPacket goodbye = RtcpReader.read(
                            ByteBuffer.wrap(alice.phone().reports().getLast()))
                    .getLast();
            assertEquals(new RtcpPacket.Bye(List.of(report.ssrc())), goodbye);
        }
    }

    @Test
    void reportsGoWithTheSoundWhereThatWasAgreed() {
        // RFC 5761 §5.1.1: rtcp-mux, both ways.
        try (Studio studio = new Studio(2)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            String shared = new String(alice.phone().sdp(), StandardCharsets.US_ASCII)
                    .replaceAll("a=rtcp:[0-9]+", "a=rtcp-mux");
            var agreed = assertInstanceOf(
                    Negotiation.Agreed.class, alice.session().answer(shared.getBytes(StandardCharsets.US_ASCII)));
            assertTrue(new String(agreed.sdp(), StandardCharsets.US_ASCII).contains("a=rtcp-mux"));
            studio.run(100);
            ByteBuffer report = ByteBuffer.allocate(100);
            RtcpWriter.report(
                    report,
                    500,
                    "alice",
                    Optional.of(new RtcpWriter.SenderTime(Instant.EPOCH.plusSeconds(7), 1, 1, 1)),
                    Optional.empty(),
                    false);
            byte[] bytes = new byte[report.remaining()];
            report.get(bytes);
            alice.phone().raw(bytes);
            studio.run(10_000);
            RtcpPacket first = RtcpReader.read(
                            ByteBuffer.wrap(alice.phone().reports().getFirst()))
                    .getFirst();
            ReportBlock block = assertInstanceOf(RtcpPacket.ReceiverReport.class, first)
                    .blocks()
                    .getFirst();
            assertEquals((int) ((7 + 2_208_988_800L) << 16), block.lastSenderReport());
            assertTrue(block.delaySinceIt() > 65_536 && block.delaySinceIt() < 10 * 65_536);
            assertEquals(
                    0,
                    studio.engine.counters().malformed()
                            + studio.engine.counters().strangers());
        }
    }

    private static byte[] written(int ssrc, Optional<ReportBlock> block) {
        ByteBuffer report = ByteBuffer.allocate(200);
        RtcpWriter.report(
                report,
                ssrc,
                "someone",
                Optional.of(new RtcpWriter.SenderTime(Instant.EPOCH.plusSeconds(7), 1, 1, 1)),
                block,
                false);
        byte[] bytes = new byte[report.remaining()];
        report.get(bytes);
        return bytes;
    }

    @Test
    void aReportOfAnotherSourceIsNotAnswered() {
        // RFC 3550 §6.4.1: LSR is of the source that the block is about.
        try (Studio studio = new Studio(3)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            studio.run(100);
            alice.phone().raw(written(501, Optional.empty()));
            studio.run(10_000);
            RtcpPacket first = RtcpReader.read(
                            ByteBuffer.wrap(alice.phone().reports().getLast()))
                    .getFirst();
            ReportBlock block = assertInstanceOf(RtcpPacket.ReceiverReport.class, first)
                    .blocks()
                    .getFirst();
            assertEquals(0, block.lastSenderReport());
            assertEquals(0, block.delaySinceIt());
        }
    }

    @Test
    void theFirstReportComesEarly() {
        // RFC 3550 §6.2: after half of the time, so that a short call has one.
        for (int seed = 0; seed < 20; seed++) {
            try (Studio studio = new Studio(seed)) {
                Studio.Line alice = studio.talking(500, G711.PCMU);
                studio.run(1_200);
                assertEquals(0, alice.phone().reports().size());
                studio.run(2_600);
                assertEquals(1, alice.phone().reports().size());
            }
        }
    }

    @Test
    void noDatagramIsTooStrange() {
        // The network is hostile: lengths, counts and types that lie are read to their end and no further.
        Random chance = new Random(1);
        byte[] honest = written(1, Optional.of(new ReportBlock(1, 2, 3, 4, 5, 6, 7)));
        int read = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = Arrays.copyOf(honest, chance.nextInt(honest.length + 40));
            for (int changes = chance.nextInt(6); changes > 0 && bytes.length > 0; changes--) {
                bytes[chance.nextInt(bytes.length)] = (byte) chance.nextInt();
            }
            for (RtcpPacket packet : RtcpReader.read(ByteBuffer.wrap(bytes))) {
                read++;
                assertTrue(!(packet instanceof RtcpPacket.SenderReport report)
                        || 28 + 24 * report.blocks().size() <= bytes.length);
            }
        }
        assertTrue(read > 1_000);
    }
}

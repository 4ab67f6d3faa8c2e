package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import teleapi.media.codec.G711;
import teleapi.media.rtp.ReportBlock;
import teleapi.media.rtp.RtcpPacket;
import teleapi.media.rtp.RtcpReader;
import teleapi.runtime.simulated.Weather;

/** What is told to the peer about the stream (RFC 3550 §6). */
final class ReportsTest {
    @Test
    void reportsTellWhatWasSentAndWhatWasLost() {
        // RFC 3550 §6.2, §6.4.1: some every 5 s, with the share that was lost.
        try (Studio studio = new Studio(1)) {
            studio.world.weather(
                    datagram -> datagram.from().getAddress().getHostAddress().equals("10.0.1.1"), Weather.FAIR.withLoss(0.25));
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
            assertEquals(202, assertInstanceOf(RtcpPacket.Other.class, last.get(1)).type());
            alice.session().close();
            studio.run(10);
            RtcpPacket goodbye = RtcpReader.read(ByteBuffer.wrap(alice.phone().reports().getLast())).getLast();
            assertEquals(new RtcpPacket.Bye(List.of(report.ssrc())), goodbye);
        }
    }
}

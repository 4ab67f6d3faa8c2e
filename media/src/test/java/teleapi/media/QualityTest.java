package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import teleapi.media.codec.G711;
import teleapi.media.rtp.ReportBlock;
import teleapi.media.rtp.RtcpPacket;
import teleapi.media.rtp.RtcpReader;
import teleapi.media.rtp.RtcpWriter;
import teleapi.runtime.simulated.Weather;

/** What is known of how well the sound of a peer went. */
final class QualityTest {
    private static Quality atTheEnd(Studio studio, Studio.Line line) {
        line.session().close();
        studio.run(10);
        List<Quality> measured = studio.toldBy(line.session()).stream()
                .filter(MediaEvent.Measured.class::isInstance)
                .map(event -> ((MediaEvent.Measured) event).quality())
                .toList();
        assertEquals(1, measured.size());
        assertEquals(measured.getFirst(), line.session().quality());
        return measured.getFirst();
    }

    private static void assertNear(long expected, long actual, long most) {
        assertTrue(Math.abs(actual - expected) <= most, () -> actual + ", not " + expected);
    }

    private static void weather(Studio studio, Weather weather) {
        studio.world.weather(
                datagram -> datagram.from().getAddress().getHostAddress().equals("10.0.1.1"), weather);
    }

    @Test
    void onAGoodLineNothingIsLostAndAllIsWell() {
        // Quality: of a whole session, both ways.
        try (Studio studio = new Studio(1)) {
            Studio.Line alice = studio.talking(500, G711.PCMA);
            alice.session().play(Layer.VERB, 1, Sound.music(), 1);
            studio.run(10_000);
            Quality live = alice.session().quality();
            assertTrue(live.received() > 400 && live.received() <= 500, live::toString);
            Quality quality = atTheEnd(studio, alice);
            assertEquals("PCMA", quality.codec());
            assertNear(500, quality.received(), 3);
            assertEquals(alice.phone().heard().size(), quality.sent());
            assertEquals(0, quality.lost() + quality.late() + quality.duplicates());
            assertTrue(quality.mostJitter() < 1, quality::toString);
            assertEquals(4.4, quality.opinion().orElseThrow(), 0.02);
            assertEquals(Optional.empty(), quality.farEnd());
        }
    }

    @Test
    void lossDisorderAndDoublesAreCountedApart() {
        // RFC 3550 A.3: what comes twice does not make up for what is lost.
        for (int seed = 0; seed < 5; seed++) {
            try (Studio studio = new Studio(seed)) {
                weather(
                        studio,
                        Weather.FAIR
                                .withLoss(0.1)
                                .withDuplication(0.1)
                                .withReordering(0.2)
                                .withLatency(Duration.ofMillis(1), Duration.ofMillis(45)));
                Studio.Line alice = studio.talking(500, G711.PCMU);
                studio.run(40_000);
                Quality quality = atTheEnd(studio, alice);
                assertNear(2000, quality.received() + quality.lost(), 5);
                assertNear(200, quality.lost(), 50);
                assertTrue(quality.late() > 20, quality::toString);
                assertNear(200, quality.duplicates(), 60);
                assertEquals(0.1, quality.loss(), 0.025);
                assertTrue(quality.opinion().orElseThrow() < 3.7, quality::toString);
            }
        }
    }

    @Test
    void packetsOfATypeThatNobodyAgreedOnAreNeitherReceivedNorLost() {
        // docs/api/calls.md: loss is of what it sent us of what was agreed on; RFC 3550 A.3 counts by number alone.
        try (Studio studio = new Studio(6)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            studio.run(1_000);
            for (int i = 0; i < 200; i++) {
                alice.phone().strange(77);
                studio.run(10);
            }
            Quality quality = atTheEnd(studio, alice);
            assertNear(150, quality.received(), 3);
            assertEquals(0, quality.lost(), quality::toString);
            assertEquals(4.4, quality.opinion().orElseThrow(), 0.02);
        }
    }

    @Test
    void jitterIsWhatTheStandardMeasures() {
        // RFC 3550 §6.4.1: delays between 0 and 40 ms differ from one to the next by a third of that, in the mean.
        try (Studio studio = new Studio(3)) {
            weather(studio, Weather.FAIR.withLatency(Duration.ZERO, Duration.ofMillis(40)));
            Studio.Line alice = studio.talking(500, G711.PCMU);
            studio.run(40_000);
            Quality quality = atTheEnd(studio, alice);
            assertEquals(13.3, quality.jitter(), 2);
            assertTrue(quality.mostJitter() > quality.jitter() && quality.mostJitter() < 25, quality::toString);
            assertNear(0, quality.lost(), 2);
        }
    }

    @Test
    void keysAreNoJitter() {
        // RFC 4733 §2.2.1: all packets of an event have the timestamp of its beginning.
        try (Studio studio = new Studio(4)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            studio.run(200);
            for (int i = 1; i <= 20; i++) {
                alice.phone().event(5, i > 17, i * 160, 0);
                studio.run(20);
            }
            studio.run(200);
            assertTrue(atTheEnd(studio, alice).mostJitter() < 1);
        }
    }

    @Test
    void aSourceThatBeginsAnewIsCountedOn() {
        // Over all sources of the session, and the jump of their clocks is no jitter.
        try (Studio studio = new Studio(5)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            studio.run(1000);
            alice.phone().beginAnew();
            studio.run(1000);
            Quality quality = atTheEnd(studio, alice);
            assertNear(100, quality.received(), 3);
            assertEquals(0, quality.lost());
            assertTrue(quality.mostJitter() < 1, quality::toString);
        }
    }

    private static RtcpPacket.SenderReport lastReport(Studio.Line line) {
        return (RtcpPacket.SenderReport)
                RtcpReader.read(ByteBuffer.wrap(line.phone().reports().getLast()))
                        .getFirst();
    }

    private static void says(Studio.Line line, ReportBlock block) {
        ByteBuffer report = ByteBuffer.allocate(200);
        RtcpWriter.report(report, line.phone().ssrc(), "a", Optional.empty(), Optional.of(block), false);
        byte[] bytes = new byte[report.remaining()];
        report.get(bytes);
        line.phone().raw(bytes);
    }

    @Test
    void theFarEndsReportsTellTheRoundTripAndWhatItHears() {
        // RFC 3550 §6.4.1: now, less when we sent it, less how long it was held.
        try (Studio studio = new Studio(6)) {
            weather(studio, Weather.FAIR.withLatency(Duration.ofMillis(80), Duration.ofMillis(80)));
            Studio.Line alice = studio.talking(500, G711.PCMU);
            alice.session().play(Layer.VERB, 1, Sound.music(), 0);
            int ours = 0;
            for (int i = 0; i < 5; i++) {
                int before = alice.phone().reports().size();
                studio.world.runUntil(() -> alice.phone().reports().size() > before, Duration.ofSeconds(10));
                var report = lastReport(alice);
                ours = report.ssrc();
                studio.run(500);
                says(alice, new ReportBlock(ours, 26, 10 * i, 1, 80, report.ntpMiddle(), 65_536 / 2));
            }
            studio.run(200);
            Quality good = alice.session().quality();
            // What cannot be: of another source, of a report that was never sent, answered twice, held for longer than
            // since.
            says(alice, new ReportBlock(ours + 1, 255, 5000, 1, 8000, 0, 0));
            says(alice, new ReportBlock(ours, 26, 40, 1, 80, 0x1234_5678, 0));
            says(alice, new ReportBlock(ours, 26, 40, 1, 80, lastReport(alice).ntpMiddle(), 0));
            says(alice, new ReportBlock(ours, 26, 40, 1, 80, lastReport(alice).ntpMiddle(), -1));
            studio.run(500);
            Quality quality = atTheEnd(studio, alice);
            assertTrue(good.sent() <= quality.sent());
            assertEquals(81, quality.roundTrip().orElseThrow(), 1.5);
            assertEquals(81, quality.mostRoundTrip().orElseThrow(), 1.5);
            Quality.FarEnd far = quality.farEnd().orElseThrow();
            assertEquals(10, far.jitter(), 0.01);
            assertEquals(40.0 / quality.sent(), far.loss(), 0.005);
            assertTrue(quality.farOpinion().orElseThrow() < 4.2, quality::toString);
        }
    }

    @Test
    void nonsenseIsCutToWhatCanBe() {
        // The network is hostile: no figure is without bounds.
        try (Studio studio = new Studio(7)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            alice.session().play(Layer.VERB, 1, Sound.music(), 0);
            studio.run(8_000);
            int ours = lastReport(alice).ssrc();
            says(alice, new ReportBlock(ours, 255, 0x7fffff, -1, -1, -1, -1));
            says(alice, new ReportBlock(ours, 255, -0x800000, -1, -1, 0, -1));
            says(alice, new ReportBlock(ours, 255, 0x7fffff, -1, -1, 0, -1));
            studio.run(100);
            Quality quality = atTheEnd(studio, alice);
            Quality.FarEnd far = quality.farEnd().orElseThrow();
            assertEquals(1, far.loss());
            assertEquals(60_000, far.mostJitter());
            assertEquals(1, quality.farOpinion().orElseThrow());
            assertTrue(quality.roundTrip().isEmpty());
        }
    }
}

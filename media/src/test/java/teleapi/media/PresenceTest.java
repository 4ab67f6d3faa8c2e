package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import teleapi.media.codec.G711;
import teleapi.media.rtp.RtcpWriter;

/** A peer of which nothing comes is noticed (reference/reliability.md section 3). */
final class PresenceTest {
    private static Studio studio(int seed) {
        return new Studio(seed, new MediaSettings(Studio.HOST, Studio.HOST, 20_000, 20_099, 1, Duration.ofSeconds(30)));
    }

    private static Studio.Line expected(Studio studio) {
        Studio.Line line = studio.talking(500, G711.PCMU);
        line.session().expectSound();
        studio.run(10_000);
        assertEquals(List.of(), studio.toldBy(line.session()));
        return line;
    }

    @Test
    void silenceOnTheWireIsToldAtOnceAndItsEndToo() {
        // MediaEvent.StreamLost, StreamResumed, StreamGone.
        try (Studio studio = studio(1)) {
            Studio.Line alice = expected(studio);
            alice.phone().hush();
            studio.run(4_900);
            assertEquals(List.of(), studio.toldBy(alice.session()));
            studio.run(1_300);
            assertEquals(List.of(new MediaEvent.StreamLost()), studio.toldBy(alice.session()));
            alice.phone().talk();
            studio.run(1_100);
            assertEquals(
                    List.of(new MediaEvent.StreamLost(), new MediaEvent.StreamResumed()),
                    studio.toldBy(alice.session()));
            alice.phone().hush();
            studio.run(29_000);
            assertTrue(!studio.has(alice.session(), new MediaEvent.StreamGone()));
            studio.run(40_000);
            assertEquals(4, studio.toldBy(alice.session()).size());
            assertEquals(
                    new MediaEvent.StreamGone(), studio.toldBy(alice.session()).getLast());
        }
    }

    @Test
    void whoWasNeverHeardIsMissedFromTheAnswerOn() {
        // MediaSession.expectSound: from then on, not from the first packet.
        try (Studio studio = studio(2)) {
            Studio.Line alice = studio.line(500, G711.PCMU);
            studio.run(60_000);
            alice.session().expectSound();
            studio.run(4_000);
            assertEquals(List.of(), studio.toldBy(alice.session()));
            studio.run(27_500);
            assertEquals(
                    List.of(new MediaEvent.StreamLost(), new MediaEvent.StreamGone()), studio.toldBy(alice.session()));
        }
    }

    @Test
    void whoIsOnHoldOrSaidThatHeSendsNothingIsNotMissed() {
        // RFC 3264 §8.4; reliability: not on hold, not for one-way by SDP.
        for (String direction : List.of("sendonly", "recvonly", "inactive")) {
            try (Studio studio = studio(3)) {
                Studio.Line alice = expected(studio);
                alice.session().answer(alice.phone().sdp(direction));
                alice.phone().hush();
                studio.run(120_000);
                assertEquals(List.of(), studio.toldBy(alice.session()), direction);
                alice.session().answer(alice.phone().sdp());
                studio.run(4_000);
                assertEquals(List.of(), studio.toldBy(alice.session()), direction);
                studio.run(2_500);
                assertEquals(List.of(new MediaEvent.StreamLost()), studio.toldBy(alice.session()), direction);
            }
        }
    }

    @Test
    void whoOnlyListensAndReportsIsThere() {
        // RFC 3551 §4.1: with silence suppression nothing is sent for as long as nothing is said.
        try (Studio studio = studio(4)) {
            Studio.Line alice = expected(studio);
            alice.phone().hush();
            ByteBuffer report = ByteBuffer.allocate(100);
            RtcpWriter.report(report, 500, "alice", Optional.empty(), Optional.empty(), false);
            byte[] bytes = new byte[report.remaining()];
            report.get(bytes);
            for (int i = 0; i < 20; i++) {
                alice.phone().raw(bytes);
                studio.run(4_000);
            }
            assertEquals(List.of(), studio.toldBy(alice.session()));
        }
    }

    @Test
    void withoutALimitNobodyLooks() {
        // MediaSettings.longestSilence.
        try (Studio studio = new Studio(5)) {
            Studio.Line alice = studio.line(500, G711.PCMU);
            alice.session().expectSound();
            studio.run(300_000);
            assertEquals(List.of(), studio.toldBy(alice.session()));
        }
    }
}

package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import teleapi.media.codec.G711;
import teleapi.runtime.simulated.Weather;

/** Sound over whatever is heard. */
final class MixedSoundsTest {
    private static final Sound WHISPER = Sound.tone(2500, Duration.ofMillis(400), -12);

    private static long with(List<Heard> heard, int hertz) {
        return heard.stream().filter(p -> p.has(hertz)).count();
    }

    /** No more than 50 packets a second, and none of them without sound of the other side. */
    private static void assertOnePaced(List<Heard> heard) {
        Studio.assertContinuous(heard);
        for (int i = 0; i + 50 < heard.size(); i++) {
            long span = heard.get(i + 50).nanos() - heard.get(i).nanos();
            assertTrue(span > 960_000_000, () -> "50 packets in " + span / 1e6 + " ms");
        }
    }

    @Test
    void inABridgeBothAreHeardAndTheOtherSideIsNotDisturbed() {
        // MediaSession.mix: added to the packets that are passed on.
        for (G711 law : G711.values()) {
            try (Studio studio = new Studio(1)) {
                Studio.Line alice = studio.talking(500, law);
                Studio.Line bob = studio.talking(1000, G711.PCMA);
                Studio.bridge(alice, bob);
                studio.run(300);
                alice.session().mix(1, WHISPER, 2);
                studio.until(alice.session(), new MediaEvent.PlaybackFinished(1));
                studio.run(200);
                List<Heard> heard = alice.phone().heard();
                assertOnePaced(heard);
                assertEquals(40, with(heard, 2500));
                assertTrue(heard.stream().allMatch(p -> p.has(1000) && p.payload().length == 160));
                assertEquals(1, heard.stream().filter(Heard::marker).count());
                assertTrue(bob.phone().heard().stream().noneMatch(p -> p.has(2500)));
            }
        }
    }

    @Test
    void packetsOfAnyLengthCarryIt() {
        // RFC 3551 §4.2: what is passed on keeps its length.
        for (int millis : new int[] {10, 30, 40, 60}) {
            try (Studio studio = new Studio(millis)) {
                Studio.Line alice = studio.line(500, G711.PCMU);
                Studio.Line bob = studio.talking(1000, G711.PCMU);
                bob.phone().packetsOf(millis);
                Studio.bridge(alice, bob);
                studio.run(300);
                alice.session().mix(1, Sound.tone(2500, Duration.ofMillis(600), -12), 1);
                studio.until(alice.session(), new MediaEvent.PlaybackFinished(1));
                studio.run(200);
                List<Heard> heard = alice.phone().heard();
                assertEquals(600 / millis, with(heard, 2500), millis + " ms");
                assertTrue(heard.stream().allMatch(p -> p.has(1000)));
            }
        }
    }

    @Test
    void whenTheOtherSideSendsNothingItIsHeardAllTheSame() {
        // MediaSession.mix: while there are no packets to pass on it has packets of its own.
        for (int seed = 0; seed < 20; seed++) {
            try (Studio studio = new Studio(seed)) {
                Studio.Line alice = studio.line(500, G711.PCMU);
                Studio.Line bob = studio.talking(1000, G711.PCMU);
                Studio.bridge(alice, bob);
                studio.run(300 + seed);
                alice.session().mix(1, Sound.tone(2500, Duration.ofSeconds(1), -12), 0);
                studio.run(500);
                bob.phone().hush();
                studio.run(1000);
                bob.phone().talk();
                studio.run(1000);
                alice.session().stopPlayback(1);
                studio.run(10);
                long stopped = studio.now();
                studio.run(200);
                List<Heard> heard = alice.phone().heard();
                assertOnePaced(heard);
                long alone =
                        heard.stream().filter(p -> p.has(2500) && !p.has(1000)).count();
                assertTrue(alone >= 44 && alone <= 50, () -> alone + " packets of its own");
                for (int i = 1; i < heard.size(); i++) {
                    int which = i;
                    long pause = heard.get(i).nanos() - heard.get(i - 1).nanos();
                    assertTrue(pause < 135_000_000, () -> pause / 1e6 + " ms before packet " + which);
                }
                assertEquals(
                        with(heard, 2500),
                        with(
                                heard.stream()
                                        .filter(p -> p.nanos() < stopped + 1_000_000)
                                        .toList(),
                                2500));
                assertTrue(alice.heardAfter(stopped + 1_000_000).stream().allMatch(p -> p.has(1000)));
            }
        }
    }

    @Test
    void overOneWhoHoldsItIsHeardAtOnceAndAloneWhilePacketsAreMissing() {
        // RFC 3264 §8.4: the other side says that it sends nothing.
        try (Studio studio = new Studio(3)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            Studio.Line bob = studio.talking(1000, G711.PCMU);
            Studio.bridge(alice, bob);
            studio.run(300);
            bob.phone().hush();
            bob.session().answer(bob.phone().sdp("inactive"));
            studio.run(100);
            long asked = studio.now();
            alice.session().mix(1, WHISPER, 1);
            studio.until(alice.session(), new MediaEvent.PlaybackFinished(1));
            studio.run(100);
            List<Heard> whispered =
                    alice.phone().heard().stream().filter(p -> p.has(2500)).toList();
            assertEquals(20, whispered.size());
            assertTrue(whispered.getFirst().nanos() - asked < 22_000_000);
            assertEquals(
                    19 * 20_000_000L,
                    whispered.getLast().nanos() - whispered.getFirst().nanos());
            assertOnePaced(alice.phone().heard());
        }
    }

    @Test
    void overTheMutedAndForTheDeafItIsHeard() {
        // MediaSession.mute, deaf: what is played to the peer is heard.
        try (Studio studio = new Studio(4)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            Studio.Line bob = studio.talking(1000, G711.PCMU);
            Studio.bridge(alice, bob);
            bob.session().mute(true, 1);
            bob.session().deaf(true, 2);
            studio.run(200);
            alice.session().mix(1, WHISPER, 1);
            bob.session().mix(1, WHISPER, 1);
            studio.run(1000);
            assertEquals(20, with(alice.phone().heard(), 2500));
            assertEquals(20, with(bob.phone().heard(), 2500));
            assertOnePaced(alice.phone().heard());
            assertOnePaced(bob.phone().heard());
            assertEquals(0, with(alice.heardAfter(100_000_000), 1000));
        }
    }

    @Test
    void aKeyThatIsNotPassedOnDoesNotHoldItUp() {
        // ADR-0011: when nothing arrives, frames of our own carry it. The muted and those who talk to the deaf press
        // keys for
        // us alone.
        for (boolean muted : new boolean[] {true, false}) {
            try (Studio studio = new Studio(6)) {
                Studio.Line alice = studio.line(500, G711.PCMU);
                Studio.Line bob = studio.talking(1000, G711.PCMU);
                Studio.bridge(alice, bob);
                if (muted) {
                    bob.session().mute(true, 1);
                } else {
                    alice.session().deaf(true, 1);
                }
                alice.session().mix(1, Sound.tone(2500, Duration.ofSeconds(1), -12), 0);
                studio.run(300);
                bob.phone().hush();
                long pressed = studio.now();
                for (int i = 1; i <= 50; i++) {
                    bob.phone().event(5, false, i * 160, 160);
                    studio.run(20);
                }
                long heard = with(alice.heardAfter(pressed), 2500);
                assertTrue(heard >= 43, () -> "heard " + heard);
                assertOnePaced(alice.phone().heard());
            }
        }
    }

    @Test
    void overARoomAPlaybackAndNothingItIsHeard() {
        // MediaSession.mix: whatever the peer hears.
        try (Studio studio = new Studio(5)) {
            Room room = studio.engine.openRoom("AC1");
            Studio.Line alice = studio.talking(500, G711.PCMU);
            Studio.Line bob = studio.talking(1000, G711.PCMA);
            Studio.Line carol = studio.line(1500, G711.PCMA);
            Studio.Line dave = studio.line(2000, G711.PCMU);
            alice.session().join(room);
            bob.session().join(room);
            carol.session().play(Layer.HOLD, 9, Sound.tone(800, Duration.ofSeconds(1), -12), 0);
            studio.run(300);
            alice.session().mix(1, WHISPER, 1);
            carol.session().mix(1, WHISPER, 1);
            dave.session().mix(1, WHISPER, 1);
            studio.run(600);
            dave.session().mix(2, WHISPER, 1);
            studio.run(1000);
            for (Studio.Line line : List.of(alice, carol, dave)) {
                assertEquals(line.equals(dave) ? 40 : 20, with(line.phone().heard(), 2500));
                assertTrue(studio.has(line.session(), new MediaEvent.PlaybackFinished(1)));
                assertOnePaced(line.phone().heard());
            }
            assertTrue(alice.phone().heard().stream().filter(p -> p.has(2500)).allMatch(p -> p.has(1000)));
            assertTrue(carol.phone().heard().stream().allMatch(p -> p.has(800)));
            assertEquals(0, with(bob.phone().heard(), 2500));
            List<Heard> whispered =
                    dave.phone().heard().stream().filter(p -> p.has(2500)).toList();
            assertEquals(40, whispered.size());
            List<Heard> second = whispered.subList(20, 40);
            assertTrue(second.getFirst().marker());
            long gap = second.getFirst().timestamp() - whispered.get(19).timestamp();
            assertTrue(gap > 160 * 8, () -> "the pause is in the timestamps: " + gap);
        }
    }

    @Test
    void fourAtOnceAndOneMoreIsToldFinished() {
        // MediaSession.mix: up to four; loud on loud is cut and never wraps.
        try (Studio studio = new Studio(6)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            Studio.Line bob = studio.talking(1000, G711.PCMU);
            Studio.bridge(alice, bob);
            studio.run(100);
            for (int i = 0; i < 5; i++) {
                alice.session().mix(i, Sound.tone(1500, Duration.ofMillis(200), 0), 1);
            }
            studio.until(alice.session(), new MediaEvent.PlaybackFinished(4));
            assertEquals(List.of(new MediaEvent.PlaybackFinished(4)), studio.toldBy(alice.session()));
            studio.until(alice.session(), new MediaEvent.PlaybackFinished(0));
            studio.run(50);
            assertEquals(5, studio.toldBy(alice.session()).size());
            for (Heard packet : alice.phone().heard()) {
                if (packet.has(1500)) {
                    // Four of full level are a square wave, whose first line is 4/pi of its height.
                    assertTrue(packet.level(1500) > 35_000, () -> "level " + packet.level(1500));
                }
            }
        }
    }

    @Test
    void lossAndDisorderOfTheOtherSideLeaveItWhole() {
        // ADR-0011: a late packet has nothing added; the rest carries all of it.
        for (int seed = 0; seed < 20; seed++) {
            try (Studio studio = new Studio(seed)) {
                studio.world.weather(
                        datagram ->
                                datagram.from().getAddress().getHostAddress().equals("10.0.1.2"),
                        Weather.FAIR
                                .withLoss(0.1)
                                .withReordering(0.2)
                                .withLatency(Duration.ofMillis(1), Duration.ofMillis(45)));
                Studio.Line alice = studio.line(500, G711.PCMU);
                Studio.Line bob = studio.talking(1000, G711.PCMU);
                Studio.bridge(alice, bob);
                studio.run(300);
                alice.session().mix(1, Sound.tone(2500, Duration.ofSeconds(2), -12), 1);
                studio.until(alice.session(), new MediaEvent.PlaybackFinished(1));
                studio.run(200);
                assertEquals(100, with(alice.phone().heard(), 2500));
                int newest = alice.phone().heard().getFirst().sequence();
                for (Heard packet : alice.phone().heard()) {
                    int step = (short) (packet.sequence() - newest);
                    assertTrue(
                            step >= 0 || !packet.has(2500), "added to a late packet, it would be heard out of order");
                    newest = step > 0 ? packet.sequence() : newest;
                }
            }
        }
    }

    @Test
    void itWaitsWhileDigitsAreSent() {
        // MediaSession.mix: it waits while digits are sent.
        try (Studio studio = new Studio(8)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            Studio.Line bob = studio.talking(1000, G711.PCMU);
            Studio.bridge(alice, bob);
            studio.run(100);
            alice.session().mix(1, WHISPER, 1);
            studio.run(100);
            alice.session().sendDigits(5, "12");
            studio.until(alice.session(), new MediaEvent.PlaybackFinished(1));
            assertTrue(studio.has(alice.session(), new MediaEvent.DigitsSent(5)));
            assertEquals(
                    20,
                    alice.phone().heard().stream()
                            .filter(p -> p.type() == 0 && p.has(2500))
                            .count());
        }
    }
}

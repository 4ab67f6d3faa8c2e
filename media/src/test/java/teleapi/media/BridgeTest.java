package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import teleapi.media.codec.G711;

/** Two parties, packet by packet. */
final class BridgeTest {
    @Test
    void bothHearEachOtherAndNotThemselves() {
        // MediaSession.bridge; RFC 3550 §5.1.
        try (Studio studio = new Studio(1)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            Studio.Line bob = studio.talking(1000, G711.PCMU);
            Studio.bridge(alice, bob);
            studio.run(1000);
            for (List<Heard> heard : List.of(alice.phone().heard(), bob.phone().heard())) {
                assertTrue(heard.size() >= 48, () -> "heard " + heard.size());
                Studio.assertContinuous(heard);
                assertTrue(heard.getFirst().marker());
                assertEquals(1, heard.stream().filter(Heard::marker).count());
            }
            assertTrue(alice.phone().heard().stream().allMatch(p -> p.has(1000) && !p.has(500) && p.type() == 0));
            assertTrue(bob.phone().heard().stream().allMatch(p -> p.has(500) && !p.has(1000)));
        }
    }

    @Test
    void lawsAreTranslated() {
        // RFC 3551 §6: each side gets the payload type it agreed on.
        try (Studio studio = new Studio(2)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            Studio.Line bob = studio.talking(1000, G711.PCMA);
            Studio.bridge(alice, bob);
            studio.run(500);
            assertTrue(alice.phone().heard().stream().allMatch(p -> p.type() == 0 && p.has(1000)));
            assertTrue(bob.phone().heard().stream().allMatch(p -> p.type() == 8 && p.has(500)));
            assertTrue(alice.phone().heard().size() > 20 && bob.phone().heard().size() > 20);
        }
    }

    @Test
    void noPacketAfterAppliedHasTheSound() {
        // MediaEvent.Applied; CONTRACT section 2: 200 means that it has taken effect.
        for (int seed = 0; seed < 20; seed++) {
            try (Studio studio = new Studio(seed)) {
                Studio.Line alice = studio.talking(500, G711.PCMU);
                Studio.Line bob = studio.talking(1000, G711.PCMA);
                Studio.bridge(alice, bob);
                studio.run(500 + 7 * seed);
                alice.session().mute(true, 7);
                long applied = studio.until(alice.session(), new MediaEvent.Applied(7));
                studio.run(500);
                // A millisecond is what the network takes for what was sent before.
                List<Heard> after = bob.heardAfter(applied + 1_000_000);
                assertTrue(after.size() >= 24, () -> "RTP goes on: " + after.size());
                assertTrue(after.stream().allMatch(p -> p.silent() && p.payload().length == 160));
                assertTrue(alice.heardAfter(applied).stream().allMatch(p -> p.has(1000)), "the muted still hear");
                alice.session().mute(false, 8);
                long lifted = studio.until(alice.session(), new MediaEvent.Applied(8));
                studio.run(200);
                assertTrue(bob.heardAfter(lifted + 1_000_000).stream().allMatch(p -> p.has(500)));
                Studio.assertContinuous(bob.phone().heard());
                assertEquals(
                        1, bob.phone().heard().stream().filter(Heard::marker).count());
            }
        }
    }

    @Test
    void aPlaybackIsHeardInsteadOfThePeerAndNeverMixed() {
        // MediaSession.play: the peer hears it instead; the other one still hears the peer.
        try (Studio studio = new Studio(4)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            Studio.Line bob = studio.talking(1000, G711.PCMU);
            Studio.bridge(alice, bob);
            studio.run(300);
            long asked = studio.now();
            alice.session().play(Layer.VERB, 1, Sound.tone(1500, Duration.ofMillis(400), -12), 1);
            long finished = studio.until(alice.session(), new MediaEvent.PlaybackFinished(1));
            studio.run(300);
            List<Heard> heard = alice.phone().heard();
            Studio.assertContinuous(heard);
            List<Heard> prompt = heard.stream().filter(p -> p.has(1500)).toList();
            assertEquals(20, prompt.size());
            assertTrue(prompt.stream().noneMatch(p -> p.has(1000)));
            assertTrue(prompt.getFirst().nanos() - asked <= 21_000_000, "within one tick");
            assertTrue(prompt.getFirst().marker());
            assertTrue(heard.stream()
                    .filter(p -> p.nanos() > prompt.getFirst().nanos() && p.nanos() < finished)
                    .allMatch(p -> p.has(1500)));
            assertTrue(alice.heardAfter(finished + 1_000_000).stream().allMatch(p -> p.has(1000)));
            assertTrue(bob.phone().heard().size() > 45
                    && bob.phone().heard().stream().allMatch(p -> p.has(500)));
        }
    }

    @Test
    void aReplacedPlaybackIsNotHeardAgainNorToldFinished() {
        // MediaSession.play: replaces a playback that runs, within one media tick.
        try (Studio studio = new Studio(5)) {
            Studio.Line alice = studio.line(500, G711.PCMA);
            alice.session().play(Layer.VERB, 1, Sound.tone(1500, Duration.ofSeconds(1), -12), 0);
            studio.run(1500);
            alice.session().play(Layer.VERB, 2, Sound.tone(2000, Duration.ofMillis(210), -12), 2);
            long finished = studio.until(alice.session(), new MediaEvent.PlaybackFinished(2));
            studio.run(100);
            List<Heard> heard = alice.phone().heard();
            Studio.assertContinuous(heard);
            assertEquals(21, heard.stream().filter(p -> p.has(2000)).count());
            assertTrue(heard.stream().takeWhile(p -> !p.has(2000)).allMatch(p -> p.has(1500)));
            assertTrue(alice.heardAfter(finished + 1_000_000).stream().allMatch(Heard::silent));
            assertFalse(studio.has(alice.session(), new MediaEvent.PlaybackFinished(1)));
            for (int i = 1; i < 75; i++) {
                assertEquals(20_000_000, heard.get(i).nanos() - heard.get(i - 1).nanos());
            }
        }
    }

    @Test
    void aStoppedPlaybackIsStoppedByItsNumberOnly() {
        // MediaSession.stopPlayback.
        try (Studio studio = new Studio(6)) {
            Studio.Line alice = studio.line(500, G711.PCMU);
            alice.session().play(Layer.VERB, 1, Sound.tone(1500, Duration.ofSeconds(5), -12), 1);
            studio.run(200);
            alice.session().stopPlayback(2);
            studio.run(200);
            assertTrue(alice.phone().heard().size() >= 19);
            alice.session().stopPlayback(1);
            studio.run(1);
            long stopped = studio.now();
            studio.run(200);
            assertTrue(alice.heardAfter(stopped + 1_000_000).isEmpty());
            assertTrue(studio.toldBy(alice.session()).isEmpty());
        }
    }

    @Test
    void numbersGoOnFromPromptToBridgeToRoomAndBack() {
        // RFC 3550 §5.1: one SSRC, one row of numbers, whatever the source.
        try (Studio studio = new Studio(7)) {
            Studio.Line alice = studio.line(500, G711.PCMU);
            Studio.Line bob = studio.talking(1000, G711.PCMA);
            Studio.Line carol = studio.talking(2000, G711.PCMU);
            alice.session().play(Layer.VERB, 1, Sound.tone(1500, Duration.ofMillis(300), -12), 1);
            studio.run(500);
            Studio.bridge(alice, bob);
            studio.run(300);
            Studio.bridge(alice, carol);
            studio.run(300);
            carol.phone().beginAnew();
            studio.run(300);
            Room room = studio.engine.openRoom("AC1");
            alice.session().join(room);
            bob.session().join(room);
            studio.run(300);
            room.close();
            studio.run(100);
            Studio.bridge(bob, alice);
            studio.run(300);
            List<Heard> heard = alice.phone().heard();
            Studio.assertContinuous(heard);
            assertTrue(heard.size() > 80);
            long first = heard.getFirst().nanos();
            long samples = (heard.getLast().timestamp() - heard.getFirst().timestamp()) & 0xffff_ffffL;
            assertEquals(
                    (heard.getLast().nanos() - first) / 125_000.0,
                    (double) samples,
                    400,
                    "timestamps keep up with time");
            assertTrue(heard.getLast().has(1000));
        }
    }

    @Test
    void onePartyOnHoldGetsNothingAndTheOtherHearsSilence() {
        // RFC 3264 §8.4; brief of MediaSession: RTP to the others goes on.
        for (String direction : List.of("inactive", "sendonly", "0.0.0.0")) {
            try (Studio studio = new Studio(8)) {
                Studio.Line alice = studio.talking(500, G711.PCMU);
                Studio.Line bob = studio.talking(1000, G711.PCMU);
                Studio.bridge(alice, bob);
                studio.run(300);
                alice.phone().hush();
                byte[] sdp = direction.equals("0.0.0.0")
                        ? alice.phone()
                                .sdp(
                                        "sendrecv",
                                        "0.0.0.0",
                                        alice.phone().address().getPort())
                        : alice.phone().sdp(direction);
                assertTrue(assertInstanceOf(
                                Negotiation.Agreed.class, alice.session().answer(sdp))
                        .onHold());
                studio.run(10);
                long held = studio.now();
                studio.run(1000);
                assertTrue(alice.heardAfter(held).isEmpty());
                List<Heard> after = bob.heardAfter(held);
                assertTrue(after.size() >= 44, () -> "silence goes on: " + after.size());
                assertTrue(after.stream().allMatch(Heard::silent));
                assertInstanceOf(
                        Negotiation.Agreed.class,
                        alice.session().answer(alice.phone().sdp()));
                alice.phone().talk();
                studio.run(10);
                long resumed = studio.now();
                studio.run(300);
                assertTrue(bob.heardAfter(resumed).size() >= 14
                        && bob.heardAfter(resumed).stream().allMatch(p -> p.has(500)));
                assertTrue(alice.heardAfter(resumed).stream().allMatch(p -> p.has(1000)));
                assertTrue(alice.heardAfter(resumed).size() >= 14);
                Studio.assertContinuous(alice.phone().heard());
                Studio.assertContinuous(bob.phone().heard());
            }
        }
    }

    @Test
    void musicOfTheOneWhoHoldsIsHeard() {
        // RFC 3264 §8.4: sendonly means that it may go on sending.
        try (Studio studio = new Studio(9)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            Studio.Line bob = studio.talking(1000, G711.PCMU);
            Studio.bridge(alice, bob);
            alice.session().answer(alice.phone().sdp("sendonly"));
            studio.run(1000);
            List<Heard> heard = bob.phone().heard();
            assertTrue(heard.size() >= 48);
            // Silence from the moment before the bridge, and then nothing but the music.
            assertTrue(heard.getFirst().silent());
            assertTrue(heard.stream().skip(1).allMatch(p -> p.has(500)));
        }
    }

    @Test
    void whoLeavesIsHeardNoMore() {
        // MediaSession.leave.
        try (Studio studio = new Studio(10)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            Studio.Line bob = studio.talking(1000, G711.PCMU);
            Studio.bridge(alice, bob);
            studio.run(200);
            bob.session().leave();
            studio.run(2);
            long left = studio.now();
            studio.run(200);
            for (Studio.Line line : List.of(alice, bob)) {
                List<Heard> after = line.heardAfter(left);
                assertTrue(after.size() <= 1 && after.stream().allMatch(Heard::silent));
            }
        }
    }
}

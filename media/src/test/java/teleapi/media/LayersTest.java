package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import teleapi.media.codec.G711;

/** Playbacks one above the other. */
final class LayersTest {
    private static final Sound LOW = Sound.tone(500, Duration.ofMillis(400), -12);
    private static final Sound HIGH = Sound.tone(1500, Duration.ofMillis(200), -12);
    private static final Sound HIGHEST = Sound.tone(2500, Duration.ofMillis(200), -12);

    @Test
    void theHighestIsHeardAndTheOthersWaitWhereTheyAre() {
        // Layer: lower ones wait, and go on later.
        try (Studio studio = new Studio(1)) {
            Studio.Line alice = studio.line(900, G711.PCMU);
            alice.session().play(Layer.VERB, 1, LOW, 1);
            studio.run(110);
            alice.session().play(Layer.OVERLAY, 2, HIGHEST, 1);
            studio.run(50);
            alice.session().play(Layer.HOLD, 3, HIGH, 1);
            studio.until(alice.session(), new MediaEvent.PlaybackFinished(1));
            List<Heard> heard = alice.phone().heard();
            Studio.assertContinuous(heard);
            StringBuilder order = new StringBuilder();
            for (Heard packet : heard) {
                order.append(packet.has(500) ? 'v' : packet.has(1500) ? 'h' : packet.has(2500) ? 'o' : '-');
                assertEquals(
                        1, List.of(500, 1500, 2500).stream().filter(packet::has).count(), "one at a time");
            }
            assertTrue(order.toString().matches("v{5,6}o{10}h{10}v{14,15}"), order.toString());
            assertEquals(20, heard.stream().filter(p -> p.has(500)).count());
            for (int i = 1; i < heard.size(); i++) {
                assertEquals(20_000_000, heard.get(i).nanos() - heard.get(i - 1).nanos());
            }
            assertEquals(
                    List.of(
                            new MediaEvent.PlaybackFinished(2),
                            new MediaEvent.PlaybackFinished(3),
                            new MediaEvent.PlaybackFinished(1)),
                    studio.toldBy(alice.session()));
        }
    }

    @Test
    void aLayerIsReplacedAndStoppedUnderneathWithoutBeingHeard() {
        // MediaSession.play: replaces what runs in the same layer; stopPlayback: in whatever layer.
        try (Studio studio = new Studio(2)) {
            Studio.Line alice = studio.talking(900, G711.PCMU);
            Studio.Line bob = studio.talking(2000, G711.PCMU);
            Studio.bridge(alice, bob);
            alice.session().play(Layer.VERB, 1, LOW, 0);
            alice.session().play(Layer.AWAY, 2, HIGH, 0);
            studio.run(100);
            alice.session().play(Layer.VERB, 3, HIGHEST, 0);
            studio.run(100);
            alice.session().stopPlayback(3);
            studio.run(100);
            alice.session().stopPlayback(2);
            studio.run(2);
            long stopped = studio.now();
            studio.run(200);
            List<Heard> after = alice.heardAfter(stopped + 1_000_000);
            assertTrue(after.size() >= 9 && after.stream().allMatch(p -> p.has(2000) && !p.has(1500)));
            assertTrue(alice.phone().heard().stream().noneMatch(p -> p.has(500) || p.has(2500)));
            assertTrue(studio.toldBy(alice.session()).isEmpty());
        }
    }

    @Test
    void theFirstPacketAfterAChangeIsToldOnce() {
        // MediaSession.watch.
        try (Studio studio = new Studio(3)) {
            Studio.Line alice = studio.line(900, G711.PCMU);
            alice.session().watch(7);
            studio.run(100);
            assertFalse(studio.has(alice.session(), new MediaEvent.FirstPacket(7)));
            alice.session().play(Layer.VERB, 1, LOW, 0);
            alice.session().watch(8);
            long told = studio.until(alice.session(), new MediaEvent.FirstPacket(8));
            studio.run(200);
            long arrived = alice.phone().heard().getFirst().nanos();
            assertTrue(arrived >= told && arrived - told < 5_000_000);
            assertEquals(
                    List.of(new MediaEvent.FirstPacket(7), new MediaEvent.FirstPacket(8)),
                    studio.toldBy(alice.session()));
        }
    }
}

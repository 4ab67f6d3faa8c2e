package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import teleapi.media.codec.G711;

/** Who is not heard, and who does not hear, from the moment it is told. */
final class MuteAndDeafTest {
    @Test
    void inTenThousandMutesNoPacketPassesAfterApplied() {
        // Issue 3, "How it is shown": no packet sent after the answer passes, in 10,000 mutes.
        for (int seed = 0; seed < 10; seed++) {
            Random chance = new Random(seed);
            try (Studio studio = new Studio(seed)) {
                Studio.Line alice = studio.talking(500, G711.PCMU);
                Studio.Line bob = studio.talking(1000, G711.PCMA);
                Studio.bridge(alice, bob);
                studio.run(100);
                int silent = 0;
                int speaking = 0;
                for (int mute = 0; mute < 1000; mute++) {
                    alice.session().mute(true, 2L * mute);
                    long applied = untilTold(studio, alice, 2L * mute);
                    studio.world.runFor(Duration.ofNanos(chance.nextInt(45_000_000)));
                    long lifted = studio.now();
                    alice.session().mute(false, 2L * mute + 1);
                    untilTold(studio, alice, 2L * mute + 1);
                    studio.world.runFor(Duration.ofNanos(chance.nextInt(45_000_000)));
                    for (Heard packet : bob.phone().heard()) {
                        // At least a millisecond under way, for both ends of the time.
                        long sent = packet.nanos() - 1_000_000;
                        if (sent > applied && packet.nanos() <= lifted) {
                            silent++;
                            assertTrue(packet.silent(), () -> "heard " + (sent - applied) + " ns after");
                        } else if (packet.has(500)) {
                            speaking++;
                        }
                    }
                    bob.phone().heard().clear();
                    alice.phone().heard().clear();
                    studio.told.clear();
                }
                assertTrue(silent > 500 && speaking > 500, silent + " silent, " + speaking + " not");
            }
        }
    }

    private static long untilTold(Studio studio, Studio.Line line, long request) {
        return studio.until(line.session(), new MediaEvent.Applied(request));
    }

    @Test
    void theDeafHearSilenceInABridgeAndAreHeard() {
        // MediaSession.deaf: RTP goes on as silence.
        for (int seed = 0; seed < 20; seed++) {
            try (Studio studio = new Studio(seed)) {
                Studio.Line alice = studio.talking(500, G711.PCMU);
                Studio.Line bob = studio.talking(1000, G711.PCMA);
                Studio.bridge(alice, bob);
                studio.run(200 + seed);
                alice.session().deaf(true, 1);
                long applied = untilTold(studio, alice, 1);
                studio.run(300);
                bob.phone().event(5, true, 480, 40);
                studio.run(100);
                List<Heard> during = alice.heardAfter(applied + 1_000_000);
                assertTrue(during.size() >= 19 && during.stream().allMatch(p -> p.silent() && p.type() == 0));
                assertTrue(bob.heardAfter(applied).stream().allMatch(p -> p.has(500)));
                alice.session().deaf(false, 2);
                long lifted = untilTold(studio, alice, 2);
                studio.run(200);
                List<Heard> after = alice.heardAfter(lifted + 1_000_000);
                assertTrue(after.size() >= 9 && after.stream().allMatch(p -> p.has(1000)));
                Studio.assertContinuous(alice.phone().heard());
            }
        }
    }

    @Test
    void theDeafHearSilenceInARoomAndWhatIsPlayedToThem() {
        // MediaSession.deaf: room, announcements included, are kept from it; its own playbacks are not.
        try (Studio studio = new Studio(2)) {
            Room room = studio.engine.openRoom("AC1");
            List<Studio.Line> lines = new ArrayList<>();
            for (int hertz : new int[] {500, 1000, 1500}) {
                lines.add(studio.talking(hertz, G711.PCMU));
                lines.getLast().session().join(room);
            }
            studio.run(200);
            MediaSession deaf = lines.getFirst().session();
            deaf.deaf(true, 1);
            long applied = untilTold(studio, lines.getFirst(), 1);
            studio.run(200);
            room.announce(Sound.beep());
            studio.run(300);
            List<Heard> during = lines.getFirst().heardAfter(applied + 1_000_000);
            assertTrue(during.size() >= 24 && during.stream().allMatch(Heard::silent));
            assertTrue(lines.get(1).heardAfter(applied).stream().allMatch(p -> p.has(500)));
            deaf.play(Layer.OVERLAY, 1, Sound.tone(2000, Duration.ofMillis(200), -12), 1);
            studio.run(400);
            assertEquals(
                    10,
                    lines.getFirst().phone().heard().stream()
                            .filter(p -> p.has(2000))
                            .count());
            Studio.assertContinuous(lines.getFirst().phone().heard());
        }
    }
}

package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import teleapi.media.codec.G711;
import teleapi.media.codec.Wideband;
import teleapi.runtime.simulated.Weather;

/** What somebody was not to hear is not heard later either: neither what waits somewhere, nor what is made of it for what is lost. */
final class StaleSoundTest {
    private static final int SEEDS = 20;

    /** Alice says what only some may hear, falls silent, and then {@code happens}: nobody may hear her. */
    private static void inARoom(BiConsumer<Studio, MediaSession> secret, BiConsumer<Studio, MediaSession> happens) {
        for (int seed = 0; seed < SEEDS; seed++) {
            try (Studio studio = new Studio(seed)) {
                // What a bad line has taught waits longer.
                studio.world.weather(Weather.FAIR.withLatency(Duration.ofMillis(1), Duration.ofMillis(80)));
                Room room = studio.engine.openRoom("AC1");
                Studio.Line alice = studio.talking(500, G711.PCMU);
                Studio.Line bob = studio.line(1000, G711.PCMU);
                Studio.Line carol = studio.line(1500, G711.PCMU);
                bob.session().join(room);
                secret.accept(studio, alice.session());
                alice.session().join(room);
                carol.session().join(room);
                studio.run(1000);
                studio.world.weather(Weather.FAIR);
                studio.run(100 + seed);
                alice.phone().hush();
                studio.run(2);
                happens.accept(studio, alice.session());
                studio.run(500);
                long loud = carol.phone().heard().stream()
                        .filter(packet -> packet.level(500) > 200)
                        .count();
                String which = "seed " + seed + ": " + loud + " packets";
                assertTrue(loud == 0, which);
            }
        }
    }

    @Test
    void whatIsSaidWhileMutedIsNotHeardAfterIt() {
        // CONTRACT section 2: Mute says whether the others hear this party.
        inARoom((studio, alice) -> alice.mute(true, 1), (studio, alice) -> alice.mute(false, 2));
    }

    @Test
    void whatIsSaidWhileMutedIsNotHeardInAnotherRoom() {
        // The same: between two rooms nothing is missing (ADR-0015), but what nobody was to hear.
        inARoom((studio, alice) -> alice.mute(true, 1), (studio, alice) -> {
            alice.leave();
            alice.mute(false, 2);
            Room next = studio.engine.openRoom("AC1");
            Studio.Line dave = studio.line(700, G711.PCMU);
            dave.session().join(next);
            alice.join(next);
            studio.run(300);
            assertTrue(dave.phone().heard().stream().noneMatch(packet -> packet.level(500) > 200));
        });
    }

    @Test
    void whatACoachSaidDoesNotBecomePublic() {
        // ADR-0011: what was said in confidence must not become public.
        for (int seed = 0; seed < SEEDS; seed++) {
            try (Studio studio = new Studio(seed)) {
                Room room = studio.engine.openRoom("AC1");
                Studio.Line alice = studio.talking(500, G711.PCMU);
                Studio.Line bob = studio.line(1000, G711.PCMU);
                Studio.Line carol = studio.line(1500, G711.PCMU);
                bob.session().join(room);
                carol.session().join(room);
                alice.session().coach(Optional.of(bob.session()));
                alice.session().join(room);
                studio.run(300 + seed);
                assertTrue(bob.phone().heard().stream().anyMatch(packet -> packet.has(500)));
                alice.phone().hush();
                studio.run(2);
                alice.session().coach(seed % 2 == 0 ? Optional.empty() : Optional.of(carol.session()));
                studio.run(300);
                String which = "seed " + seed;
                assertTrue(carol.phone().heard().stream().noneMatch(packet -> packet.level(500) > 200), which);
            }
        }
    }

    /** What happens while Alice speaks G.711, and Bob what must be coded anew for him. */
    private interface Coded {
        void happens(String which, Studio studio, Studio.Line alice, CodecPhone bob);
    }

    private static void coded(int millis, Coded coded) {
        for (Wideband codec : Wideband.values()) {
            for (int seed = 0; seed < SEEDS; seed++) {
                try (Studio studio = new Studio(seed);
                        CodecPhone bob = new CodecPhone(studio.world, "10.0.2.2", codec, 700)) {
                    Studio.Line alice = studio.line(500, G711.PCMU);
                    MediaSession bobs = studio.open(bob);
                    alice.session().bridge(bobs);
                    bobs.bridge(alice.session());
                    alice.phone().packetsOf(millis);
                    alice.phone().talk();
                    studio.run(200 + 3 * seed);
                    coded.happens(codec + ", seed " + seed + ", " + millis + " ms", studio, alice, bob);
                }
            }
        }
    }

    @Test
    void aFrameThatWasBegunBeforeAMuteIsNotSentWithItsSound() {
        // CONTRACT section 2, issue 3: no packet that is sent after the answer has the sound. 5 ms are the ramp's, and
        // Opus
        // is heard 6.5 ms later than it was coded, and rings.
        for (int millis : new int[] {10, 30, 50}) {
            coded(millis, (which, studio, alice, bob) -> {
                alice.session().mute(true, 1);
                studio.until(alice.session(), new MediaEvent.Applied(1));
                studio.run(2);
                boolean opus = which.startsWith("OPUS");
                int mark = bob.count() + (opus ? Wideband.OPUS : Wideband.G722).delay() + 90;
                studio.run(200);
                int peak = bob.peak(mark, mark + 60);
                assertTrue(peak < (opus ? 2_500 : 200), () -> which + ": " + peak);
            });
        }
    }

    @Test
    void whatIsMadeUpAfterAMuteIsNotOfWhatWasSaidInIt() {
        // The same: a loss right after it is made up for from silence.
        coded(20, (which, studio, alice, bob) -> {
            alice.session().mute(true, 1);
            studio.run(300);
            alice.phone().hush();
            studio.run(2);
            alice.session().mute(false, 2);
            alice.phone().loses(2);
            alice.phone().says(new short[1600]);
            studio.run(300);
            assertTrue(bob.peak(200) < 100, () -> which + ": " + bob.peak(200));
        });
    }
}

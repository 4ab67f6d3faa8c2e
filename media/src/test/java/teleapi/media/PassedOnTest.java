package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import teleapi.media.codec.Wideband;

/** Sound that is passed on as it came, and is then cut off or goes on as ours: not decoded before, and all the same no click. */
final class PassedOnTest {
    private static final int HERTZ = 310;
    private static final int PHASES = 20;
    /**
     * As in {@link RampTest}: two tones of 310 Hz and 8000 that rise, a ramp from the top of one to the bottom of the other, coding. Coded by one
     * who does not know what was before it was 12,000 in G.722 and 7,000 in Opus.
     */
    private static final int CLICK = 2 * 974 + 4 * 8_000 / 80 + 600;

    private static Sound tone() {
        return Sound.tone(HERTZ, Duration.ofSeconds(1), -12);
    }

    /** Both hear each other, at each place of the wave something happens, and then its end. */
    private static void each(BiConsumer<MediaSession, MediaSession> happens, BiConsumer<String, CodecPhone> check) {
        for (Wideband codec : Wideband.values()) {
            for (int phase = 0; phase < PHASES; phase++) {
                try (Studio studio = new Studio(phase);
                        CodecPhone alice = new CodecPhone(studio.world, "10.0.2.1", codec, HERTZ);
                        CodecPhone bob = new CodecPhone(studio.world, "10.0.2.2", codec, 700)) {
                    MediaSession alices = studio.open(alice);
                    MediaSession bobs = studio.open(bob);
                    alices.bridge(bobs);
                    bobs.bridge(alices);
                    alice.talk();
                    studio.run(200 + 7 * phase);
                    happens.accept(alices, bobs);
                    studio.run(300);
                    check.accept(codec + ", phase " + phase, bob);
                    alice.hush();
                }
            }
        }
    }

    private static void assertNoClick(String what, CodecPhone phone) {
        assertTrue(phone.steepest() < CLICK, () -> what + ": a step of " + phone.steepest());
    }

    @Test
    void itIsCutByAPrompt() {
        // Issue 4, 3: no clicks at switches.
        each((alice, bob) -> bob.play(Layer.VERB, 1, tone(), 0), (which, bob) -> {
            assertNoClick(which, bob);
            assertTrue(bob.level(HERTZ, 200) > 7_000, which);
        });
    }

    @Test
    void itIsCutByMute() {
        // The same.
        each((alice, bob) -> alice.mute(true, 1), (which, bob) -> {
            assertNoClick(which, bob);
            assertTrue(bob.peak(200) < 100, () -> which + ": " + bob.peak(200));
        });
    }

    @Test
    void itIsCutByTheEndOfTheBridge() {
        // The same: the far end would go on with the last wave. Opus is heard 6.5 ms later, and rings.
        each((alice, bob) -> alice.leave(), (which, bob) -> {
            assertNoClick(which, bob);
            assertTrue(bob.peak(5) < (which.startsWith("G722") ? 100 : 2_500), () -> which + ": " + bob.peak(5));
        });
    }

    @Test
    void somethingIsPlayedOverIt() {
        // The same: two tones, so twice as steep.
        each(
                (alice, bob) -> bob.mix(1, tone(), 0),
                (which, bob) -> assertTrue(bob.steepest() < 2 * CLICK, () -> which + ": a step of " + bob.steepest()));
    }

    @Test
    void itIsPassedOnAgain() {
        // The same, back to what came.
        each(
                (alice, bob) -> {
                    bob.play(Layer.VERB, 1, Sound.tone(HERTZ, Duration.ofMillis(150), -12), 0);
                },
                (which, bob) -> {
                    assertNoClick(which, bob);
                    assertTrue(bob.level(HERTZ, 80) > 7_000, which);
                });
    }
}

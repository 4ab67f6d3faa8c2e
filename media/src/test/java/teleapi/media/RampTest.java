package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import teleapi.media.codec.G711;

/** No change of what is heard is a click: no step is bigger than those of the sounds themselves and of a ramp of 5 ms. */
final class RampTest {
    private static final int SEEDS = 20;
    /** Such a tone is at another place of its wave at the end of each frame. */
    private static final int HERTZ = 310;

    /** Of -12 dBFS. */
    private static final double PEAK = 32_767 * Math.pow(10, -12 / 20.0);

    /** What one sample may differ from the next by: two tones, a ramp from the top of one wave to the bottom of another, coding. */
    private static final double LARGEST_STEP = 2 * PEAK * 2 * Math.PI * HERTZ / 8000 + 4 * PEAK / 40 + 600;

    private static Sound tone() {
        return Sound.tone(HERTZ, Duration.ofSeconds(1), -12);
    }

    /** What was heard, one after the other; where more than 10 ms are missing, silence. */
    private static short[] sound(List<Heard> heard) {
        short[] samples = new short[(heard.size() + 2) * 480];
        int end = 80;
        long next = heard.getFirst().timestamp();
        for (Heard packet : heard) {
            if (packet.timestamp() - next >= 80) {
                end += 80;
            }
            for (byte octet : packet.payload()) {
                samples[end++] = packet.law().decode(octet);
            }
            next = packet.timestamp() + packet.payload().length;
        }
        return Arrays.copyOf(samples, end);
    }

    private static double largestStep(List<Heard> heard) {
        short[] samples = sound(heard);
        int largest = 0;
        for (int i = 1; i < samples.length; i++) {
            largest = Math.max(largest, Math.abs(samples[i] - samples[i - 1]));
        }
        return largest;
    }

    private static void assertNoClick(String what, List<Heard> heard) {
        double step = largestStep(heard);
        assertTrue(step <= LARGEST_STEP, () -> what + ": a step of " + step + ", at most " + LARGEST_STEP);
    }

    @Test
    void theTestHearsAClick() {
        // A test that cannot fail is a defect: without the ramps the step is as high as the wave.
        short[] cut = Arrays.copyOf(tone().samples(), 160);
        Heard first = new Heard(0, 0, true, 1, 0, 1, G711.PCMU.encode(cut));
        Heard second = new Heard(0, 0, true, 2, 160, 1, G711.PCMU.encode(cut));
        assertTrue(largestStep(List.of(first, second)) > LARGEST_STEP);
    }

    @Test
    void aPromptThatIsCutByAnotherOrByNothing() {
        // Issue 4, 3: 5 ms ramps at switches.
        for (int seed = 0; seed < SEEDS; seed++) {
            for (G711 law : G711.values()) {
                try (Studio studio = new Studio(seed)) {
                    Studio.Line alice = studio.line(500, law);
                    alice.session().play(Layer.VERB, 1, tone(), 0);
                    studio.run(100 + 20 * seed);
                    alice.session().play(Layer.VERB, 2, tone(), 0);
                    studio.run(140);
                    alice.session().play(Layer.OVERLAY, 3, tone(), 0);
                    studio.run(60);
                    alice.session().stopPlayback(3);
                    studio.run(60);
                    alice.session().stopPlayback(2);
                    studio.run(300);
                    assertNoClick("seed " + seed, alice.phone().heard());
                    assertTrue(alice.phone().heard().getLast().payload()[159] == law.silence());
                }
            }
        }
    }

    @Test
    void inABridgeWhatOneSaysIsCutByMuteSoundsAndTheEnd() {
        // The same, in packets that are passed on.
        for (int seed = 0; seed < SEEDS; seed++) {
            try (Studio studio = new Studio(seed)) {
                Studio.Line alice = studio.line(500, G711.PCMU);
                Studio.Line bob = studio.talking(HERTZ, G711.PCMA);
                Studio.bridge(alice, bob);
                studio.run(100 + seed * 7);
                bob.session().mute(true, 1);
                studio.run(100);
                bob.session().mute(false, 2);
                studio.run(90);
                alice.session().mix(3, tone(), 0);
                studio.run(90);
                alice.session().stopPlayback(3);
                studio.run(90);
                alice.session().play(Layer.VERB, 4, tone(), 0);
                studio.run(90);
                alice.session().stopPlayback(4);
                studio.run(90);
                bob.session().leave();
                studio.run(300);
                assertNoClick("seed " + seed, alice.phone().heard());
                assertTrue(alice.phone().heard().getLast().payload()[159] == G711.PCMU.silence());
            }
        }
    }

    @Test
    void inARoomSomeoneIsMutedAndSomeoneLeaves() {
        // The same, in a sum.
        for (int seed = 0; seed < SEEDS; seed++) {
            try (Studio studio = new Studio(seed)) {
                Room room = studio.engine.openRoom("AC1");
                Studio.Line alice = studio.line(500, G711.PCMU);
                Studio.Line bob = studio.talking(HERTZ, G711.PCMU);
                Studio.Line carol = studio.line(700, G711.PCMA);
                List.of(alice, bob, carol).forEach(line -> line.session().join(room));
                studio.run(300 + seed * 7);
                bob.session().mute(true, 1);
                studio.run(100);
                bob.session().mute(false, 2);
                studio.run(100);
                bob.session().leave();
                studio.run(100);
                bob.session().join(room);
                studio.run(150);
                alice.session().leave();
                studio.run(300);
                assertNoClick("alice, seed " + seed, alice.phone().heard());
                assertNoClick("carol, seed " + seed, carol.phone().heard());
            }
        }
    }
}

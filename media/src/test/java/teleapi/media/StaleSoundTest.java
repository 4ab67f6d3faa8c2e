package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import teleapi.media.codec.G711;
import teleapi.media.codec.Wideband;

/** What somebody was not to hear is not heard later either: neither what waits somewhere, nor what is made of it for what is lost. */
final class StaleSoundTest {
    private static final int SEEDS = 20;

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
                    MediaSession bobs = studio.open();
                    bob.takes(assertInstanceOf(Negotiation.Agreed.class, bobs.answer(bob.sdp()))
                            .sdp());
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
}

package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import teleapi.media.codec.Codec;
import teleapi.media.codec.G711;
import teleapi.media.codec.Wideband;

/** No switch is a click, whatever the two speak: what is decoded, filtered and coded anew begins and ends in the middle of a wave, too. */
final class MixedRatesSwitchTest {
    private static final int HERTZ = 310;
    private static final int PHASES = 8;
    private static final List<Codec> CODECS = List.of(G711.PCMU, Wideband.G722, Wideband.OPUS);

    /** A tone of 310 Hz and 8000 rises by 1948 at 8 kHz; a ramp of 5 ms from the top of one to the bottom of another, and coding. */
    private static final int CLICK = 1_948 + 2 * 8_000 / 40 + 600;

    /** Two who talk, a room, and what happens to them. */
    private record Scene(Studio studio, MediaSession alice, MediaSession bob, Room room) {
        void inRoom() {
            alice.join(room);
            bob.join(room);
        }

        void inBridge() {
            alice.bridge(bob);
            bob.bridge(alice);
        }
    }

    private interface Happens {
        void to(Scene scene);
    }

    /** Each hears the other in a bridge; at any place of the wave something happens, and nobody hears a click. */
    private static void assertNoClick(Happens happens) {
        for (Codec said : CODECS) {
            for (Codec heard : CODECS) {
                for (int phase = 0; phase < PHASES; phase++) {
                    try (Studio studio = new Studio(phase);
                            CodecPhone alice = new CodecPhone(studio.world, "10.0.2.1", said, HERTZ);
                            CodecPhone bob = new CodecPhone(studio.world, "10.0.2.2", heard, 700)) {
                        Scene scene =
                                new Scene(studio, studio.open(alice), studio.open(bob), studio.engine.openRoom("AC1"));
                        scene.inBridge();
                        alice.talk();
                        studio.run(200 + 7 * phase);
                        int mark = bob.count();
                        happens.to(scene);
                        studio.run(200);
                        int step = bob.steepest(mark, bob.count());
                        String what = said + " to " + heard + ", phase " + phase + ": a step of " + step;
                        assertTrue(step < CLICK, what);
                        assertTrue(bob.count() - mark > 1_000, what);
                        alice.hush();
                    }
                }
            }
        }
    }

    @Test
    void fromBridgeToRoomAndBackAndAgain() {
        // Issue 3, 11: without a break in sound; issue 4, 3: no clicks at switches.
        assertNoClick(scene -> {
            scene.inRoom();
            scene.studio().run(200);
            scene.inBridge();
            scene.studio().run(170);
            scene.inRoom();
        });
    }

    @Test
    void oneIsMutedAndHeardAgain() {
        // The same, in a bridge and in a room.
        Happens mute = scene -> {
            scene.alice().mute(true, 1);
            scene.studio().run(130);
            scene.alice().mute(false, 2);
            scene.studio().run(130);
        };
        assertNoClick(mute);
        assertNoClick(scene -> {
            scene.inRoom();
            scene.studio().run(200);
            mute.to(scene);
        });
    }

    @Test
    void oneIsNowhereForAMoment() {
        // The same, between a bridge and a room.
        assertNoClick(scene -> {
            scene.alice().leave();
            scene.bob().leave();
            scene.studio().run(50);
            scene.inRoom();
        });
    }

    @Test
    void somethingElseIsHeardForAMoment() {
        // The same: an overlay that ends, of any length.
        Sound tone = Sound.tone(HERTZ, Duration.ofSeconds(1), -12);
        for (int millis : new int[] {45, 70, 150}) {
            assertNoClick(scene -> {
                scene.bob().play(Layer.OVERLAY, 1, tone, 0);
                scene.studio().run(millis);
                scene.bob().stopPlayback(1);
            });
        }
    }
}

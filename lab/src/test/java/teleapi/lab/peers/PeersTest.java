package teleapi.lab.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import teleapi.media.sound.Samples;
import teleapi.media.sound.WavFile;

/** The measuring instruments, against each other: before a peer may say that the product is wrong, it must be right without it. */
final class PeersTest {
    private static final Set<Integer> TONES = Set.of(450, 620, 790);
    private static final Voice CALLER = new Voice("caller", 450, TONES);
    private static final Voice BOB = new Voice("bob", 620, TONES);

    @TempDir
    Path folder = Path.of("");

    @Test
    void sippAndBaresipHearEachOtherAndNobodyElse() throws Exception {
        // Rule: an instrument that hears a tone which nobody sends, or not the one that is sent, proves nothing (issue
        // "independent peers").
        try (Baresip bob = Baresip.start(BOB, folder)) {
            InetSocketAddress phone = bob.listens(true);
            try (Sipp caller = Sipp.call(CALLER, "caller", folder, "+15550111", "bob", phone)) {
                caller.receives("SIP/2.0 200");
                bob.takes("CALL_ESTABLISHED");
                long talking = System.nanoTime();
                caller.hears().awaitTones(Set.of(620));
                bob.hears().awaitTones(Set.of(450));
                assertThrows(
                        AssertionError.class,
                        () -> bob.hears().awaitTonesWithin(java.time.Duration.ofMillis(300), Set.of(790)));
                assertEquals(Set.of(620), caller.hears().tonesBetween(talking, System.nanoTime()));
                caller.nudge();
                bob.takes("CALL_CLOSED");
                caller.succeeds();
            }
            assertEquals(1, bob.recordings().size());
            Samples samples = WavFile.read(Files.readAllBytes(bob.recordings().getFirst()));
            assertEquals(8_000, samples.rate());
            assertTrue(samples.values().length > 4_000, "half a second at least");
        }
    }

    @Test
    void aTrunkThatWantsADigestTurnsAwayWhoHasNone() {
        // Rule: RFC 3261 §22.3; a trunk that lets everybody pass would not prove that the product answers its
        // challenge.
        try (Sipp trunk = Sipp.answer(BOB, "trunk-with-digest", folder, Sipp.freePort());
                Sipp caller = Sipp.call(CALLER, "caller", folder, "+15550111", "bob", trunk.address())) {
            caller.receives("SIP/2.0 407");
            assertEquals(1, caller.exit());
        }
    }

    @Test
    void wordsAreFoundLateSoftAndAtAnotherRateAndOthersAreNot() {
        // Rule: as above; what was said must be told from what was not, and from half of it.
        short[] words = syllables(1, 100);
        var said = new Samples(8_000, words);
        short[] heard = new short[16_000 + 2 * words.length];
        for (int i = 0; i < 2 * words.length; i++) {
            heard[9_876 + i] = (short) (words[i / 2] / 3);
        }
        assertTrue(Likeness.of(said, new Samples(16_000, heard)) > 0.95);
        assertTrue(Likeness.of(said, new Samples(8_000, syllables(2, 200))) < 0.6);
        Arrays.fill(heard, 9_876 + words.length, heard.length, (short) 0);
        assertTrue(Likeness.of(said, new Samples(16_000, heard)) < 0.9);
        assertEquals(0, Likeness.of(said, new Samples(8_000, new short[words.length])));
    }

    /** As loud as it comes, another one each 40 ms. */
    private static short[] syllables(int seed, int many) {
        var random = new Random(seed);
        short[] samples = new short[many * 320];
        for (int i = 0; i < samples.length; i += 320) {
            double loudness = random.nextDouble(10_000);
            for (int k = 0; k < 320; k++) {
                samples[i + k] = (short) (loudness * Math.sin(2 * Math.PI * 440 * k / 8_000));
            }
        }
        return samples;
    }
}

package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import teleapi.media.codec.Codec;
import teleapi.media.codec.G711;
import teleapi.media.codec.Wideband;

/** Of a far end that sends too much, what its clock allows is taken, and a second at once (ADR-0023). */
final class FloodTest {
    private static final int SECONDS = 10;
    /** 50 packets a second, an eighth more, and a second at once. */
    private static final int MOST = SECONDS * 50 * 9 / 8 + 50 + 5;

    @Test
    void aFloodIsPassedOnUpToWhatItsClockAllows() {
        // 2,500 packets a second; where it is passed on as it came and where it is coded anew.
        for (Codec to : new Codec[] {G711.PCMU, G711.PCMA, Wideband.G722}) {
            try (Studio studio = new Studio(1);
                    CodecPhone bob = new CodecPhone(studio.world, "10.0.2.2", to, 700)) {
                Studio.Line alice = studio.line(500, G711.PCMU);
                MediaSession bobs = studio.open(bob);
                alice.session().bridge(bobs);
                bobs.bridge(alice.session());
                for (int i = 0; i < SECONDS * 50; i++) {
                    alice.phone().bursts(50);
                    studio.run(20);
                }
                int heard = bob.received().size();
                assertTrue(heard <= MOST && heard >= SECONDS * 50, () -> to + ": " + heard);
                for (int i = 1; i < heard; i++) {
                    int before = bob.received().get(i - 1).sequence();
                    assertEquals(1, bob.received().get(i).sequence() - before & 0xffff, "no gap is left");
                }
                Quality quality = alice.session().quality();
                assertEquals(SECONDS * 2_500.0, (double) (quality.received() + quality.excess()), 2_500);
                assertTrue(quality.excess() > SECONDS * 2_500 * 0.9, quality::toString);
                assertEquals(0, quality.lost(), quality::toString);
                assertEquals(
                        (double) quality.excess(),
                        (double) studio.engine.counters().excess(),
                        2_500);
            }
        }
    }

    @Test
    void keysAndDoublesAreNoWayAroundIt() {
        // The same, of what is not sound in time: 1,000 packets a second.
        try (Studio studio = new Studio(2)) {
            Studio.Line alice = studio.line(500, G711.PCMU);
            Studio.Line bob = studio.line(1000, G711.PCMU);
            Studio.bridge(alice, bob);
            for (int i = 0; i < SECONDS * 50; i++) {
                for (int j = 0; j < 20; j++) {
                    alice.phone().event(5, false, 160, 160);
                }
                studio.run(20);
            }
            int heard = bob.phone().heard().size();
            assertTrue(heard <= SECONDS * 113 + 105, () -> "heard " + heard);
        }
    }

    @Test
    void whatWasHeldBackAndComesAtOnceIsAllTaken() {
        // Jitter: every second 200 ms of it come at once; keys in between, as phones send them beside their sound.
        try (Studio studio = new Studio(3)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            Studio.Line bob = studio.line(1000, G711.PCMU);
            Studio.bridge(alice, bob);
            int sent = 0;
            for (int i = 0; i < 60; i++) {
                alice.phone().talk();
                studio.run(800);
                alice.phone().hush();
                studio.run(199);
                alice.phone().bursts(10);
                studio.run(1);
                sent += 50;
                for (int j = 0; j < 10; j++) {
                    alice.phone().event(5, j > 7, 160 * j, 160);
                }
                sent += 10;
            }
            // Until it is looked at again.
            studio.run(1_100);
            assertEquals(0, alice.session().quality().excess());
            assertEquals(sent, bob.phone().heard().size(), 70);
            assertEquals(
                    (double) alice.session().quality().received(),
                    (double) bob.phone().heard().size(),
                    3);
        }
    }
}

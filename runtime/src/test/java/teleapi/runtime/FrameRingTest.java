package teleapi.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Frames that are overtaken are lost whole, and never half. */
final class FrameRingTest {
    private static short[] frame(long number) {
        short[] frame = new short[40];
        Arrays.fill(frame, (short) number);
        return frame;
    }

    @Test
    void theOldestAreLostAndTheirNumbersLeftOut() {
        // FrameRing: the writer asks nobody.
        FrameRing ring = new FrameRing(3, 40);
        short[] read = new short[40];
        assertEquals(-1, ring.read(read));
        for (int i = 0; i < 8; i++) {
            ring.write(frame(i));
        }
        for (int i = 5; i < 8; i++) {
            assertEquals(i, ring.read(read));
            assertEquals(i, read[39]);
        }
        assertEquals(-1, ring.read(read));
        ring.write(frame(8));
        assertEquals(8, ring.read(read));
    }

    @Test
    void aFrameThatIsWrittenOverWhileItIsReadIsNotHandedOut() throws InterruptedException {
        // The same, with both at once.
        FrameRing ring = new FrameRing(2, 40);
        int count = 300_000;
        Thread writer = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < count; i++) {
                ring.write(frame(i));
            }
        });
        short[] read = new short[40];
        long last = -1;
        while (last < count - 1) {
            long number = ring.read(read);
            if (number >= 0) {
                assertTrue(number > last, "in order");
                last = number;
                for (short sample : read) {
                    assertEquals((short) number, sample, "of one frame");
                }
            }
        }
        writer.join();
    }
}

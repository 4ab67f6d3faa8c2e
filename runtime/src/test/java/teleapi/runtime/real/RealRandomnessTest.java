package teleapi.runtime.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import teleapi.runtime.Randomness;

class RealRandomnessTest {
    private final Randomness random = RealWorld.create().random();

    @Test
    void longsDoNotRepeat() {
        // Rule: unguessable (Randomness). Of 100,000 64-bit numbers two are equal once in 3 billion runs; a page used
        // twice shows here.
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            assertTrue(seen.add(random.nextLong()));
        }
    }

    @Test
    void fillFillsAnyLengthToTheEnd() {
        // Rule: fill fills the array (Randomness.fill), whatever is left of the page. 16 zero bytes in a row do not
        // happen by chance.
        for (int length : new int[] {16, 17, 1_000, 1_024, 1_025, 4_096, 10_000}) {
            byte[] bytes = new byte[length];
            random.fill(bytes);
            for (int from = 0; from + 16 <= length; from++) {
                assertTrue(
                        !Arrays.equals(new byte[16], 0, 16, bytes, from, from + 16),
                        "zeros in " + length + " at " + from);
            }
        }
        random.fill(new byte[0]);
    }

    @Test
    void belowIsEvenAndStaysBelow() {
        // Rule: evenly from 0 to the bound, exclusive (Randomness.below). 1,000 expected in each of ten; 6.7 sigma are
        // 200.
        int[] counts = new int[10];
        for (int i = 0; i < 10_000; i++) {
            counts[random.below(10)]++;
        }
        for (int count : counts) {
            assertTrue(count > 800 && count < 1_200, () -> Arrays.toString(counts));
        }
        assertEquals(0, random.below(1));
        assertTrue(random.below(Integer.MAX_VALUE) >= 0);
        assertThrows(IllegalArgumentException.class, () -> random.below(0));
    }
}

package teleapi.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import teleapi.runtime.simulated.SimulatedWorld;

class SidTest {
    @Test
    void sidsAreOrderedByTime() {
        // CONTRACT section 2: time-ordered.
        try (var world = new SimulatedWorld(1)) {
            Sid first = Sid.fresh(Sid.CALL, world);
            world.runFor(Duration.ofMillis(1));
            Sid second = Sid.fresh(Sid.CALL, world);
            assertTrue(first.compareTo(second) < 0);
            assertEquals(34, first.text().length());
        }
    }

    @Test
    void whatIsNoSidIsNone() {
        // CONTRACT section 2: two letters and 32 lower-case hex digits.
        String good = "CA" + "0123456789abcdef".repeat(2);
        assertEquals(Optional.of(new Sid(good)), Sid.parse(Sid.CALL, good));
        assertEquals(Optional.empty(), Sid.parse(Sid.ACCOUNT, good));
        assertEquals(Optional.empty(), Sid.parse(Sid.CALL, good.toUpperCase(java.util.Locale.ROOT)));
        assertEquals(Optional.empty(), Sid.parse(Sid.CALL, good + "0"));
        assertEquals(Optional.empty(), Sid.parse(Sid.CALL, "CA"));
    }
}

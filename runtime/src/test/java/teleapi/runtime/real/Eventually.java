package teleapi.runtime.real;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other threads are about to do; fails after a time no healthy machine needs. */
final class Eventually {
    private Eventually() {}

    static void holds(BooleanSupplier condition) {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            LockSupport.parkNanos(200_000L);
        }
        assertTrue(condition.getAsBoolean());
    }
}

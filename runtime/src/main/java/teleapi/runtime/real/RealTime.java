package teleapi.runtime.real;

import java.time.Instant;
import teleapi.runtime.Time;

/** The machine's clocks. */
final class RealTime implements Time {
    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Instant now() {
        return Instant.now();
    }
}

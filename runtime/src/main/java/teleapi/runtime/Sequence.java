package teleapi.runtime;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers of which each is given once, and is higher than those before, whoever asks.
 *
 * <pre>
 * Thread  any
 * </pre>
 */
public final class Sequence {
    private final AtomicLong last = new AtomicLong();

    public long next() {
        return last.incrementAndGet();
    }
}

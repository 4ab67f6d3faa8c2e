package teleapi.runtime.real;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is alive, and what has gone wrong. Any thread. */
final class Census {
    // Any thread.
    private static final Logger LOG = LoggerFactory.getLogger(RealWorld.class);

    /** An exception for each hostile packet must not become a line for each hostile packet. */
    private static final int LINES_PER_SECOND = 10;

    final AtomicInteger datagramPorts = new AtomicInteger();
    final AtomicInteger streams = new AtomicInteger();
    final AtomicInteger listeners = new AtomicInteger();
    final AtomicInteger loops = new AtomicInteger();
    final AtomicInteger threads = new AtomicInteger();

    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong second = new AtomicLong();
    private final AtomicInteger lines = new AtomicInteger();

    /** An exception left the code of {@code name} that did {@code what}. */
    void failed(String name, String what, Throwable failure) {
        failures.incrementAndGet();
        long now = System.nanoTime() / 1_000_000_000L;
        if (second.getAndSet(now) != now) {
            lines.set(0);
        }
        if (lines.incrementAndGet() <= LINES_PER_SECOND) {
            LOG.error("{}: {} failed", name, what, failure);
        }
    }

    long failures() {
        return failures.get();
    }

    Live live() {
        return new Live(datagramPorts.get(), streams.get(), listeners.get(), loops.get(), threads.get());
    }
}

package teleapi.runtime;

import java.util.concurrent.atomic.LongAdder;

/** Counts what many threads do; for metrics only, never for decisions. */
public final class Counter {
    private final LongAdder sum = new LongAdder();

    public void increment() {
        sum.increment();
    }

    public void add(long more) {
        sum.add(more);
    }

    public long count() {
        return sum.sum();
    }
}

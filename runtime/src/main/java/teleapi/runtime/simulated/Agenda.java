package teleapi.runtime.simulated;

import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Owned by whoever holds the baton. What happens at which virtual time.
 *
 * <p>Things of one time happen in an order that the seed decides, except that the things of one flow (the datagrams from one address to
 * another, one direction of a stream) stay in the order in which they were planned.
 */
final class Agenda {
    private static final Comparator<Entry> ORDER = Comparator.<Entry>comparingLong(entry -> entry.time)
            .thenComparingLong(entry -> entry.tie)
            .thenComparingLong(entry -> entry.order);

    private final long seed;
    private final TreeSet<Entry> entries = new TreeSet<>(ORDER);
    private long planned;
    private long flows;

    Agenda(long seed) {
        this.seed = seed;
    }

    long newFlow() {
        return ++flows;
    }

    /** Something that is planned again and again, such as a timer; a flow of its own. */
    Entry entry(Runnable action) {
        return new Entry(newFlow(), action);
    }

    void once(long flow, long time, Runnable action) {
        new Entry(flow, action).at(time);
    }

    @Nullable
    Entry first() {
        return entries.isEmpty() ? null : entries.first();
    }

    /** One plan; on the agenda or not. */
    final class Entry {
        private final long flow;
        private final Runnable action;
        private boolean pending;
        private long time;
        private long tie;
        private long order;

        private Entry(long flow, Runnable action) {
            this.flow = flow;
            this.action = action;
        }

        void at(long when) {
            cancel();
            time = when;
            tie = Chance.mix(seed ^ Chance.mix(flow) ^ when);
            order = ++planned;
            pending = true;
            entries.add(this);
        }

        void cancel() {
            if (pending) {
                entries.remove(this);
                pending = false;
            }
        }

        void happen() {
            cancel();
            action.run();
        }

        boolean pending() {
            return pending;
        }

        long time() {
            return time;
        }
    }
}

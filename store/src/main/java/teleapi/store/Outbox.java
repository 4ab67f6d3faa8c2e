package teleapi.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import teleapi.call.Sid;
import teleapi.runtime.Mailbox;

/**
 * What has been written to one table and is not kept yet: of each thing the newest snapshot, so that a long outage costs one entry per call,
 * however much happens in it.
 *
 * <pre>
 * Thread  put, pending: any, never waits. batch: the writer's. A map entry and its place in the queue are made in one step
 * Errors  beyond LIMIT a new thing is not taken: counted in {@link #lost}, and the store says that it is not well long before
 * </pre>
 */
final class Outbox<R> {
    /** At 300 bytes a record: 30 MB; an hour of outage at 25 new calls per second. */
    static final int LIMIT = 100_000;

    private static final String LOST = "lost";

    private final RecordTable<R> table;
    private final Mailbox<Writer.Work> queue;
    private final ConcurrentHashMap<Sid, R> newest = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Long> counts = new ConcurrentHashMap<>();

    Outbox(RecordTable<R> table, Mailbox<Writer.Work> queue) {
        this.table = table;
        this.queue = queue;
    }

    RecordTable<R> table() {
        return table;
    }

    void put(R record) {
        if (newest.size() >= LIMIT && !newest.containsKey(table.sid(record))) {
            counts.merge(LOST, 1L, Long::sum);
            return;
        }
        newest.compute(table.sid(record), (sid, waiting) -> {
            if (waiting != null) {
                return table.newer(waiting, record);
            }
            queue.post(new Writer.Work.Due(this, sid));
            return record;
        });
    }

    Optional<R> pending(Sid sid) {
        return Optional.ofNullable(newest.get(sid));
    }

    int size() {
        return newest.size();
    }

    long lost() {
        return counts.getOrDefault(LOST, 0L);
    }

    /** It was kept by another way: nothing older waits any more. */
    void forget(R kept) {
        newest.computeIfPresent(
                table.sid(kept), (sid, waiting) -> table.newer(kept, waiting).equals(kept) ? null : waiting);
    }

    Batch<R> batch(Collection<Sid> due) {
        List<R> records = new ArrayList<>(due.size());
        for (Sid sid : due) {
            // Not get, which does not wait for a compute under way: put posts from inside one, before its entry can be
            // seen.
            R record = newest.computeIfPresent(sid, (same, waiting) -> waiting);
            if (record != null) {
                records.add(record);
            }
        }
        return new Batch<>(this, List.copyOf(records));
    }

    /** One snapshot each, as they were when the batch was made. */
    record Batch<R>(Outbox<R> outbox, List<R> records) {
        /** Some at once, and {@code between} after each of these portions; in the transaction of {@code handle}. */
        void write(Handle handle, int atOnce, Runnable between) {
            if (!records.isEmpty()) {
                outbox.table.begin();
            }
            for (int i = 0; i < records.size(); ) {
                int end = i + Math.min(atOnce, records.size() - i);
                outbox.table.keep(handle, records.subList(i, end));
                between.run();
                i = end;
            }
        }

        /** After the commit: what is newer by now is due again. */
        void kept(Consumer<Writer.Work> again) {
            outbox.table.kept(records);
            for (R record : records) {
                outbox.newest.computeIfPresent(outbox.table.sid(record), (sid, waiting) -> {
                    if (waiting.equals(record)) {
                        return null;
                    }
                    again.accept(new Writer.Work.Due(outbox, sid));
                    return waiting;
                });
            }
        }

        /** The database refuses this very content; what is newer by now is due again. */
        void refused(Consumer<Writer.Work> again) {
            for (R record : records) {
                Sid sid = outbox.table.sid(record);
                if (outbox.newest.remove(sid, record)) {
                    outbox.counts.merge(LOST, 1L, Long::sum);
                } else {
                    again.accept(new Writer.Work.Due(outbox, sid));
                }
            }
        }

        List<Batch<R>> single() {
            return records.stream()
                    .map(record -> new Batch<>(outbox, List.of(record)))
                    .toList();
        }
    }
}

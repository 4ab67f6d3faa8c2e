package teleapi.runtime.real;

import java.util.Arrays;
import java.util.function.Consumer;
import teleapi.runtime.Loop;

/** The timers of a loop in a binary heap; each knows its place, so that setting one again moves it and allocates nothing. */
final class Timers {
    // Owner: the loop's thread, or the thread that prepares the loop before it starts.
    private Entry[] heap = new Entry[64];
    private int size;
    private long settings;
    private final Runnable check;

    /** {@code check} throws when the caller is not the owner. */
    Timers(Runnable check) {
        this.check = check;
    }

    Loop.Timer timer(Runnable action) {
        return new Entry(action);
    }

    /** Nanoseconds until the first timer is due, zero if it is; {@link Long#MAX_VALUE} if none is set. */
    long untilFirst(long now) {
        if (size == 0 || heap[0].at == Long.MAX_VALUE) {
            return Long.MAX_VALUE;
        }
        long wait = heap[0].at - now;
        // The difference of points of different sign can overflow: then the timer is as good as never due.
        return heap[0].at <= now ? 0 : wait > 0 ? wait : Long.MAX_VALUE;
    }

    /** Runs what is due at {@code now}. A timer that sets itself to the past again has its turn in the next round, not in this one. */
    void run(long now, Consumer<Runnable> runner) {
        long round = settings;
        while (size > 0 && heap[0].at <= now && heap[0].setting <= round) {
            Entry due = heap[0];
            remove(due);
            runner.accept(due.action);
        }
    }

    private final class Entry implements Loop.Timer {
        final Runnable action;
        long at;
        long setting;
        int place = -1;

        Entry(Runnable action) {
            this.action = action;
        }

        @Override
        public void at(long nanos) {
            check.run();
            at = nanos;
            setting = ++settings;
            if (place < 0) {
                if (size == heap.length) {
                    heap = Arrays.copyOf(heap, size * 2);
                }
                put(this, size++);
            }
            settle(this);
        }

        @Override
        public void cancel() {
            check.run();
            if (place >= 0) {
                remove(this);
            }
        }

        @Override
        public boolean pending() {
            return place >= 0;
        }

        /** Timers set to the same point run in the order of setting. */
        boolean before(Entry other) {
            return at != other.at ? at < other.at : setting < other.setting;
        }
    }

    private void put(Entry entry, int place) {
        heap[place] = entry;
        entry.place = place;
    }

    @SuppressWarnings("NullAway") // beyond `size` the heap holds nothing; inside it never null
    private void remove(Entry entry) {
        int hole = entry.place;
        Entry last = heap[--size];
        heap[size] = null;
        entry.place = -1;
        if (last != entry) {
            put(last, hole);
            settle(last);
        }
    }

    private void settle(Entry entry) {
        int place = entry.place;
        while (place > 0 && entry.before(heap[(place - 1) / 2])) {
            put(heap[(place - 1) / 2], place);
            place = (place - 1) / 2;
        }
        while (true) {
            int child = 2 * place + 1;
            if (child + 1 < size && heap[child + 1].before(heap[child])) {
                child++;
            }
            if (child >= size || !heap[child].before(entry)) {
                break;
            }
            put(heap[child], place);
            place = child;
        }
        put(entry, place);
    }
}

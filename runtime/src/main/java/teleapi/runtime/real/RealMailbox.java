package teleapi.runtime.real;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import teleapi.runtime.Deadline;
import teleapi.runtime.Mailbox;

/** An inbox whose taker parks. */
final class RealMailbox<M> implements Mailbox<M> {
    // Owner: whoever takes; offer and post come from any thread.
    private final String name;
    private final int capacity;
    private final Inbox<M> inbox = new Inbox<>();

    /** Set before the taker looks a last time and parks; read by posters after they have added: one of the two sees the other. */
    private final AtomicReference<@Nullable Thread> waiting = new AtomicReference<>();

    /** When the taker, if it is virtual, is woken without a message: one alarm at a time, not one for each wait. */
    private Alarm alarm = Alarm.NONE;

    RealMailbox(String name, int capacity) {
        if (capacity <= 0) {
            throw new IllegalArgumentException("capacity of mailbox " + name + " is " + capacity);
        }
        this.name = name;
        this.capacity = capacity;
    }

    @Override
    public boolean offer(M message) {
        return add(message, capacity);
    }

    @Override
    public boolean post(M message) {
        return add(message, Inbox.NO_LIMIT);
    }

    @Override
    public Optional<M> take(Deadline deadline) {
        M message = inbox.poll();
        return message != null ? Optional.of(message) : await(deadline);
    }

    @Override
    public List<M> close() {
        inbox.close();
        alarm.cancel();
        List<M> rest = new ArrayList<>();
        for (M message = inbox.poll(); message != null; message = inbox.poll()) {
            rest.add(message);
        }
        return List.copyOf(rest);
    }

    @Override
    public String toString() {
        return "mailbox " + name;
    }

    private boolean add(M message, long limit) {
        if (!inbox.add(message, limit)) {
            return false;
        }
        wake();
        return true;
    }

    private void wake() {
        Thread taker = waiting.get();
        if (taker != null) {
            LockSupport.unpark(taker);
        }
    }

    private Optional<M> await(Deadline deadline) {
        waiting.set(Thread.currentThread());
        try {
            while (true) {
                M message = inbox.poll();
                if (message != null) {
                    return Optional.of(message);
                }
                if (inbox.closed() || !park(deadline)) {
                    return Optional.empty();
                }
            }
        } finally {
            waiting.set(null);
        }
    }

    /** False if the deadline has passed. */
    private boolean park(Deadline deadline) {
        if (deadline.nanos() == Long.MAX_VALUE) {
            LockSupport.park(this);
        } else {
            long now = System.nanoTime();
            long left = deadline.nanos() - now;
            if (left <= 0) {
                return false;
            }
            if (Thread.currentThread().isVirtual()) {
                alarm = alarm.noLaterThan(deadline.nanos(), now, this::wake);
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, left);
            }
        }
        // Nobody here interrupts. Should a library do so, the flag would turn this wait into a spin: drop it.
        Thread.interrupted();
        return true;
    }
}

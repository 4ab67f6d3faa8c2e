package teleapi.runtime.simulated;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import teleapi.runtime.Deadline;
import teleapi.runtime.Mailbox;

/** Owned by whoever holds the baton. */
final class SimulatedMailbox<M> implements Mailbox<M> {
    private final Scheduler scheduler;
    private final String name;
    private final int capacity;
    private final ArrayDeque<M> messages = new ArrayDeque<>();
    private @Nullable SimulatedThread taker;
    private boolean closed;

    SimulatedMailbox(Scheduler scheduler, String name, int capacity) {
        if (capacity <= 0) {
            throw new IllegalArgumentException("capacity of mailbox " + name + " is " + capacity);
        }
        this.scheduler = scheduler;
        this.name = name;
        this.capacity = capacity;
    }

    @Override
    public boolean offer(M message) {
        return accept(message, capacity);
    }

    @Override
    public boolean post(M message) {
        return accept(message, Integer.MAX_VALUE);
    }

    private boolean accept(M message, int most) {
        scheduler.check();
        boolean accepted = !closed && !scheduler.closing() && messages.size() < most;
        if (accepted) {
            messages.add(message);
            if (taker != null) {
                scheduler.wake(taker);
            }
        }
        scheduler.perhapsGiveWay();
        return accepted;
    }

    @Override
    public Optional<M> take(Deadline deadline) {
        scheduler.check();
        SimulatedThread me = scheduler.current();
        if (me == null) {
            takeAsDriver(deadline);
        } else if (me.loop()) {
            refuseToWait(me, deadline);
        } else {
            waitAs(me, deadline);
        }
        return Optional.ofNullable(messages.poll());
    }

    /** The test's thread waits by running the world. */
    private void takeAsDriver(Deadline deadline) {
        if (mustWait(deadline) && !scheduler.run(deadline.nanos(), () -> !messages.isEmpty())) {
            scheduler.advanceTo(deadline.nanos());
        }
    }

    /** A loop never waits inside its work; asking without waiting is harmless. */
    private void refuseToWait(SimulatedThread loop, Deadline deadline) {
        if (mustWait(deadline)) {
            throw new IllegalStateException("loop " + loop.name() + " would wait at mailbox " + name);
        }
    }

    private boolean mustWait(Deadline deadline) {
        return messages.isEmpty() && !closed && deadline.nanos() > scheduler.now();
    }

    private void waitAs(SimulatedThread me, Deadline deadline) {
        if (taker != null) {
            throw new IllegalStateException(
                    me.name() + " takes from mailbox " + name + ", where " + taker.name() + " waits");
        }
        scheduler.giveWay();
        if (mustWait(deadline)) {
            taker = me;
            try {
                scheduler.block(deadline.nanos());
            } finally {
                taker = null;
            }
        }
    }

    @Override
    public List<M> close() {
        scheduler.check();
        // What is posted between the owner's last take and this must come back from here: let it happen.
        scheduler.perhapsGiveWay();
        closed = true;
        List<M> left = List.copyOf(messages);
        messages.clear();
        return left;
    }

    @Override
    public String toString() {
        return "mailbox " + name;
    }
}

package teleapi.runtime.simulated;

import java.util.Locale;
import teleapi.runtime.Loop;

/** Owned by whoever holds the baton. */
final class SimulatedTimer implements Loop.Timer {
    private final SimulatedLoop<?> loop;
    private final Scheduler scheduler;
    private final Runnable action;
    private final Agenda.Entry entry;

    SimulatedTimer(SimulatedLoop<?> loop, Scheduler scheduler, Runnable action) {
        this.loop = loop;
        this.scheduler = scheduler;
        this.action = action;
        entry = scheduler.agenda().entry(() -> loop.due(this));
    }

    @Override
    public void at(long nanos) {
        loop.requireOwner("timer");
        forget();
        if (!loop.ended()) {
            loop.pending(this);
            entry.at(Math.max(nanos, scheduler.now()));
        }
    }

    @Override
    public void cancel() {
        loop.requireOwner("timer");
        forget();
    }

    private void forget() {
        entry.cancel();
        loop.notPending(this);
    }

    @Override
    public boolean pending() {
        return loop.isPending(this);
    }

    void run() {
        action.run();
    }

    @Override
    public String toString() {
        String made = action.getClass().getName();
        int lambda = made.indexOf("$$Lambda");
        return String.format(
                Locale.ROOT,
                "%s: timer of %s at %.6f s",
                loop.name(),
                made.substring(
                        made.lastIndexOf('.', lambda < 0 ? made.length() : lambda) + 1,
                        lambda < 0 ? made.length() : lambda),
                entry.time() / 1e9);
    }
}

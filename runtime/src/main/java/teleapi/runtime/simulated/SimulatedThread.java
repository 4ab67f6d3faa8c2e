package teleapi.runtime.simulated;

import org.jspecify.annotations.Nullable;

/** Owned by whoever holds the baton. A virtual thread that runs only while it holds the baton itself. */
final class SimulatedThread {
    private final String name;
    private final boolean loop;
    private final int number;
    private final Thread thread;
    private final Turn turn;
    private final Agenda.Entry alarm;
    private boolean begun;
    private boolean waiting;
    private int refusals;

    SimulatedThread(Scheduler scheduler, String name, boolean loop, int number, Runnable body) {
        this.name = name;
        this.loop = loop;
        this.number = number;
        thread = Thread.ofVirtual().name(name).unstarted(() -> scheduler.life(this, body));
        turn = new Turn(thread);
        alarm = scheduler.agenda().entry(() -> scheduler.wake(this));
    }

    /** Gives it the baton. */
    void resume() {
        if (begun) {
            turn.give();
        } else {
            begun = true;
            thread.start();
        }
    }

    void awaitTurn() {
        turn.await();
    }

    /** Ends its wait at a time, unless something else did before. */
    Agenda.Entry alarm() {
        return alarm;
    }

    boolean is(@Nullable Thread other) {
        return thread == other;
    }

    boolean begun() {
        return begun;
    }

    boolean loop() {
        return loop;
    }

    String name() {
        return name;
    }

    int number() {
        return number;
    }

    boolean waiting() {
        return waiting;
    }

    void waiting(boolean now) {
        waiting = now;
    }

    /** How often it has gone on after being told to end. */
    int refuse() {
        return ++refusals;
    }

    String stack() {
        var text = new StringBuilder();
        for (StackTraceElement element : thread.getStackTrace()) {
            text.append("\n\tat ").append(element);
        }
        return text.toString();
    }
}

package teleapi.runtime.simulated;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Owned by whoever holds the baton: one simulated thread, or the driver (the test's thread) between runs.
 *
 * <p>There is no thread that schedules. Whoever gives up the baton, because it waits, ends, or reaches a switch point, chooses who is next
 * and hands it over; when it chooses itself, nothing is handed over at all. So one switch costs one park and one unpark of virtual threads.
 * All fields are plain: {@link Turn} makes each holder see what the ones before wrote.
 */
final class Scheduler {
    /** Waits that a thread may begin while it is being ended; clean-up needs none. */
    private static final int REFUSALS = 100;

    private final long seed;
    private final Chance choices;
    private final Agenda agenda;
    private final List<SimulatedThread> ready = new ArrayList<>();
    private final LinkedHashSet<SimulatedThread> alive = new LinkedHashSet<>();
    private final List<String> stubborn = new ArrayList<>();

    private long now;
    private long fingerprint;
    private int started;
    private double switching = 0.25;
    private long stepLimit = 1_000_000;
    private volatile long steps;

    private @Nullable SimulatedThread current;
    private Turn driver = new Turn(Thread.currentThread());
    private long limit;
    private long lastStep;
    private @Nullable BooleanSupplier enough;
    private boolean satisfied;
    private long patience = TimeUnit.SECONDS.toNanos(30);
    private boolean happening;
    private boolean closing;
    private boolean stuck;
    private @Nullable SimulationFailure failure;

    Scheduler(long seed) {
        this.seed = seed;
        choices = new Chance(seed, 1);
        agenda = new Agenda(Chance.mix(seed));
    }

    // ---- the driver's side

    /**
     * Runs until {@code end}, until {@code condition} holds, or until nothing is left to do. Time stays where that happened.
     *
     * @return false when it was {@code end}
     */
    boolean run(long end, @Nullable BooleanSupplier condition) {
        requireDriver("run");
        if (closing) {
            throw new IllegalStateException("the simulated world is closed");
        }
        limit = end;
        lastStep = steps + stepLimit;
        enough = condition;
        satisfied = false;
        driver = new Turn(Thread.currentThread());
        SimulatedThread next = choose();
        if (next != null) {
            next.resume();
            awaitDriver();
        }
        if (failure != null) {
            throw failure;
        }
        return satisfied || agenda.first() == null;
    }

    void advanceTo(long time) {
        now = Math.max(now, time);
    }

    void close() {
        requireDriver("close");
        closing = true;
        ready.clear();
        for (SimulatedThread thread : List.copyOf(alive)) {
            if (thread.begun() && !stuck) {
                driver = new Turn(Thread.currentThread());
                current = thread;
                thread.resume();
                awaitDriver();
                if (stuck) {
                    stubborn.add(thread.name());
                }
            }
        }
        alive.clear();
        if (!stubborn.isEmpty()) {
            throw new IllegalStateException("threads that could not be ended: " + stubborn);
        }
    }

    private void requireDriver(String what) {
        if (current != null || happening) {
            throw new IllegalStateException(what + " called inside a run, by " + Thread.currentThread());
        }
    }

    private void awaitDriver() {
        long seen = -1;
        while (seen != steps) {
            seen = steps;
            if (driver.await(patience)) {
                return;
            }
        }
        stuck = true;
        SimulatedThread holder = current;
        failure = new SimulationFailure(
                where() + "no step for a long real time: blocked outside the simulation, or never waiting? Running: "
                        + (holder == null ? "none" : holder.name() + holder.stack()));
        current = null;
    }

    // ---- the simulated threads' side

    SimulatedThread start(String name, boolean loop, Runnable body) {
        var thread = new SimulatedThread(this, name, loop, ++started, body);
        if (!closing) {
            alive.add(thread);
            ready.add(thread);
        }
        return thread;
    }

    /** The whole of a simulated thread; it begins with the baton. */
    void life(SimulatedThread me, Runnable body) {
        try {
            body.run();
        } catch (Ended ended) {
            // the world was closed while it waited
        } catch (Throwable thrown) {
            fail(me.name(), thrown);
        }
        alive.remove(me);
        me.alarm().cancel();
        pass(choose());
    }

    /** A wait that may end at once: everybody who is ready may run first. */
    void giveWay() {
        SimulatedThread me = current;
        if (me == null || happening) {
            return;
        }
        ready.add(me);
        giveUp(me);
    }

    /** The switch point of a post: perhaps somebody else runs first. */
    void perhapsGiveWay() {
        if (current != null && !happening && !closing && choices.hits(switching)) {
            giveWay();
        }
    }

    /** Waits until {@link #wake}. */
    void block() {
        SimulatedThread me = current;
        if (me == null || happening) {
            throw new IllegalStateException("only a simulated thread may wait");
        }
        me.waiting(true);
        giveUp(me);
    }

    /** Waits until {@code time}, or until {@link #wake} if that comes first. */
    void block(long time) {
        SimulatedThread me = current;
        if (me != null && time != Long.MAX_VALUE) {
            me.alarm().at(time);
        }
        block();
        if (me != null) {
            me.alarm().cancel();
        }
    }

    void wake(SimulatedThread thread) {
        if (thread.waiting() && !closing) {
            thread.waiting(false);
            ready.add(thread);
        }
    }

    /** Who calls must hold the baton: a thread that the simulation does not know would make the run depend on more than the seed. */
    void check() {
        SimulatedThread holder = current;
        if (holder != null && !holder.is(Thread.currentThread())) {
            throw new IllegalStateException("the simulated world was called by " + Thread.currentThread() + " while "
                    + holder.name() + " runs; start threads with World.start");
        }
    }

    private void giveUp(SimulatedThread me) {
        if (closing) {
            endOrPark(me);
        }
        SimulatedThread next = choose();
        if (next == me) {
            return;
        }
        pass(next);
        me.awaitTurn();
        if (closing) {
            endOrPark(me);
        }
    }

    private void endOrPark(SimulatedThread me) {
        if (me.refuse() > REFUSALS) {
            stubborn.add(me.name());
            pass(null);
            while (true) {
                LockSupport.park(this);
            }
        }
        throw new Ended();
    }

    private void pass(@Nullable SimulatedThread next) {
        Turn back = driver;
        if (next == null) {
            current = null;
            back.give();
        } else {
            next.resume();
        }
    }

    /** Chooses who runs next and lets time jump when nobody is ready; nobody means the driver. */
    private @Nullable SimulatedThread choose() {
        current = null;
        while (happenDue() && !isEnough()) {
            if (!ready.isEmpty()) {
                return step();
            }
            Agenda.Entry next = agenda.first();
            if (next == null || next.time() > limit) {
                break;
            }
            now = next.time();
        }
        return null;
    }

    private @Nullable SimulatedThread step() {
        long step = steps + 1;
        if (step > lastStep) {
            failure = new SimulationFailure(where() + "not at rest after " + stepLimit + " steps of this run; ready: "
                    + names(ready) + "; alive: " + names(alive));
            return null;
        }
        steps = step;
        int at = choices.below(ready.size());
        SimulatedThread last = ready.removeLast();
        SimulatedThread chosen = at == ready.size() ? last : ready.set(at, last);
        fingerprint = Chance.mix(fingerprint ^ Chance.mix(now) ^ chosen.number());
        current = chosen;
        return chosen;
    }

    /** Lets everything happen that is due; false when the run is over. Nobody is switched in here. */
    private boolean happenDue() {
        happening = true;
        try {
            while (failure == null && !closing) {
                Agenda.Entry due = agenda.first();
                if (due == null || due.time() > now) {
                    return true;
                }
                due.happen();
            }
        } catch (Throwable thrown) {
            fail("the network or a tap", thrown);
        } finally {
            happening = false;
        }
        return false;
    }

    private boolean isEnough() {
        if (enough == null) {
            return false;
        }
        happening = true;
        try {
            satisfied = enough.getAsBoolean();
        } catch (Throwable thrown) {
            fail("the condition to run until", thrown);
        } finally {
            happening = false;
        }
        return satisfied || failure != null;
    }

    private void fail(String who, Throwable thrown) {
        if (failure == null && !closing) {
            failure = new SimulationFailure(where() + who + ": " + thrown, thrown);
        }
    }

    private static List<String> names(Iterable<SimulatedThread> threads) {
        List<String> names = new ArrayList<>();
        for (SimulatedThread thread : threads) {
            if (names.size() == 20) {
                names.add("…");
                break;
            }
            names.add(thread.name());
        }
        return names;
    }

    private String where() {
        return String.format(Locale.ROOT, "seed %d, at %.9f s, step %d: ", seed, now / 1e9, steps);
    }

    // ---- what it knows

    Agenda agenda() {
        return agenda;
    }

    Chance choices() {
        return choices;
    }

    long now() {
        return now;
    }

    long steps() {
        return steps;
    }

    long fingerprint() {
        return fingerprint;
    }

    boolean closing() {
        return closing;
    }

    @Nullable
    SimulatedThread current() {
        return current;
    }

    String running() {
        SimulatedThread holder = current;
        return happening ? "network" : holder == null ? "test" : holder.name();
    }

    List<String> scripts() {
        return alive.stream()
                .filter(thread -> !thread.loop())
                .map(SimulatedThread::name)
                .toList();
    }

    void switching(double probability) {
        switching = probability;
    }

    void stepLimit(long most) {
        stepLimit = most;
    }

    void patience(long nanos) {
        patience = nanos;
    }
}

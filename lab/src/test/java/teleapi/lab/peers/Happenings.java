package teleapi.lab.peers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * What has happened, and waiting for what should.
 *
 * <pre>
 * Thread  any; guarded by its lock
 * Errors  AssertionError, with all that did happen, when a deadline passes
 * </pre>
 */
final class Happenings<T> {
    static final Duration PATIENCE = Duration.ofSeconds(15);

    private final String whose;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final List<T> all = new ArrayList<>();
    private final List<T> pending = new ArrayList<>();
    private boolean over;

    Happenings(String whose) {
        this.whose = whose;
    }

    void add(T happening) {
        lock.lock();
        try {
            all.add(happening);
            pending.add(happening);
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more will happen: whoever waits fails now. */
    void end() {
        lock.lock();
        try {
            over = true;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the first that fits and has not been taken before, and takes it. */
    T take(String what, Predicate<T> fits) {
        return takeWithin(PATIENCE, what, fits);
    }

    T takeWithin(Duration patience, String what, Predicate<T> fits) {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (true) {
                for (int i = 0; i < pending.size(); i++) {
                    if (fits.test(pending.get(i))) {
                        return pending.remove(i);
                    }
                }
                if (over || left <= 0) {
                    throw new AssertionError(whose + ": no " + what + (over ? " before its end" : " within " + patience)
                            + ". It had: " + all);
                }
                left = more.awaitNanos(left);
            }
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        } finally {
            lock.unlock();
        }
    }

    /** Whether one that fits comes, or has come and was not taken. */
    boolean comesWithin(Duration patience, Predicate<T> fits) {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (pending.stream().noneMatch(fits)) {
                if (over || left <= 0) {
                    return false;
                }
                left = more.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        } finally {
            lock.unlock();
        }
    }

    /** What has not been taken is of no interest any more. */
    void forget() {
        lock.lock();
        try {
            pending.clear();
        } finally {
            lock.unlock();
        }
    }

    List<T> all() {
        lock.lock();
        try {
            return List.copyOf(all);
        } finally {
            lock.unlock();
        }
    }
}

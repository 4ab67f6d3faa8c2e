package teleapi.runtime.simulated;

import java.util.concurrent.locks.LockSupport;

/** Shared by two threads, the one that gives and the one that awaits: the baton's landing place, and what makes the one's writes visible to the other. */
final class Turn {
    private final Thread thread;
    private volatile boolean mine;

    Turn(Thread thread) {
        this.thread = thread;
    }

    void give() {
        mine = true;
        LockSupport.unpark(thread);
    }

    void await() {
        while (!mine) {
            LockSupport.park(this);
        }
        mine = false;
    }

    /** False when {@code nanos} of real time have passed without it. */
    boolean await(long nanos) {
        long end = System.nanoTime() + nanos;
        while (!mine) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            LockSupport.parkNanos(this, left);
        }
        mine = false;
        return true;
    }
}

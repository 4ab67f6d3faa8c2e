package teleapi.runtime.real;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import teleapi.runtime.Deadline;
import teleapi.runtime.Loop;
import teleapi.runtime.Mailbox;
import teleapi.runtime.Network;
import teleapi.runtime.Randomness;
import teleapi.runtime.Time;
import teleapi.runtime.World;

/**
 * The JDK as a world: its clocks, its secure random numbers, virtual threads for scripts, platform threads with selectors for loops.
 *
 * <pre>
 * Thread  any
 * Errors  exceptions that leave a script or a loop's handler are logged (ten a second at most) and counted
 * Source  ADR-0002
 * </pre>
 */
public final class RealWorld implements World {
    private static final long LOOK_AGAIN_NANOS = 1_000_000L;

    private final Census census = new Census();
    private final Time time = new RealTime();
    private final Randomness random = new RealRandomness();
    private final Network network = new RealNetwork(census);

    private RealWorld() {}

    public static RealWorld create() {
        return new RealWorld();
    }

    @Override
    public Time time() {
        return time;
    }

    @Override
    public Randomness random() {
        return random;
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public <M> Mailbox<M> mailbox(String name, int capacity) {
        return new RealMailbox<>(name, capacity);
    }

    @Override
    public void start(String name, Runnable body) {
        census.threads.incrementAndGet();
        Thread.ofVirtual().name(name).inheritInheritableThreadLocals(false).start(() -> run(name, body));
    }

    @Override
    public void startHeavy(String name, Runnable body) {
        census.threads.incrementAndGet();
        Thread.ofPlatform()
                .daemon()
                .name(name)
                .inheritInheritableThreadLocals(false)
                .start(() -> run(name, body));
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it: it is for others that this thread stops
    public void giveWay() {
        Thread.yield();
    }

    private void run(String name, Runnable body) {
        try {
            body.run();
        } catch (Throwable failure) {
            census.failed(name, "thread", failure);
        } finally {
            census.threads.decrementAndGet();
        }
    }

    @Override
    public <M> Loop<M> loop(String name, int capacity) {
        return new RealLoop<>(name, capacity, census);
    }

    /** What is alive now: given out and not got back. */
    public Live live() {
        return census.live();
    }

    /** Waits until {@link #live} is {@code expected}: what was closed ends a little later, on its own thread. False after {@code limit}. */
    public boolean becomes(Live expected, Duration limit) {
        Deadline deadline = time.after(limit);
        while (!live().equals(expected)) {
            if (deadline.passed(time)) {
                return false;
            }
            LockSupport.parkNanos(this, LOOK_AGAIN_NANOS);
        }
        return true;
    }

    /** How many exceptions have left scripts, handlers, receivers and timers so far. */
    public long failures() {
        return census.failures();
    }
}

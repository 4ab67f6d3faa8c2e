package teleapi.runtime.real;

import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Wakes one who waits, once, at a moment. It may come too early for what is waited for then, never too late: who is woken looks.
 *
 * <p>A timed park of a virtual thread is scheduled and cancelled each time, and each of both wakes a thread of the JDK's: seen beside calls, three
 * turns for four of all scripts together. A call that waits again and again for something else, for four hours at most, has one alarm.
 *
 * <pre>
 * Units   nanos of {@link System#nanoTime()}
 * Thread  whoever waits; woken from a thread of all alarms, on which nothing else is done
 * Source  ADR-0025
 * </pre>
 *
 * @param at when it goes off, or went off
 */
record Alarm(long at, Optional<Future<?>> scheduled) {
    static final Alarm NONE = new Alarm(0, Optional.empty());

    static final ScheduledThreadPoolExecutor ALARMS = alarms();

    private static ScheduledThreadPoolExecutor alarms() {
        var alarms = new ScheduledThreadPoolExecutor(
                1,
                Thread.ofPlatform()
                        .daemon()
                        .name("alarms")
                        .inheritInheritableThreadLocals(false)
                        .factory());
        // One that is off is forgotten at once, not when its time comes.
        alarms.setRemoveOnCancelPolicy(true);
        // What is set for later than the next of these wakes nobody when it is set: an answer to the API is awaited for
        // 100 ms first. What was missed while the process was stopped is not made up for: all alarms would stand behind
        // it.
        Future<?> _ = alarms.scheduleWithFixedDelay(() -> {}, 0, 50, TimeUnit.MILLISECONDS);
        return alarms;
    }

    /** This one, if it is still to go off and does so by then; else another in its place. */
    Alarm noLaterThan(long deadline, long now, Runnable wake) {
        if (scheduled.isPresent() && at - now > 0 && at - deadline <= 0) {
            return this;
        }
        cancel();
        return new Alarm(deadline, Optional.of(ALARMS.schedule(wake, deadline - now, TimeUnit.NANOSECONDS)));
    }

    void cancel() {
        scheduled.ifPresent(future -> future.cancel(false));
    }
}

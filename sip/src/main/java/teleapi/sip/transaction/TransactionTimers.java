package teleapi.sip.transaction;

import teleapi.runtime.Loop;
import teleapi.runtime.Time;

/** The two timers a transaction may have at once, one that repeats and one that ends a state, on one timer of the loop. */
final class TransactionTimers {
    // Owned by the SIP worker of the transaction.
    private static final long NEVER = Long.MAX_VALUE;

    private final Transaction transaction;
    private final Time time;
    private final Loop.Timer timer;
    private long repeatAt = NEVER;
    private long endAt = NEVER;
    private long interval;

    TransactionTimers(Transaction transaction, Time time, Timers timers) {
        this.transaction = transaction;
        this.time = time;
        this.timer = timers.timer(this::fired);
    }

    /** T1 at first, then twice the last interval, at most {@code most}. */
    void repeat(long most) {
        interval = interval == 0 ? Intervals.T1 : Math.min(2 * interval, most);
        repeatAt = time.nanos() + interval;
        arm();
    }

    void repeatIn(long nanos) {
        interval = nanos;
        repeatAt = time.nanos() + nanos;
        arm();
    }

    void stopRepeating() {
        repeatAt = NEVER;
    }

    void endIn(long nanos) {
        endAt = time.nanos() + nanos;
        arm();
    }

    void stopEnd() {
        endAt = NEVER;
        arm();
    }

    void cancel() {
        repeatAt = NEVER;
        endAt = NEVER;
        timer.cancel();
    }

    private void arm() {
        long next = Math.min(repeatAt, endAt);
        if (next == NEVER) {
            timer.cancel();
        } else {
            timer.at(next);
        }
    }

    private void fired() {
        long now = time.nanos();
        if (endAt <= now) {
            endAt = NEVER;
            repeatAt = NEVER;
            transaction.endTimerFired();
        } else if (repeatAt <= now) {
            repeatAt = NEVER;
            transaction.repeatTimerFired();
        }
        if (repeatAt != NEVER || endAt != NEVER) {
            arm();
        }
    }
}

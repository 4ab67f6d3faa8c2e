package teleapi.call.script;

import teleapi.runtime.Deadline;
import teleapi.runtime.Time;

/**
 * How long a call may last: its time limit, and, while it waits for something else to come, as long as a parked leg may.
 *
 * <pre>
 * Thread  the call's
 * Source  CONTRACT section 2 "TimeLimit"; reference/peers.md part 4 row 34
 * </pre>
 */
final class Limits {
    private Deadline ofCall = Deadline.NEVER;
    private Deadline parked = Deadline.NEVER;

    void ofCall(Deadline limit) {
        ofCall = limit;
    }

    /** NEVER: it is not parked, or not any more. */
    void parked(Deadline limit) {
        parked = limit;
    }

    /** What comes first of both and {@code other}. */
    Deadline earlier(Deadline other) {
        return other.earlier(ofCall).earlier(parked);
    }

    boolean passed(Time time) {
        return ofCall.passed(time) || parked.passed(time);
    }
}

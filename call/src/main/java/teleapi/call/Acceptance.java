package teleapi.call;

import java.util.Optional;
import teleapi.runtime.Sequence;
import teleapi.runtime.Time;

/**
 * Numbers what is asked of calls in the order in which it is accepted, whichever call it is for: of two that cross the higher one wins.
 *
 * <pre>
 * Thread  any
 * Source  ADR-0009
 * </pre>
 */
public final class Acceptance {
    private final Time time;
    private final Sequence numbers = new Sequence();

    Acceptance(Time time) {
        this.time = time;
    }

    public long number() {
        return numbers.next();
    }

    /** The command that hands a modification to its call. */
    public CallCommand.Modify of(Modification modification, Optional<Leader> leader) {
        return new CallCommand.Modify(modification, number(), time.nanos(), leader);
    }
}

package teleapi.call.script;

import java.util.Optional;
import java.util.function.Predicate;
import teleapi.call.CallEvent;

/**
 * Ends whatever waits in something that runs when an event comes that none of it knows of.
 *
 * <pre>
 * Thread  the call's
 * </pre>
 */
final class CutShort {
    private Optional<Predicate<CallEvent>> by = Optional.empty();

    /** Runs it; the event that cut it short, or empty when it came to its own end. */
    Optional<CallEvent> run(Predicate<CallEvent> events, Documents.Interruptible work) throws Interruption {
        by = Optional.of(events);
        try {
            work.run();
            return Optional.empty();
        } catch (Interruption interruption) {
            if (interruption.next() instanceof Next.CutShort(CallEvent event)) {
                return Optional.of(event);
            }
            throw interruption;
        } finally {
            by = Optional.empty();
        }
    }

    /** An event that what waits does not want. */
    void check(CallEvent event) throws Interruption {
        if (by.isPresent() && by.get().test(event)) {
            throw new Interruption(new Next.CutShort(event));
        }
    }
}

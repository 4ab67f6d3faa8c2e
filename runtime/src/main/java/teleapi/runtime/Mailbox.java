package teleapi.runtime;

import java.util.List;
import java.util.Optional;

/**
 * A first-in-first-out box of messages with one owner, who alone takes; the only thing in teleapi that blocks a script.
 *
 * <pre>
 * Shape   messages are immutable; order of posting (per poster and over all) is the order of taking
 * Thread  offer, post: any. take, close: the owner's
 * Errors  offer and post answer false when the message was not accepted; the poster then keeps it and must say so to whoever waits
 * Source  ADR-0001
 * </pre>
 */
public interface Mailbox<M> {
    /** For requests from outside: refused when the box is full or closed. */
    boolean offer(M message);

    /** For events that are bounded where they arise: refused only when the box is closed. */
    boolean post(M message);

    /** Waits for the next message; empty once the deadline has passed and nothing is there. */
    Optional<M> take(Deadline deadline);

    /** Refuses everything from now on and hands back what was accepted and not taken, so that its owner refuses it by name. */
    List<M> close();
}

package teleapi.call;

import java.util.Optional;

/** What may be asked of a call from outside. */
public sealed interface CallCommand extends CallMessage {
    /**
     * A modification by the API.
     *
     * @param number higher than that of whatever was accepted before, by whichever call
     * @param acceptedAt when it got into the mailbox, on the scale of Time.nanos
     * @param leader who says when it is carried out; empty: at once
     */
    record Modify(Modification modification, long number, long acceptedAt, Optional<Leader> leader)
            implements CallCommand {
        @Override
        public String toString() {
            return "Modify " + modification.sid();
        }
    }

    /** End, by the operator or by a participant's removal from a conference. */
    record HangUp(EndReason reason) implements CallCommand {}
}

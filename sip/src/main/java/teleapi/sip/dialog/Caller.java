package teleapi.sip.dialog;

import java.util.List;

/**
 * The life of an INVITE that we sent.
 *
 * <pre>
 * Shape   pure: state and input give the next state and outputs; nothing is allocated
 * Source  RFC 3261 §9.1, §13.2, §15; RFC 5407 §3
 * </pre>
 */
public final class Caller {
    private Caller() {}

    /** Where it is. */
    public enum State {
        /** The INVITE is out, nothing has come back. */
        CALLING,
        /** We hung up, but may not cancel before a provisional response (RFC 3261 §9.1). */
        HUNG_UP,
        PROCEEDING,
        /** The CANCEL is out; the final response decides. */
        CANCELED,
        CONFIRMED,
        /** The BYE is out. */
        ENDING,
        ENDED
    }

    /** What happens. */
    public enum Input {
        PROVISIONAL,
        /** A 2xx of the branch that we took first. */
        SUCCESS,
        REFUSAL,
        /** No final response, or the INVITE could not be sent. */
        FAILURE,
        HANG_UP,
        PEER_BYE,
        /** Our BYE is answered, or nobody answers it. */
        BYE_DONE,
        /** The dialog cannot go on: 408 or 481 in it, its session timer has run out. */
        BROKEN,
        /** Nothing final in 64 T1 after our CANCEL. */
        CANCEL_LIMIT
    }

    /** What is to be done. */
    public enum Output {
        SEND_CANCEL,
        SEND_ACK,
        SEND_BYE,
        SET_CANCEL_LIMIT,
        STOP_CANCEL_LIMIT,
        /** Forget the INVITE's transaction. */
        DROP_INVITE,
        TELL_PROGRESSED,
        TELL_ANSWERED,
        TELL_REFUSED,
        /** Refused with 487: our doing. */
        TELL_CANCELED,
        /** Refused with 480: the far end ended what it had not answered. */
        TELL_GONE,
        TELL_ENDED_BY_US,
        TELL_ENDED_BY_PEER,
        TELL_ENDED_BY_FAILURE
    }

    /** The next state, and what to do in order. */
    public record Step(State next, List<Output> outputs) {
        static Step of(State next, Output... outputs) {
            return new Step(next, List.of(outputs));
        }
    }

    private static final Step CALLING = Step.of(State.CALLING);
    private static final Step HUNG_UP = Step.of(State.HUNG_UP);
    private static final Step PROCEEDING = Step.of(State.PROCEEDING);
    private static final Step CANCELED = Step.of(State.CANCELED);
    private static final Step CONFIRMED = Step.of(State.CONFIRMED);
    private static final Step ENDING = Step.of(State.ENDING);
    private static final Step ENDED = Step.of(State.ENDED);

    private static final Step PROGRESSED = Step.of(State.PROCEEDING, Output.TELL_PROGRESSED);
    private static final Step ANSWERED = Step.of(State.CONFIRMED, Output.SEND_ACK, Output.TELL_ANSWERED);
    private static final Step REFUSED = Step.of(State.ENDED, Output.TELL_REFUSED);
    private static final Step HANGS_UP_EARLY = Step.of(State.HUNG_UP, Output.TELL_CANCELED);
    private static final Step CANCELS_LATE = Step.of(State.CANCELED, Output.SEND_CANCEL, Output.SET_CANCEL_LIMIT);
    private static final Step CANCELS =
            Step.of(State.CANCELED, Output.SEND_CANCEL, Output.SET_CANCEL_LIMIT, Output.TELL_CANCELED);
    private static final Step PEER_LEAVES =
            Step.of(State.CANCELED, Output.SEND_CANCEL, Output.SET_CANCEL_LIMIT, Output.TELL_GONE);
    private static final Step CROSSED_EARLY = Step.of(State.ENDING, Output.SEND_ACK, Output.SEND_BYE);
    private static final Step CROSSED =
            Step.of(State.ENDING, Output.STOP_CANCEL_LIMIT, Output.SEND_ACK, Output.SEND_BYE);
    private static final Step CANCEL_WORKED = Step.of(State.ENDED, Output.STOP_CANCEL_LIMIT);
    private static final Step CANCEL_UNHEARD = Step.of(State.ENDED, Output.DROP_INVITE);
    private static final Step ACK_AGAIN = Step.of(State.CONFIRMED, Output.SEND_ACK);
    private static final Step ENDS = Step.of(State.ENDING, Output.SEND_BYE, Output.TELL_ENDED_BY_US);
    private static final Step PEER_ENDS = Step.of(State.ENDED, Output.TELL_ENDED_BY_PEER);
    private static final Step BREAKS = Step.of(State.ENDING, Output.SEND_BYE, Output.TELL_ENDED_BY_FAILURE);
    private static final Step ENDING_ACK_AGAIN = Step.of(State.ENDING, Output.SEND_ACK);
    private static final Step ENDED_ACK_AGAIN = Step.of(State.ENDED, Output.SEND_ACK);

    /** The step for one input. */
    public static Step on(State state, Input input) {
        return switch (state) {
            case CALLING ->
                switch (input) {
                    case PROVISIONAL -> PROGRESSED;
                    case SUCCESS -> ANSWERED;
                    case REFUSAL, FAILURE -> REFUSED;
                    case HANG_UP -> HANGS_UP_EARLY;
                    case PEER_BYE, BYE_DONE, BROKEN, CANCEL_LIMIT -> CALLING;
                };
            case HUNG_UP ->
                switch (input) {
                    case PROVISIONAL -> CANCELS_LATE;
                    case SUCCESS -> CROSSED_EARLY;
                    case REFUSAL, FAILURE -> ENDED;
                    case HANG_UP, PEER_BYE, BYE_DONE, BROKEN, CANCEL_LIMIT -> HUNG_UP;
                };
            case PROCEEDING ->
                switch (input) {
                    case PROVISIONAL -> PROGRESSED;
                    case SUCCESS -> ANSWERED;
                    case REFUSAL, FAILURE -> REFUSED;
                    case HANG_UP -> CANCELS;
                    case PEER_BYE -> PEER_LEAVES;
                    case BYE_DONE, BROKEN, CANCEL_LIMIT -> PROCEEDING;
                };
            case CANCELED ->
                switch (input) {
                    // RFC 3261 §9.1, RFC 5407 §3.1.2: a 2xx that crossed our CANCEL made a session; it is ended like
                    // any other
                    case SUCCESS -> CROSSED;
                    case REFUSAL, FAILURE -> CANCEL_WORKED;
                    case CANCEL_LIMIT -> CANCEL_UNHEARD;
                    case PROVISIONAL, HANG_UP, PEER_BYE, BYE_DONE, BROKEN -> CANCELED;
                };
            case CONFIRMED ->
                switch (input) {
                    // RFC 3261 §13.2.2.4: an ACK for every 2xx
                    case SUCCESS -> ACK_AGAIN;
                    case HANG_UP -> ENDS;
                    case PEER_BYE -> PEER_ENDS;
                    case BROKEN -> BREAKS;
                    case PROVISIONAL, REFUSAL, FAILURE, BYE_DONE, CANCEL_LIMIT -> CONFIRMED;
                };
            case ENDING ->
                switch (input) {
                    case SUCCESS -> ENDING_ACK_AGAIN;
                    case BYE_DONE -> ENDED;
                    case PROVISIONAL, REFUSAL, FAILURE, HANG_UP, PEER_BYE, BROKEN, CANCEL_LIMIT -> ENDING;
                };
            case ENDED ->
                switch (input) {
                    case SUCCESS -> ENDED_ACK_AGAIN;
                    case PROVISIONAL, REFUSAL, FAILURE, HANG_UP, PEER_BYE, BYE_DONE, BROKEN, CANCEL_LIMIT -> ENDED;
                };
        };
    }
}

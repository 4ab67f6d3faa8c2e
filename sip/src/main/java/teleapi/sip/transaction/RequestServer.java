package teleapi.sip.transaction;

import static teleapi.sip.transaction.Output.SEND;
import static teleapi.sip.transaction.Output.SET_J;
import static teleapi.sip.transaction.Output.TELL_UNREACHABLE;

/**
 * The non-INVITE server transaction. Its user sends no 408, and no provisional but a late 100 (RFC 4320 §4.1, §4.2).
 *
 * <pre>
 * Shape   pure: state and input give the next state and outputs; nothing is allocated
 * Source  RFC 3261 §17.2.2 figure 8, RFC 4320 §4
 * </pre>
 */
public final class RequestServer {
    private RequestServer() {}

    /** The circles of the figure. */
    public enum State {
        TRYING,
        PROCEEDING,
        COMPLETED,
        TERMINATED
    }

    /** The arrows. */
    public enum Input {
        /** The request once more. */
        REQUEST,
        TU_PROVISIONAL,
        /** The user's answer of 200 to 699. */
        TU_FINAL,
        TIMER_J,
        TRANSPORT_ERROR
    }

    private static final Step<State> TRYING = Step.of(State.TRYING);
    private static final Step<State> PROCEEDING = Step.of(State.PROCEEDING);
    private static final Step<State> PROCEEDING_SEND = Step.of(State.PROCEEDING, SEND);
    private static final Step<State> DONE = Step.of(State.COMPLETED, SEND, SET_J);
    // RFC 3261 §17.2.2: timer J is zero over a reliable transport
    private static final Step<State> DONE_RELIABLE = Step.of(State.TERMINATED, SEND);
    private static final Step<State> COMPLETED = Step.of(State.COMPLETED);
    private static final Step<State> COMPLETED_SEND = Step.of(State.COMPLETED, SEND);
    private static final Step<State> TERMINATED = Step.of(State.TERMINATED);
    private static final Step<State> UNREACHABLE = Step.of(State.TERMINATED, TELL_UNREACHABLE);

    /** The first step: the user gets the request. */
    public static Step<State> start() {
        return TRYING;
    }

    /** The step for one input. */
    public static Step<State> on(State state, Input input, boolean reliable) {
        return switch (state) {
            case TRYING ->
                switch (input) {
                    case TU_PROVISIONAL -> PROCEEDING_SEND;
                    case TU_FINAL -> reliable ? DONE_RELIABLE : DONE;
                    // RFC 3261 §17.2.2: in Trying a retransmission is absorbed, there is nothing to repeat
                    case REQUEST, TIMER_J -> TRYING;
                    case TRANSPORT_ERROR -> UNREACHABLE;
                };
            case PROCEEDING ->
                switch (input) {
                    case REQUEST, TU_PROVISIONAL -> PROCEEDING_SEND;
                    case TU_FINAL -> reliable ? DONE_RELIABLE : DONE;
                    case TIMER_J -> PROCEEDING;
                    case TRANSPORT_ERROR -> UNREACHABLE;
                };
            case COMPLETED ->
                switch (input) {
                    case REQUEST -> COMPLETED_SEND;
                    case TIMER_J -> TERMINATED;
                    case TRANSPORT_ERROR -> UNREACHABLE;
                    case TU_PROVISIONAL, TU_FINAL -> COMPLETED;
                };
            case TERMINATED -> TERMINATED;
        };
    }
}

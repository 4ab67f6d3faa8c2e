package teleapi.sip.transaction;

import static teleapi.sip.transaction.Output.SEND;
import static teleapi.sip.transaction.Output.SEND_ACK;
import static teleapi.sip.transaction.Output.SET_A;
import static teleapi.sip.transaction.Output.SET_B;
import static teleapi.sip.transaction.Output.SET_D;
import static teleapi.sip.transaction.Output.SET_M;
import static teleapi.sip.transaction.Output.STOP_A;
import static teleapi.sip.transaction.Output.STOP_B;
import static teleapi.sip.transaction.Output.TELL;
import static teleapi.sip.transaction.Output.TELL_TIMEOUT;
import static teleapi.sip.transaction.Output.TELL_UNREACHABLE;

/**
 * The INVITE client transaction.
 *
 * <pre>
 * Shape   pure: state and input give the next state and outputs; nothing is allocated
 * Source  RFC 3261 §17.1.1 figure 5, RFC 6026 §7.2 and §8.4 (Accepted)
 * </pre>
 */
public final class InviteClient {
    private InviteClient() {}

    /** The circles of the figure. */
    public enum State {
        CALLING,
        PROCEEDING,
        ACCEPTED,
        COMPLETED,
        TERMINATED
    }

    /** The arrows. */
    public enum Input {
        PROVISIONAL,
        SUCCESS,
        /** 300 to 699. */
        REFUSAL,
        TIMER_A,
        TIMER_B,
        TIMER_D,
        TIMER_M,
        TRANSPORT_ERROR
    }

    private static final Step<State> START = Step.of(State.CALLING, SEND, SET_A, SET_B);
    // RFC 3261 §17.1.1.2: no timer A over a reliable transport
    private static final Step<State> START_RELIABLE = Step.of(State.CALLING, SEND, SET_B);

    private static final Step<State> CALLING = Step.of(State.CALLING);
    private static final Step<State> AGAIN = Step.of(State.CALLING, SEND, SET_A);
    private static final Step<State> PROGRESS = Step.of(State.PROCEEDING, STOP_A, STOP_B, TELL);
    private static final Step<State> MORE_PROGRESS = Step.of(State.PROCEEDING, TELL);
    private static final Step<State> PROCEEDING = Step.of(State.PROCEEDING);
    private static final Step<State> SUCCESS = Step.of(State.ACCEPTED, STOP_A, SET_M, TELL);
    private static final Step<State> REFUSED = Step.of(State.COMPLETED, STOP_A, SET_D, SEND_ACK, TELL);
    // RFC 3261 §17.1.1.2: timer D is zero over a reliable transport
    private static final Step<State> REFUSED_RELIABLE = Step.of(State.TERMINATED, SEND_ACK, TELL);
    private static final Step<State> ACCEPTED = Step.of(State.ACCEPTED);
    private static final Step<State> ACCEPTED_AGAIN = Step.of(State.ACCEPTED, TELL);
    private static final Step<State> COMPLETED = Step.of(State.COMPLETED);
    private static final Step<State> REFUSED_AGAIN = Step.of(State.COMPLETED, SEND_ACK);
    private static final Step<State> TERMINATED = Step.of(State.TERMINATED);
    private static final Step<State> TIMED_OUT = Step.of(State.TERMINATED, TELL_TIMEOUT);
    private static final Step<State> UNREACHABLE = Step.of(State.TERMINATED, TELL_UNREACHABLE);

    /** The first step: the INVITE leaves. */
    public static Step<State> start(boolean reliable) {
        return reliable ? START_RELIABLE : START;
    }

    /** The step for one input. */
    public static Step<State> on(State state, Input input, boolean reliable) {
        return switch (state) {
            case CALLING ->
                switch (input) {
                    case PROVISIONAL -> PROGRESS;
                    case SUCCESS -> SUCCESS;
                    case REFUSAL -> reliable ? REFUSED_RELIABLE : REFUSED;
                    case TIMER_A -> AGAIN;
                    case TIMER_B -> TIMED_OUT;
                    case TRANSPORT_ERROR -> UNREACHABLE;
                    case TIMER_D, TIMER_M -> CALLING;
                };
            case PROCEEDING ->
                switch (input) {
                    case PROVISIONAL -> MORE_PROGRESS;
                    case SUCCESS -> SUCCESS;
                    case REFUSAL -> reliable ? REFUSED_RELIABLE : REFUSED;
                    case TIMER_A, TIMER_B, TIMER_D, TIMER_M, TRANSPORT_ERROR -> PROCEEDING;
                };
            case ACCEPTED ->
                switch (input) {
                    // RFC 6026 §7.2: every 2xx goes up, retransmitted or of another branch; the user acknowledges it
                    case SUCCESS -> ACCEPTED_AGAIN;
                    case TIMER_M -> TERMINATED;
                    case PROVISIONAL, REFUSAL, TIMER_A, TIMER_B, TIMER_D, TRANSPORT_ERROR -> ACCEPTED;
                };
            case COMPLETED ->
                switch (input) {
                    case REFUSAL -> REFUSED_AGAIN;
                    case TIMER_D -> TERMINATED;
                    case TRANSPORT_ERROR -> UNREACHABLE;
                    case PROVISIONAL, SUCCESS, TIMER_A, TIMER_B, TIMER_M -> COMPLETED;
                };
            case TERMINATED -> TERMINATED;
        };
    }
}

package teleapi.sip.transaction;

import static teleapi.sip.transaction.Output.SEND;
import static teleapi.sip.transaction.Output.SET_G;
import static teleapi.sip.transaction.Output.SET_H;
import static teleapi.sip.transaction.Output.SET_I;
import static teleapi.sip.transaction.Output.SET_L;
import static teleapi.sip.transaction.Output.STOP_G;
import static teleapi.sip.transaction.Output.TELL;
import static teleapi.sip.transaction.Output.TELL_TIMEOUT;
import static teleapi.sip.transaction.Output.TELL_UNREACHABLE;

/**
 * The INVITE server transaction.
 *
 * <pre>
 * Shape   pure: state and input give the next state and outputs; nothing is allocated
 * Source  RFC 3261 §17.2.1 figure 7, RFC 6026 §7.1 and §8.5 (Accepted, transport errors)
 * </pre>
 */
public final class InviteServer {
    private InviteServer() {}

    /** The circles of the figure. */
    public enum State {
        PROCEEDING,
        ACCEPTED,
        COMPLETED,
        CONFIRMED,
        TERMINATED
    }

    /** The arrows. */
    public enum Input {
        /** The INVITE once more. */
        INVITE,
        /** An ACK with the branch of the INVITE. */
        ACK,
        TU_PROVISIONAL,
        TU_SUCCESS,
        /** The user's answer of 300 to 699. */
        TU_REFUSAL,
        TIMER_G,
        TIMER_H,
        TIMER_I,
        TIMER_L,
        TRANSPORT_ERROR
    }

    private static final Step<State> PROCEEDING = Step.of(State.PROCEEDING);
    private static final Step<State> PROCEEDING_SEND = Step.of(State.PROCEEDING, SEND);
    private static final Step<State> PROCEEDING_BROKEN = Step.of(State.PROCEEDING, TELL_UNREACHABLE);
    private static final Step<State> ANSWERED = Step.of(State.ACCEPTED, SEND, SET_L);
    private static final Step<State> REFUSED = Step.of(State.COMPLETED, SEND, SET_G, SET_H);
    // RFC 3261 §17.2.1: no timer G over a reliable transport
    private static final Step<State> REFUSED_RELIABLE = Step.of(State.COMPLETED, SEND, SET_H);
    private static final Step<State> ACCEPTED = Step.of(State.ACCEPTED);
    private static final Step<State> ACCEPTED_SEND = Step.of(State.ACCEPTED, SEND);
    private static final Step<State> ACCEPTED_TELL = Step.of(State.ACCEPTED, TELL);
    private static final Step<State> ACCEPTED_BROKEN = Step.of(State.ACCEPTED, TELL_UNREACHABLE);
    private static final Step<State> COMPLETED = Step.of(State.COMPLETED);
    private static final Step<State> COMPLETED_SEND = Step.of(State.COMPLETED, SEND);
    private static final Step<State> COMPLETED_AGAIN = Step.of(State.COMPLETED, SEND, SET_G);
    private static final Step<State> COMPLETED_BROKEN = Step.of(State.COMPLETED, TELL_UNREACHABLE);
    private static final Step<State> ACKNOWLEDGED = Step.of(State.CONFIRMED, STOP_G, SET_I);
    private static final Step<State> CONFIRMED = Step.of(State.CONFIRMED);
    private static final Step<State> TERMINATED = Step.of(State.TERMINATED);
    private static final Step<State> TIMED_OUT = Step.of(State.TERMINATED, TELL_TIMEOUT);

    /** The first step: the user gets the INVITE, and answers 100 itself. */
    public static Step<State> start() {
        return PROCEEDING;
    }

    /** The step for one input. */
    public static Step<State> on(State state, Input input, boolean reliable) {
        return switch (state) {
            case PROCEEDING ->
                switch (input) {
                    case INVITE, TU_PROVISIONAL -> PROCEEDING_SEND;
                    case TU_SUCCESS -> ANSWERED;
                    case TU_REFUSAL -> reliable ? REFUSED_RELIABLE : REFUSED;
                    case TRANSPORT_ERROR -> PROCEEDING_BROKEN;
                    case ACK, TIMER_G, TIMER_H, TIMER_I, TIMER_L -> PROCEEDING;
                };
            case ACCEPTED ->
                switch (input) {
                    // RFC 6026 §7.1: the user repeats its 2xx through the transaction; retransmitted INVITEs are
                    // absorbed
                    case TU_SUCCESS -> ACCEPTED_SEND;
                    case ACK -> ACCEPTED_TELL;
                    case TIMER_L -> TERMINATED;
                    case TRANSPORT_ERROR -> ACCEPTED_BROKEN;
                    case INVITE, TU_PROVISIONAL, TU_REFUSAL, TIMER_G, TIMER_H, TIMER_I -> ACCEPTED;
                };
            case COMPLETED ->
                switch (input) {
                    case INVITE -> COMPLETED_SEND;
                    // RFC 3261 §17.2.1: timer I is zero over a reliable transport
                    case ACK -> reliable ? TERMINATED : ACKNOWLEDGED;
                    case TIMER_G -> COMPLETED_AGAIN;
                    case TIMER_H -> TIMED_OUT;
                    case TRANSPORT_ERROR -> COMPLETED_BROKEN;
                    case TU_PROVISIONAL, TU_SUCCESS, TU_REFUSAL, TIMER_I, TIMER_L -> COMPLETED;
                };
            case CONFIRMED ->
                switch (input) {
                    case TIMER_I -> TERMINATED;
                    case INVITE,
                            ACK,
                            TU_PROVISIONAL,
                            TU_SUCCESS,
                            TU_REFUSAL,
                            TIMER_G,
                            TIMER_H,
                            TIMER_L,
                            TRANSPORT_ERROR -> CONFIRMED;
                };
            case TERMINATED -> TERMINATED;
        };
    }
}

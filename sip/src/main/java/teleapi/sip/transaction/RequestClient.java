package teleapi.sip.transaction;

import static teleapi.sip.transaction.Output.SEND;
import static teleapi.sip.transaction.Output.SET_E;
import static teleapi.sip.transaction.Output.SET_E_SLOW;
import static teleapi.sip.transaction.Output.SET_F;
import static teleapi.sip.transaction.Output.SET_K;
import static teleapi.sip.transaction.Output.STOP_E;
import static teleapi.sip.transaction.Output.TELL;
import static teleapi.sip.transaction.Output.TELL_TIMEOUT;
import static teleapi.sip.transaction.Output.TELL_UNREACHABLE;

/**
 * The non-INVITE client transaction.
 *
 * <pre>
 * Shape   pure: state and input give the next state and outputs; nothing is allocated
 * Source  RFC 3261 §17.1.2 figure 6, RFC 4320 §4
 * </pre>
 */
public final class RequestClient {
    private RequestClient() {}

    /** The circles of the figure. */
    public enum State {
        TRYING,
        PROCEEDING,
        COMPLETED,
        TERMINATED
    }

    /** The arrows. */
    public enum Input {
        PROVISIONAL,
        /** 200 to 699. */
        FINAL,
        TIMER_E,
        TIMER_F,
        TIMER_K,
        TRANSPORT_ERROR
    }

    private static final Step<State> START = Step.of(State.TRYING, SEND, SET_E, SET_F);
    // RFC 3261 §17.1.2.2: no timer E over a reliable transport
    private static final Step<State> START_RELIABLE = Step.of(State.TRYING, SEND, SET_F);
    private static final Step<State> TRYING = Step.of(State.TRYING);
    private static final Step<State> AGAIN = Step.of(State.TRYING, SEND, SET_E);
    private static final Step<State> PROCEEDING = Step.of(State.PROCEEDING);
    private static final Step<State> PROGRESS = Step.of(State.PROCEEDING, TELL);
    private static final Step<State> SLOW_AGAIN = Step.of(State.PROCEEDING, SEND, SET_E_SLOW);
    private static final Step<State> DONE = Step.of(State.COMPLETED, STOP_E, SET_K, TELL);
    // RFC 3261 §17.1.2.2: timer K is zero over a reliable transport
    private static final Step<State> DONE_RELIABLE = Step.of(State.TERMINATED, TELL);
    private static final Step<State> COMPLETED = Step.of(State.COMPLETED);
    private static final Step<State> TERMINATED = Step.of(State.TERMINATED);
    private static final Step<State> TIMED_OUT = Step.of(State.TERMINATED, TELL_TIMEOUT);
    private static final Step<State> UNREACHABLE = Step.of(State.TERMINATED, TELL_UNREACHABLE);

    /** The first step: the request leaves. */
    public static Step<State> start(boolean reliable) {
        return reliable ? START_RELIABLE : START;
    }

    /** The step for one input. */
    public static Step<State> on(State state, Input input, boolean reliable) {
        return switch (state) {
            case TRYING ->
                switch (input) {
                    case PROVISIONAL -> PROGRESS;
                    case FINAL -> reliable ? DONE_RELIABLE : DONE;
                    case TIMER_E -> AGAIN;
                    case TIMER_F -> TIMED_OUT;
                    case TRANSPORT_ERROR -> UNREACHABLE;
                    case TIMER_K -> TRYING;
                };
            case PROCEEDING ->
                switch (input) {
                    case PROVISIONAL -> PROGRESS;
                    case FINAL -> reliable ? DONE_RELIABLE : DONE;
                    case TIMER_E -> SLOW_AGAIN;
                    // RFC 3261 §17.1.2.2: timer F runs on in Proceeding, unlike timer B
                    case TIMER_F -> TIMED_OUT;
                    case TRANSPORT_ERROR -> UNREACHABLE;
                    case TIMER_K -> PROCEEDING;
                };
            case COMPLETED ->
                switch (input) {
                    case TIMER_K -> TERMINATED;
                    case PROVISIONAL, FINAL, TIMER_E, TIMER_F, TRANSPORT_ERROR -> COMPLETED;
                };
            case TERMINATED -> TERMINATED;
        };
    }
}

package teleapi.sip.dialog;

import java.util.List;

/**
 * The life of an INVITE that we were sent, from its admission.
 *
 * <pre>
 * Shape   pure: state and input give the next state and outputs; nothing is allocated
 * Source  RFC 3261 §9.2, §13.3, §15; RFC 5407 §3
 * </pre>
 */
public final class Callee {
    private Callee() {}

    /** Where it is. */
    public enum State {
        /** No final response yet. */
        RINGING,
        /** The 2xx is out and is repeated until its ACK comes. */
        ANSWERED,
        /** It is over, but no BYE may leave before the ACK (RFC 3261 §15). */
        LEAVING,
        CONFIRMED,
        /** The BYE is out. */
        ENDING,
        ENDED
    }

    /** What happens. */
    public enum Input {
        PROGRESS,
        ANSWER,
        REFUSE,
        HANG_UP,
        PEER_CANCEL,
        PEER_BYE,
        ACK,
        /** No ACK in 64 T1. */
        ACK_LIMIT,
        /** Our BYE is answered, or nobody answers it. */
        BYE_DONE,
        /** The dialog cannot go on: 408 or 481 in it, its session timer has run out. */
        BROKEN
    }

    /** What is to be done. */
    public enum Output {
        SEND_PROGRESS,
        /** The 2xx, now and again until the ACK. */
        SEND_ANSWER,
        STOP_ANSWER,
        SEND_REFUSAL,
        /** 603: nothing else was said before. */
        SEND_DECLINE,
        /** 487. */
        SEND_TERMINATED,
        SEND_BYE,
        TELL_ACKNOWLEDGED,
        TELL_CANCELED,
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

    private static final Step RINGING = Step.of(State.RINGING);
    private static final Step ANSWERED = Step.of(State.ANSWERED);
    private static final Step LEAVING = Step.of(State.LEAVING);
    private static final Step CONFIRMED = Step.of(State.CONFIRMED);
    private static final Step ENDING = Step.of(State.ENDING);
    private static final Step ENDED = Step.of(State.ENDED);

    private static final Step PROGRESSES = Step.of(State.RINGING, Output.SEND_PROGRESS);
    private static final Step ANSWERS = Step.of(State.ANSWERED, Output.SEND_ANSWER);
    private static final Step REFUSES = Step.of(State.ENDED, Output.SEND_REFUSAL, Output.TELL_ENDED_BY_US);
    private static final Step DECLINES = Step.of(State.ENDED, Output.SEND_DECLINE, Output.TELL_ENDED_BY_US);
    private static final Step CANCELED = Step.of(State.ENDED, Output.SEND_TERMINATED, Output.TELL_CANCELED);
    private static final Step LOST = Step.of(State.ENDED, Output.SEND_TERMINATED, Output.TELL_ENDED_BY_FAILURE);
    private static final Step ACKNOWLEDGED = Step.of(State.CONFIRMED, Output.STOP_ANSWER, Output.TELL_ACKNOWLEDGED);
    private static final Step LEAVES = Step.of(State.LEAVING, Output.TELL_ENDED_BY_US);
    private static final Step BREAKS_EARLY = Step.of(State.LEAVING, Output.TELL_ENDED_BY_FAILURE);
    private static final Step PEER_ENDS_EARLY = Step.of(State.ENDED, Output.STOP_ANSWER, Output.TELL_ENDED_BY_PEER);
    private static final Step UNACKNOWLEDGED =
            Step.of(State.ENDING, Output.STOP_ANSWER, Output.SEND_BYE, Output.TELL_ENDED_BY_FAILURE);
    private static final Step LEFT = Step.of(State.ENDING, Output.STOP_ANSWER, Output.SEND_BYE);
    private static final Step PEER_LEFT = Step.of(State.ENDED, Output.STOP_ANSWER);
    private static final Step ENDS = Step.of(State.ENDING, Output.SEND_BYE, Output.TELL_ENDED_BY_US);
    private static final Step PEER_ENDS = Step.of(State.ENDED, Output.TELL_ENDED_BY_PEER);
    private static final Step BREAKS = Step.of(State.ENDING, Output.SEND_BYE, Output.TELL_ENDED_BY_FAILURE);

    /** The step for one input. */
    public static Step on(State state, Input input) {
        return switch (state) {
            case RINGING ->
                switch (input) {
                    case PROGRESS -> PROGRESSES;
                    case ANSWER -> ANSWERS;
                    case REFUSE -> REFUSES;
                    case HANG_UP -> DECLINES;
                    // RFC 3261 §15: the caller may also end an early dialog by BYE
                    case PEER_CANCEL, PEER_BYE -> CANCELED;
                    case BROKEN -> LOST;
                    case ACK, ACK_LIMIT, BYE_DONE -> RINGING;
                };
            case ANSWERED ->
                switch (input) {
                    case ACK -> ACKNOWLEDGED;
                    case HANG_UP -> LEAVES;
                    // RFC 5407 §3.1.3: the caller ended it without waiting for our 2xx to settle
                    case PEER_BYE -> PEER_ENDS_EARLY;
                    // RFC 3261 §13.3.1.4
                    case ACK_LIMIT -> UNACKNOWLEDGED;
                    case BROKEN -> BREAKS_EARLY;
                    // RFC 3261 §9.2: a CANCEL behind the final response has no effect
                    case PROGRESS, ANSWER, REFUSE, PEER_CANCEL, BYE_DONE -> ANSWERED;
                };
            case LEAVING ->
                switch (input) {
                    case ACK, ACK_LIMIT -> LEFT;
                    case PEER_BYE -> PEER_LEFT;
                    case PROGRESS, ANSWER, REFUSE, HANG_UP, PEER_CANCEL, BYE_DONE, BROKEN -> LEAVING;
                };
            case CONFIRMED ->
                switch (input) {
                    case HANG_UP -> ENDS;
                    case PEER_BYE -> PEER_ENDS;
                    case BROKEN -> BREAKS;
                    case PROGRESS, ANSWER, REFUSE, PEER_CANCEL, ACK, ACK_LIMIT, BYE_DONE -> CONFIRMED;
                };
            case ENDING ->
                switch (input) {
                    case BYE_DONE -> ENDED;
                    case PROGRESS, ANSWER, REFUSE, HANG_UP, PEER_CANCEL, PEER_BYE, ACK, ACK_LIMIT, BROKEN -> ENDING;
                };
            case ENDED -> ENDED;
        };
    }
}

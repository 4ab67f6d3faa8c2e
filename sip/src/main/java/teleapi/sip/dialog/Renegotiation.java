package teleapi.sip.dialog;

import java.util.List;

/**
 * Offers and answers inside a confirmed dialog: re-INVITE both ways, UPDATE from the far end.
 *
 * <pre>
 * Shape   pure: state and input give the next state and outputs; nothing is allocated
 * Source  RFC 3261 §14, RFC 3311 §5.2, RFC 6141, RFC 5407 §3.1.4 to §3.3
 * </pre>
 */
public final class Renegotiation {
    private Renegotiation() {}

    /** Where it is. */
    public enum State {
        IDLE,
        /** Our re-INVITE is out. */
        OURS,
        /** It met one of theirs; we wait a random while (RFC 3261 §14.1). */
        GLARE,
        /** Their re-INVITE waits for our answer. */
        THEIRS,
        /** Our 2xx to it is repeated until the ACK. */
        THEIRS_ANSWERED,
        /** Their UPDATE waits for our answer. */
        UPDATE
    }

    /** What happens. */
    public enum Input {
        MODIFY,
        SUCCESS,
        REFUSAL,
        /** 491 to our re-INVITE. */
        PENDING,
        /** The random while is over. */
        RETRY,
        PEER_INVITE,
        PEER_UPDATE,
        PEER_CANCEL,
        ACCEPT,
        REFUSE,
        ACK,
        /** No ACK in 64 T1. */
        ACK_LIMIT
    }

    /** What is to be done. */
    public enum Output {
        SEND_INVITE,
        /** Keep the newest offer of ours until its turn comes. */
        KEEP,
        /** If an offer was kept, it is its turn now. */
        NEXT,
        SET_RETRY,
        STOP_RETRY,
        /** 491: ours is out. */
        SEND_PENDING,
        /** 500 with Retry-After: theirs is not answered yet. */
        SEND_OVERLAP,
        SEND_ANSWER,
        SEND_UPDATED,
        STOP_ANSWER,
        SEND_REFUSAL,
        /** 487. */
        SEND_TERMINATED,
        TELL_OFFERED,
        TELL_MODIFIED,
        TELL_MODIFY_REFUSED,
        TELL_ACKNOWLEDGED,
        /** The far end is gone. */
        BREAK
    }

    /** The next state, and what to do in order. */
    public record Step(State next, List<Output> outputs) {
        static Step of(State next, Output... outputs) {
            return new Step(next, List.of(outputs));
        }
    }

    private static final Step IDLE = Step.of(State.IDLE);
    private static final Step OURS = Step.of(State.OURS);
    private static final Step GLARE = Step.of(State.GLARE);
    private static final Step THEIRS = Step.of(State.THEIRS);
    private static final Step THEIRS_ANSWERED = Step.of(State.THEIRS_ANSWERED);
    private static final Step UPDATE = Step.of(State.UPDATE);

    private static final Step MODIFIES = Step.of(State.OURS, Output.SEND_INVITE);
    private static final Step OURS_KEEP = Step.of(State.OURS, Output.KEEP);
    private static final Step GLARE_KEEP = Step.of(State.GLARE, Output.KEEP);
    private static final Step THEIRS_KEEP = Step.of(State.THEIRS, Output.KEEP);
    private static final Step ANSWERED_KEEP = Step.of(State.THEIRS_ANSWERED, Output.KEEP);
    private static final Step UPDATE_KEEP = Step.of(State.UPDATE, Output.KEEP);
    private static final Step MODIFIED = Step.of(State.IDLE, Output.TELL_MODIFIED, Output.NEXT);
    private static final Step MODIFY_REFUSED = Step.of(State.IDLE, Output.TELL_MODIFY_REFUSED, Output.NEXT);
    private static final Step MEETS = Step.of(State.GLARE, Output.SET_RETRY);
    private static final Step OFFERED = Step.of(State.THEIRS, Output.TELL_OFFERED);
    private static final Step GLARE_OFFERED = Step.of(State.THEIRS, Output.STOP_RETRY, Output.TELL_OFFERED);
    private static final Step UPDATED = Step.of(State.UPDATE, Output.TELL_OFFERED);
    private static final Step GLARE_UPDATED = Step.of(State.UPDATE, Output.STOP_RETRY, Output.TELL_OFFERED);
    private static final Step PENDING = Step.of(State.OURS, Output.SEND_PENDING);
    private static final Step OVERLAP = Step.of(State.THEIRS, Output.SEND_OVERLAP);
    private static final Step UPDATE_OVERLAP = Step.of(State.UPDATE, Output.SEND_OVERLAP);
    private static final Step ACCEPTS = Step.of(State.THEIRS_ANSWERED, Output.SEND_ANSWER);
    private static final Step ACCEPTS_UPDATE = Step.of(State.IDLE, Output.SEND_UPDATED, Output.NEXT);
    private static final Step REFUSES = Step.of(State.IDLE, Output.SEND_REFUSAL, Output.NEXT);
    private static final Step TERMINATED = Step.of(State.IDLE, Output.SEND_TERMINATED, Output.NEXT);
    private static final Step ACKNOWLEDGED =
            Step.of(State.IDLE, Output.STOP_ANSWER, Output.TELL_ACKNOWLEDGED, Output.NEXT);
    private static final Step NEXT_OFFERED = Step.of(State.THEIRS, Output.STOP_ANSWER, Output.TELL_OFFERED);
    private static final Step NEXT_UPDATED = Step.of(State.UPDATE, Output.STOP_ANSWER, Output.TELL_OFFERED);
    private static final Step BROKEN = Step.of(State.IDLE, Output.STOP_ANSWER, Output.BREAK);

    /** The step for one input. */
    public static Step on(State state, Input input) {
        return switch (state) {
            case IDLE ->
                switch (input) {
                    case MODIFY -> MODIFIES;
                    case PEER_INVITE -> OFFERED;
                    case PEER_UPDATE -> UPDATED;
                    case SUCCESS, REFUSAL, PENDING, RETRY, PEER_CANCEL, ACCEPT, REFUSE, ACK, ACK_LIMIT -> IDLE;
                };
            case OURS ->
                switch (input) {
                    case MODIFY -> OURS_KEEP;
                    case SUCCESS -> MODIFIED;
                    case REFUSAL -> MODIFY_REFUSED;
                    case PENDING -> MEETS;
                    // RFC 3261 §14.2, RFC 3311 §5.2
                    case PEER_INVITE, PEER_UPDATE -> PENDING;
                    case RETRY, PEER_CANCEL, ACCEPT, REFUSE, ACK, ACK_LIMIT -> OURS;
                };
            case GLARE ->
                switch (input) {
                    case MODIFY -> GLARE_KEEP;
                    case RETRY -> MODIFIES;
                    case PEER_INVITE -> GLARE_OFFERED;
                    case PEER_UPDATE -> GLARE_UPDATED;
                    case SUCCESS, REFUSAL, PENDING, PEER_CANCEL, ACCEPT, REFUSE, ACK, ACK_LIMIT -> GLARE;
                };
            case THEIRS ->
                switch (input) {
                    case MODIFY -> THEIRS_KEEP;
                    case ACCEPT -> ACCEPTS;
                    case REFUSE -> REFUSES;
                    case PEER_INVITE, PEER_UPDATE -> OVERLAP;
                    case PEER_CANCEL -> TERMINATED;
                    case SUCCESS, REFUSAL, PENDING, RETRY, ACK, ACK_LIMIT -> THEIRS;
                };
            case THEIRS_ANSWERED ->
                switch (input) {
                    case MODIFY -> ANSWERED_KEEP;
                    case ACK -> ACKNOWLEDGED;
                    case ACK_LIMIT -> BROKEN;
                    // RFC 5407 §3.1.4: the next one shows that our 2xx came, whatever became of its ACK
                    case PEER_INVITE -> NEXT_OFFERED;
                    case PEER_UPDATE -> NEXT_UPDATED;
                    case SUCCESS, REFUSAL, PENDING, RETRY, PEER_CANCEL, ACCEPT, REFUSE -> THEIRS_ANSWERED;
                };
            case UPDATE ->
                switch (input) {
                    case MODIFY -> UPDATE_KEEP;
                    case ACCEPT -> ACCEPTS_UPDATE;
                    case REFUSE -> REFUSES;
                    case PEER_INVITE, PEER_UPDATE -> UPDATE_OVERLAP;
                    case SUCCESS, REFUSAL, PENDING, RETRY, PEER_CANCEL, ACK, ACK_LIMIT -> UPDATE;
                };
        };
    }
}

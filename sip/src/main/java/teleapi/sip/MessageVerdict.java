package teleapi.sip;

/** What becomes of a MESSAGE. */
public sealed interface MessageVerdict {
    /** Ask for digest credentials (407). */
    record Challenge() implements MessageVerdict {}

    /** The final answer: 202 when it is taken. */
    record Answer(int status, String reason) implements MessageVerdict {}
}

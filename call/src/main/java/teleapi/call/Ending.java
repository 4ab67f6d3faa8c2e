package teleapi.call;

/** What {@code Status=} of a modification asks for. */
public enum Ending {
    /** Ends the call if it is queued or ringing; no effect and no error when it is in progress. */
    CANCELED,
    /** Ends it in any state. */
    COMPLETED
}

package teleapi.call;

/** Whether a modification got into the mailbox of its call. */
public enum Accepted {
    /** Its statuses follow. */
    YES,
    /** No such live call of the account: unknown, another account's, or ended. */
    NO_SUCH_LIVE_CALL,
    /** Too many are waiting: 503. */
    TOO_MANY
}

package teleapi.sip.auth;

import teleapi.sip.message.Refusal;

/** Whether a request is from whom it says. */
public sealed interface Proof {
    /** The digest of this user is right, fresh and used for the first time. */
    record Given(String user) implements Proof {}

    /**
     * It is not. The answer is the same for a wrong password and for a user that does not exist.
     *
     * @param why for counters and penalties, not for the far end
     * @param answer 401 or 407 with new challenges
     */
    record Wanting(Why why, Refusal answer) implements Proof {}

    /** What is wanting. */
    enum Why {
        /** No digest for our realm: the usual first request. */
        ABSENT,
        /** The nonce is old, not ours, or was used with this count before. */
        STALE,
        /** Not looked at: too many wrong ones came before, of this user from there or from there at all. */
        UNHEARD,
        /** Wrong password, user, URI, or not well-formed: this counts as an attempt. */
        WRONG
    }
}

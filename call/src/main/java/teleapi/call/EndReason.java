package teleapi.call;

import java.util.Optional;

/**
 * Why a call ends.
 *
 * @param status the final status if it was never answered; an answered call ends as completed
 * @param cause whose doing it was
 * @param sipStatus how an unanswered inbound INVITE is refused
 * @param text for the journal
 * @param modification the one that meant it, also when it was one of the other leg
 */
public record EndReason(CallStatus status, Cause cause, int sipStatus, String text, Optional<Sid> modification) {
    /** The document came to its end, or said Hangup; an unanswered caller is refused with 603, which the contract calls busy. */
    public static final EndReason DOCUMENT_ENDED =
            new EndReason(CallStatus.BUSY, Cause.RCML, 603, "the document ended");

    /** The other leg left the bridge. */
    public static final EndReason PEER_LEFT =
            new EndReason(CallStatus.CANCELED, Cause.CALLER, 603, "the other leg left");

    public EndReason(CallStatus status, Cause cause, int sipStatus, String text) {
        this(status, cause, sipStatus, text, Optional.empty());
    }

    public static EndReason byApi(String text) {
        return new EndReason(CallStatus.CANCELED, Cause.API, 603, text);
    }

    public static EndReason byApi(String text, Sid modification) {
        return new EndReason(CallStatus.CANCELED, Cause.API, 603, text, Optional.of(modification));
    }

    /** What the end or the redirect of a call means to a leg that its Dial has: the same cause, the same modification. */
    public EndReason toConnected() {
        return new EndReason(CallStatus.CANCELED, cause, 603, "the other leg left: " + text, modification);
    }

    public static EndReason error(String text) {
        return new EndReason(CallStatus.FAILED, Cause.ERROR, 500, text);
    }

    /** Whose doing an end is. */
    public enum Cause {
        API("api"),
        CALLER("caller"),
        CALLEE("callee"),
        TIMEOUT("timeout"),
        RCML("rcml"),
        ERROR("error");

        private final String text;

        Cause(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }
}

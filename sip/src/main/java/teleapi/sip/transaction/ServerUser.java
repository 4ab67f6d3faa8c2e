package teleapi.sip.transaction;

/** Who answers a request. Called on its SIP worker. */
public interface ServerUser {
    /** Hears nothing: for requests that are answered at once. */
    ServerUser NONE = new ServerUser() {
        @Override
        public void canceled() {}

        @Override
        public void unreachable() {}
    };

    /** The To tag of its answers; empty text when it has none of its own. */
    default String localTag() {
        return "";
    }

    /** A CANCEL came for this INVITE before its final response (RFC 3261 §9.2). The CANCEL has been answered. */
    void canceled();

    /** The connection for responses is gone. */
    void unreachable();
}

package teleapi.sip.transaction;

import teleapi.sip.message.SipResponse;

/** Who sent a request, and is told what became of it. Called on its SIP worker. */
public interface ClientUser {
    /** A response; of an INVITE, every 2xx again (RFC 6026 §7.2). */
    void answered(SipResponse response);

    /** No final response came, or the request could not be sent. The last call. */
    void failed(Failure failure);

    /** Why there is no response. */
    enum Failure {
        TIMEOUT,
        UNREACHABLE
    }
}

package teleapi.sip.transaction;

import teleapi.sip.message.SipResponse;

/** A request of ours on its way. */
public sealed interface ClientTransaction permits InviteClientTransaction, RequestClientTransaction {
    /** What its table knows it by. */
    String key();

    /** A response with its branch and method. */
    void received(SipResponse response);

    /** It could not be sent. */
    void unreachable();

    /** Forgets it without telling its user (RFC 3261 §9.1: an INVITE whose CANCEL brought nothing in 64 T1). */
    void drop();
}

package teleapi.sip.transaction;

import teleapi.sip.message.SipResponse;

/** A request of the far end that is being answered. */
public sealed interface ServerTransaction permits InviteServerTransaction, RequestServerTransaction {
    /** What its table knows it by. */
    ServerKey key();

    /** The To tag of its user's answers. */
    String tag();

    /** Sends a response, and repeats it as its machine says. A 2xx to an INVITE may be given again and again until its ACK has come. */
    void respond(SipResponse response);

    /** Whoever is told from now on. */
    void user(ServerUser next);

    /** The same request, or the ACK to its refusal, came. */
    void receivedAgain(boolean ack);

    /** The ACK to the 2xx has come: nothing need be kept for repeating it. */
    void settled();

    /** A CANCEL for it came, and has been answered. */
    void canceled();
}

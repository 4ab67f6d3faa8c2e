package teleapi.sip.transaction;

import teleapi.sip.message.SipRequest;
import teleapi.sip.message.Via;

/**
 * What tells one server transaction from another.
 *
 * @param branch of the top Via; for a peer of RFC 2543 a text made of all that makes the request what it is
 * @param sentBy host and port of the top Via
 * @param method INVITE also for its ACK and CANCEL
 */
public record ServerKey(String branch, String sentBy, String method) {
    /** The key of a request; {@code method} as it shall match. */
    public static ServerKey of(SipRequest request, Via via, String method) {
        String sentBy = via.port().isPresent() ? via.host() + ":" + via.port().getAsInt() : via.host();
        if (via.hasTransactionBranch()) {
            return new ServerKey(via.branch().orElse(""), sentBy, method);
        }
        // RFC 3261 §17.2.3: Request-URI, From tag, Call-ID, CSeq number and top Via as sent. The To tag is left out:
        // that of the ACK is ours.
        String likeness = request.requestUri()
                + ' '
                + request.fromTag().orElse("")
                + ' '
                + request.callId()
                + ' '
                + request.cseq().number()
                + ' '
                + via.branch().orElse("");
        return new ServerKey(likeness, sentBy, method);
    }
}

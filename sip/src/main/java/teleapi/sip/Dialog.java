package teleapi.sip;

import java.util.List;
import java.util.Optional;
import teleapi.sip.message.Header;

/**
 * A handle on one INVITE dialog, from the first INVITE to the last BYE.
 *
 * <pre>
 * Thread  any; every method posts to the dialog's SIP worker and returns; what comes of it is a {@link DialogEvent}
 * Errors  what does not fit the dialog's state any more (an answer that crossed a CANCEL) is dropped there
 * Source  RFC 3261 §12 to §15
 * </pre>
 */
public interface Dialog {
    String callId();

    /** Our tag in it. */
    String localTag();

    /** 180 or 183, with SDP for early media. Inbound, before the answer. */
    void progress(int status, Optional<byte[]> sdp, List<Header> headers);

    /** 200 to the first INVITE, repeated until its ACK comes; no ACK in 32 s ends the dialog. */
    void answer(byte[] sdp, List<Header> headers);

    /** 200 to an {@link DialogEvent.Offered}. */
    void accept(byte[] sdp);

    /** Final refusal (300 to 699) of the first INVITE, or of an {@link DialogEvent.Offered}. */
    void refuse(int status, String reason, List<Header> headers);

    /** re-INVITE with a new offer. */
    void modify(byte[] offer);

    /** INFO with this body. */
    void inform(String contentType, byte[] body);

    /** 202 to a {@link DialogEvent.Referred}: what becomes of it is told, {@code 100} now and the rest by {@link #tellReferrer}. */
    void acceptReferral();

    /** Final refusal (300 to 699) of a {@link DialogEvent.Referred}. */
    void refuseReferral(int status, String reason);

    /** NOTIFY that the INVITE of an accepted referral has this status; a final one is the last, and {@link DialogEvent.ReferrerTold} follows. */
    void tellReferrer(int status);

    /** REFER: asks the far end to call {@code target} itself. {@link DialogEvent.ReferAnswered} follows, then {@link DialogEvent.Notified}. */
    void refer(SipUri target);

    /**
     * Ends it, whatever its state: CANCEL (as soon as a provisional answer allows it; a 2xx that crosses gets ACK and BYE), 603 to an
     * unanswered inbound INVITE, or BYE. Safe to call twice.
     */
    void hangUp();
}

package teleapi.sip;

import java.util.List;
import java.util.Optional;
import teleapi.sip.message.Header;

/**
 * What happens in a dialog. {@link Refused}, {@link Canceled} and {@link Ended} are final: exactly one of them is the last event.
 * Byte arrays are SDP and belong to the receiver.
 */
public sealed interface DialogEvent {
    /**
     * 101 to 199 to our INVITE.
     *
     * @param tag that of the far end in an early dialog; empty: there is none yet
     */
    record Progressed(int status, Optional<byte[]> sdp, Optional<String> tag) implements DialogEvent {}

    /** 2xx to our INVITE; the ACK has been sent. */
    record Answered(Optional<byte[]> sdp, List<Header> headers) implements DialogEvent {}

    /** Our INVITE came to nothing: the far end's 3xx to 6xx, or 408 when nothing came, 503 when it could not be sent, 487 after our hangUp. */
    record Refused(int status, String reason, List<Header> headers) implements DialogEvent {}

    /** The far end's CANCEL before our answer; 487 has been sent. */
    record Canceled() implements DialogEvent {}

    /** ACK to our 2xx; with the far end's SDP when our 2xx was the offer. */
    record Acknowledged(Optional<byte[]> sdp) implements DialogEvent {}

    /** re-INVITE or UPDATE of the far end: answer with {@link Dialog#accept} or {@link Dialog#refuse}. Empty: it wants an offer in the 200. */
    record Offered(Optional<byte[]> sdp) implements DialogEvent {}

    /** 2xx to our re-INVITE. */
    record Modified(byte[] sdp) implements DialogEvent {}

    /** Our re-INVITE was refused; the dialog is as before. (491 is retried by the dialog itself, RFC 3261 §14.1.) */
    record ModifyRefused(int status) implements DialogEvent {}

    /** INFO of the far end; 200 has been sent. */
    record Informed(String contentType, byte[] body) implements DialogEvent {}

    /** REFER of the far end: answer with {@link Dialog#acceptReferral} or {@link Dialog#refuseReferral}. */
    record Referred(Referral referral) implements DialogEvent {}

    /** The far end has heard the last of its REFER, or cannot hear it. */
    record ReferrerTold() implements DialogEvent {}

    /**
     * The final answer to our REFER; 408 when none came.
     *
     * @param followed whether {@link Notified} will say what became of it
     */
    record ReferAnswered(int status, boolean followed) implements DialogEvent {}

    /**
     * NOTIFY about our REFER; 200 has been sent.
     *
     * @param status of the INVITE that the far end sent; 0 when it did not say
     * @param last nothing more will come
     */
    record Notified(int status, boolean last) implements DialogEvent {}

    /** A confirmed dialog is over: the far end's BYE, our hangUp, or the far end is gone (no ACK, 408 or 481 in the dialog). */
    record Ended(By by, String reason) implements DialogEvent {}

    /** Whose doing an end was. */
    enum By {
        FAR_END,
        US,
        FAILURE
    }
}

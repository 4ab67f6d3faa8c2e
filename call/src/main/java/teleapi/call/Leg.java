package teleapi.call;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import teleapi.media.MediaSession;
import teleapi.media.Negotiation;
import teleapi.sip.Dialog;
import teleapi.sip.DialogEvent;
import teleapi.sip.IncomingInvite;
import teleapi.sip.SipUri;
import teleapi.sip.message.Header;
import teleapi.sip.message.NameAddress;
import teleapi.sip.message.Reasons;
import teleapi.sip.message.Replaces;

/**
 * One peer of a call: its SIP dialog and its media session.
 *
 * <pre>
 * Thread  the call's; clean-up posts and never waits
 * Source  RFC 3261 §13, RFC 3264
 * </pre>
 */
public final class Leg {
    private final Dialog dialog;
    private final MediaSession media;
    private final boolean inbound;
    private final byte[] ourSdp;
    private final List<Header> headers;
    private final Journal journal;
    private boolean over;
    private boolean answered;
    private boolean earlyMedia;
    private boolean offered;
    private boolean answerOwed;
    private String remoteTag;

    private Leg(
            Dialog dialog,
            MediaSession media,
            boolean inbound,
            byte[] ourSdp,
            boolean answerOwed,
            List<Header> headers,
            String remoteTag,
            Journal journal) {
        this.remoteTag = remoteTag;
        this.journal = journal;
        this.dialog = dialog;
        this.media = media;
        this.inbound = inbound;
        this.ourSdp = ourSdp;
        this.answerOwed = answerOwed;
        this.headers = headers;
    }

    /** An inbound leg; {@code ourSdp} is our answer, or {@code ourOffer} when the INVITE had none. */
    public static Leg inbound(
            IncomingInvite invite,
            MediaSession media,
            byte[] ourSdp,
            boolean ourOffer,
            List<Header> headers,
            Journal journal) {
        String tag = invite.request().fromTag().orElse("");
        return new Leg(invite.dialog(), media, true, ourSdp, ourOffer, headers, tag, journal);
    }

    /** An outbound leg whose INVITE is on its way. */
    public static Leg outbound(Dialog dialog, MediaSession media, Journal journal) {
        return new Leg(dialog, media, false, new byte[0], false, List.of(), "", journal);
    }

    public MediaSession media() {
        return media;
    }

    public boolean answered() {
        return answered;
    }

    /** 180 to the caller. */
    public void ring() {
        if (inbound && !answered) {
            journal.sipSent("180", Map.of());
            dialog.progress(180, Optional.empty(), headers);
        }
    }

    /** 183 with SDP to the caller: it hears us before we answer. */
    public void sendEarlyMedia() {
        if (inbound && !answered && !earlyMedia) {
            earlyMedia = true;
            journal.sipSent("183", Map.of("Reason", "with sound"));
            dialog.progress(183, Optional.of(ourSdp), headers);
        }
    }

    /** 200 to the caller; nothing when that has been done, or when the far end is the callee. */
    public boolean answer() {
        if (!inbound || answered) {
            return false;
        }
        answered = true;
        journal.sipSent("200", Map.of());
        dialog.answer(ourSdp, headers);
        return true;
    }

    /** The callee's SDP in a 18x or 200 to our INVITE. False: it cannot be used. */
    public boolean farEndAnswered(Optional<byte[]> sdp, boolean finalAnswer) {
        answered |= finalAnswer;
        if (sdp.isEmpty()) {
            return !finalAnswer || offered;
        }
        offered = true;
        return media.accepted(sdp.get()) instanceof Negotiation.Agreed;
    }

    /**
     * ACK to our 200. When our 200 had the offer, the first ACK must have the answer (RFC 3261 §13.2.1).
     *
     * @return false: there is no answer, or none that can be used; the call would be silent for ever
     */
    public boolean acknowledged(Optional<byte[]> sdp) {
        if (!answerOwed) {
            // To a re-INVITE without an offer; without an answer the session stays as it was.
            sdp.ifPresent(media::accepted);
            return true;
        }
        answerOwed = false;
        return sdp.isPresent() && media.accepted(sdp.get()) instanceof Negotiation.Agreed;
    }

    /** re-INVITE of the far end: hold, resume, a new address. */
    public void offered(Optional<byte[]> sdp) {
        if (sdp.isEmpty()) {
            accept(media.offer());
            return;
        }
        switch (media.answer(sdp.get())) {
            case Negotiation.Agreed agreed -> accept(agreed.sdp());
            case Negotiation.NoCommonCodec none -> refuse(488, "Not Acceptable Here");
            case Negotiation.Unreadable unreadable -> refuse(400, "Bad SDP");
        }
    }

    private void accept(byte[] sdp) {
        journal.sipSent("200", Map.of("Reason", "to the re-INVITE"));
        dialog.accept(sdp);
    }

    private void refuse(int status, String reason) {
        journal.sipSent(Integer.toString(status), Map.of("Reason", "to the re-INVITE"));
        dialog.refuse(status, reason, List.of());
    }

    /** Something has happened in its dialog: after its last event there is nothing more to say to the far end. */
    public void happened(DialogEvent event) {
        over |= event instanceof DialogEvent.Ended
                || event instanceof DialogEvent.Canceled
                || event instanceof DialogEvent.Refused;
        if (event instanceof DialogEvent.Answered answered) {
            remoteTag = answered.headers().stream()
                    .filter(header -> header.is("To"))
                    .findFirst()
                    .flatMap(header -> NameAddress.parse(header.value()))
                    .flatMap(NameAddress::tag)
                    .orElse("");
        }
    }

    /** Its dialog, as the far end names it to us. */
    public Replaces dialog() {
        return new Replaces(dialog.callId(), dialog.localTag(), remoteTag, false);
    }

    /** REFER to the far end. */
    public void refer(SipUri target) {
        journal.sipSent("REFER", Map.of("To", target.bare().toString()));
        dialog.refer(target);
    }

    /** 202 to the far end's REFER. */
    public void acceptReferral() {
        journal.sipSent("202", Map.of("Reason", "to the REFER"));
        dialog.acceptReferral();
    }

    /** Refuses it. */
    public void refuseReferral(int status) {
        journal.sipSent(Integer.toString(status), Map.of("Reason", "to the REFER"));
        dialog.refuseReferral(status, Reasons.phrase(status));
    }

    /** NOTIFY of how far the referral has come. */
    public void tellReferrer(int status) {
        journal.sipSent("NOTIFY", Map.of("Reason", Integer.toString(status)));
        dialog.tellReferrer(status);
    }

    /** Ends it: refuses an unanswered INVITE with {@code statusIfUnanswered}, cancels ours, or says BYE. */
    public void hangUp(int statusIfUnanswered) {
        if (!over) {
            String unanswered = inbound ? Integer.toString(statusIfUnanswered) : "CANCEL";
            journal.sipSent(answered ? "BYE" : unanswered, Map.of());
        }
        if (inbound && !answered) {
            dialog.refuse(statusIfUnanswered, reasonPhrase(statusIfUnanswered), headers);
        }
        dialog.hangUp();
        media.close();
    }

    /** The digits of an INFO body: application/dtmf-relay (Signal=5) or application/dtmf (5). */
    public static Optional<Character> digit(String contentType, byte[] body) {
        if (!contentType.toLowerCase(java.util.Locale.ROOT).startsWith("application/dtmf")) {
            return Optional.empty();
        }
        String text = new String(body, 0, Math.min(body.length, 200), StandardCharsets.UTF_8).trim();
        int signal = text.toLowerCase(java.util.Locale.ROOT).indexOf("signal=");
        String value = signal < 0 ? text : text.substring(signal + 7).trim();
        return value.isEmpty() || "0123456789*#ABCDabcd".indexOf(value.charAt(0)) < 0
                ? Optional.empty()
                : Optional.of(Character.toUpperCase(value.charAt(0)));
    }

    private static String reasonPhrase(int status) {
        return switch (status) {
            case 404 -> "Not Found";
            case 408 -> "Request Timeout";
            case 480 -> "Temporarily Unavailable";
            case 486 -> "Busy Here";
            case 487 -> "Request Terminated";
            case 488 -> "Not Acceptable Here";
            case 503 -> "Service Unavailable";
            case 603 -> "Decline";
            default -> "Server Internal Error";
        };
    }
}

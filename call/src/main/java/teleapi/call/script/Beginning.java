package teleapi.call.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import teleapi.call.Call;
import teleapi.call.CallEvent;
import teleapi.call.CallStatus;
import teleapi.call.Destination;
import teleapi.call.EndReason;
import teleapi.call.FarEndAnswer;
import teleapi.call.Leg;
import teleapi.call.NewDocument;
import teleapi.call.Origin;
import teleapi.call.Reading;
import teleapi.media.MediaSession;
import teleapi.media.Negotiation;
import teleapi.media.codec.Codec;
import teleapi.runtime.Deadline;
import teleapi.sip.Dialog;
import teleapi.sip.DialogEvent;
import teleapi.sip.Invitation;
import teleapi.sip.message.Header;

/**
 * The first thing a call does, by its origin: take the caller in, or ring someone.
 *
 * <pre>
 * Thread  invite: whoever starts the call. The rest: the call's
 * Source  CONTRACT sections 2 and 4; RFC 3261 §13; ADR-0025
 * </pre>
 */
final class Beginning {
    private final Script script;
    private final Call call;

    Beginning(Script script) {
        this.script = script;
        this.call = script.call;
    }

    Next run() throws Interruption {
        return switch (call.origin()) {
            case Origin.Inbound inbound -> takeIn(inbound);
            case Origin.FromApi fromApi -> {
                ring(script.time.after(fromApi.timeout()), early -> {});
                script.limits.ofCall(script.time.after(fromApi.timeLimit()));
                script.prompts.digits(fromApi.sendDigits());
                // A modification may have put another document in its place meanwhile.
                Optional<NewDocument> instead = script.modifications().firstDocument();
                yield instead.isPresent() ? first(instead.get(), true) : first(fromApi.document());
            }
            case Origin.Dialled dialled -> new DialledLeg(script, dialled, this).run();
        };
    }

    /** An inbound call: agree on sound (or 488), ring back, then its document. */
    private Next takeIn(Origin.Inbound inbound) throws Interruption {
        call.journal()
                .sipCame(
                        "INVITE",
                        between(call.snapshot().from(), call.snapshot().to()));
        Optional<MediaSession> media = open();
        if (media.isEmpty()) {
            return refused(503, "no RTP port is free");
        }
        byte[] offer = inbound.invite().request().body();
        byte[] ours;
        if (offer.length == 0) {
            ours = media.get().offer();
        } else {
            switch (media.get().answer(offer)) {
                case Negotiation.Agreed agreed -> ours = agreed.sdp();
                case Negotiation.NoCommonCodec none -> {
                    return refused(488, "no codec in common");
                }
                case Negotiation.Unreadable unreadable -> {
                    return refused(400, "SDP: " + unreadable.reason());
                }
            }
        }
        script.leg(Leg.inbound(
                inbound.invite(), media.get(), ours, offer.length == 0, headers(List.of()), call.journal()));
        script.leg().ring();
        script.progress.ringing();
        return first(inbound.document());
    }

    private static Next refused(int status, String why) {
        return new Next.End(new EndReason(CallStatus.FAILED, EndReason.Cause.ERROR, status, why));
    }

    Next first(NewDocument document) throws Interruption {
        return first(document, false);
    }

    private Next first(NewDocument document, boolean byModification) throws Interruption {
        script.documents.fallback(document.fallback(), byModification);
        return switch (document) {
            case NewDocument.AtUrl at -> new Next.Fetch(at.fetch(), Map.of());
            case NewDocument.Inline inline ->
                switch (Documents.parse(inline)) {
                    case Reading.Ready ready -> new Next.Run(ready.document(), "");
                    case Reading.Unusable unusable -> script.documents.unusable(unusable, Optional.empty());
                };
            case NewDocument.Wait waiting -> Documents.waiting(waiting);
            case NewDocument.Join room -> Documents.joining(room);
            case NewDocument.Bridge bridge -> new TakingPlace(script, bridge).run();
        };
    }

    /** What the callee's first ringing means to whoever wants to know. */
    interface Ringing {
        /**
         * The callee rings.
         *
         * @param earlyMedia whether it can be heard already
         */
        void rings(boolean earlyMedia);
    }

    /** The INVITE of a call that is to ring someone; nothing for one that came in. */
    void invite() throws Interruption {
        switch (call.origin()) {
            case Origin.Inbound inbound -> {}
            case Origin.FromApi fromApi -> invite(fromApi.destination(), fromApi.callerId(), "");
            case Origin.Dialled dialled -> invite(dialled.destination(), dialled.callerId(), dialled.callerName());
        }
    }

    private void invite(Destination destination, String callerId, String callerName) throws Interruption {
        switch (destination) {
            case Destination.Unreachable unreachable -> {
                script.clearing.sipStatus(unreachable.sipStatus());
                throw end(CallStatus.FAILED, EndReason.Cause.ERROR, unreachable.reason());
            }
            case Destination.NoRoom none -> {
                String why = "there are as many calls as there may be: no leg to " + none.shown();
                script.clearing.sipStatus(503);
                script.notify(true, 10004, why, "");
                throw end(CallStatus.FAILED, EndReason.Cause.ERROR, why);
            }
            case Destination.Reachable reachable -> invite(reachable, callerId, callerName);
        }
    }

    /** Waits for whoever was rung, and returns once answered; every other outcome is the end of this call. */
    void ring(Deadline until, Ringing ringing) throws Interruption {
        while (true) {
            Optional<CallEvent> event = script.await(until, Beginning::aboutInvite);
            if (event.isEmpty()) {
                throw end(CallStatus.NO_ANSWER, EndReason.Cause.TIMEOUT, "nobody answered in time");
            }
            switch (((CallEvent.DialogHappened) event.get()).event()) {
                case DialogEvent.Progressed progressed -> {
                    if (progressed.status() == 180 || progressed.sdp().isPresent()) {
                        boolean heard =
                                progressed.sdp().isPresent() && script.leg().farEndAnswered(progressed.sdp(), false);
                        script.progress.ringing();
                        ringing.rings(heard);
                    }
                }
                case DialogEvent.Answered answered -> {
                    farEnd(200, answered.headers());
                    if (!script.leg().farEndAnswered(answered.sdp(), true)) {
                        throw end(CallStatus.FAILED, EndReason.Cause.ERROR, "the answer has no SDP that can be used");
                    }
                    script.answered();
                    return;
                }
                case DialogEvent.Refused refused -> {
                    farEnd(refused.status(), refused.headers());
                    throw end(
                            outcome(refused.status()),
                            EndReason.Cause.CALLEE,
                            refused.status() + " " + refused.reason());
                }
                default -> throw new IllegalStateException("not about an INVITE: " + event.get());
            }
        }
    }

    private void farEnd(int status, List<Header> headers) {
        script.clearing.sipStatus(status);
        call.publish(new FarEndAnswer(script.leg().dialog().callId(), status, headers));
    }

    private void invite(Destination.Reachable to, String callerId, String callerName) throws Interruption {
        Optional<MediaSession> media = open();
        if (media.isEmpty()) {
            throw end(CallStatus.FAILED, EndReason.Cause.ERROR, "no RTP port is free");
        }
        Dialog dialog = script.switchboard
                .sip()
                .invite(
                        new Invitation(
                                to.target(),
                                to.contact(),
                                to.target().bare(),
                                script.switchboard.callerUri(callerId),
                                callerName,
                                headers(to.headers()),
                                Optional.of(media.get().offer(favourite())),
                                to.credentials()),
                        event -> call.post(new CallEvent.DialogHappened(event)));
        call.journal().sipSent("INVITE", between(callerId, to.target().bare().toString()));
        script.leg(Leg.outbound(dialog, media.get(), call.journal()));
        script.progress.initiated();
    }

    /** Who will be joined to it speaks that: if this one does too, packets are passed on as they are. */
    private Optional<Codec> favourite() {
        return call.origin() instanceof Origin.Dialled
                ? script.parent.media().flatMap(MediaSession::codec)
                : Optional.empty();
    }

    private static Map<String, String> between(String from, String to) {
        return Map.of("From", from, "To", to);
    }

    /** Published at once, so that the end of the call closes it whatever comes in between. */
    private Optional<MediaSession> open() {
        Optional<MediaSession> media =
                script.equipment.media().open(call.account().sid().text(), script.line::happened);
        media.ifPresent(call::publish);
        return media;
    }

    /** CONTRACT section 4: INVITEs and responses that we send carry the CallSid. */
    private List<Header> headers(List<Header> more) {
        var headers = new ArrayList<Header>();
        headers.add(new Header("X-Teleapi-CallSid", call.sid().text()));
        headers.addAll(more);
        return headers;
    }

    private static boolean aboutInvite(CallEvent event) {
        return event instanceof CallEvent.DialogHappened;
    }

    private static Interruption end(CallStatus status, EndReason.Cause cause, String text) {
        return new Interruption(new Next.End(new EndReason(status, cause, 603, text)));
    }

    /** CONTRACT section 4: how final answers map. */
    static CallStatus outcome(int sipStatus) {
        return switch (sipStatus) {
            case 486, 600, 603 -> CallStatus.BUSY;
            case 408 -> CallStatus.NO_ANSWER;
            default -> CallStatus.FAILED;
        };
    }
}

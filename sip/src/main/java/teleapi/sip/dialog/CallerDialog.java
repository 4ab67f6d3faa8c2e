package teleapi.sip.dialog;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import teleapi.runtime.Loop;
import teleapi.sip.Contact;
import teleapi.sip.DialogEvent;
import teleapi.sip.DialogListener;
import teleapi.sip.Invitation;
import teleapi.sip.auth.Authorization;
import teleapi.sip.message.Header;
import teleapi.sip.message.NameAddress;
import teleapi.sip.message.Reasons;
import teleapi.sip.message.SipRequest;
import teleapi.sip.message.SipResponse;
import teleapi.sip.transaction.ClientUser;
import teleapi.sip.transaction.Intervals;
import teleapi.sip.transport.Hop;
import teleapi.sip.transport.Path;

/** A call that we make; runs {@link Caller}. */
public final class CallerDialog extends InviteDialog {
    // Owned by one SIP worker.
    private static final byte[] NO_BODY = {};

    private final String callId;
    private final Invitation invitation;
    private final DialogListener listener;
    private DialogState state;
    private Caller.State phase = Caller.State.CALLING;
    private boolean confirmed;
    private boolean told;
    private @Nullable Sending invite;
    private @Nullable SipRequest sent;
    private Optional<Header> authorization = Optional.empty();
    private int status = 487;
    private String reason = "";
    private @Nullable SipResponse response;
    private Loop.@Nullable Timer cancelLimit;
    private @Nullable SipRequest ack;
    private String ackBranch = "";
    private long inviteSequence;
    private final Map<String, Fork> forks = new HashMap<>(0);

    /** The ACK to a 2xx of a branch that came too late. */
    private record Fork(SipRequest ack, String branch, Optional<Hop> hop) {}

    public CallerDialog(
            Station station, String callId, String localTag, Invitation invitation, DialogListener listener) {
        super(station);
        this.callId = callId;
        this.invitation = invitation;
        this.listener = listener;
        String target = invitation
                .contact()
                .map(Contact::uri)
                .orElse(invitation.target())
                .toString();
        Optional<Hop> flow =
                invitation.contact().map(contact -> new Hop.Known(Path.to(contact.transport(), contact.source())));
        this.state = new DialogState(
                callId,
                localTag,
                NameAddress.of(invitation.fromDisplay(), invitation.from())
                        .withTag(localTag)
                        .toString(),
                NameAddress.of(invitation.to()).toString(),
                "",
                target,
                List.of(),
                flow);
        reoffers.ownsCallId();
        invitation.offer().ifPresent(reoffers::described);
    }

    /** Sends the INVITE. */
    public void start() {
        station.add(this);
        sendInvite();
    }

    private void sendInvite() {
        Optional<Hop> hop = state.hop();
        if (hop.isEmpty()) {
            failed(503, "no way to this kind of address");
            return;
        }
        List<Header> more = new ArrayList<>();
        more.add(contact(hop.get().transport()));
        more.add(new Header("Allow", ALLOW));
        more.add(new Header("Supported", SUPPORTED));
        more.addAll(invitation.headers());
        authorization.ifPresent(more::add);
        byte[] offer = invitation.offer().orElse(NO_BODY);
        if (offer.length > 0) {
            more.add(new Header("Content-Type", Bodies.SDP));
        }
        inviteSequence = state.nextSequence();
        SipRequest request = state.request("INVITE", inviteSequence, station.product(), more, offer);
        sent = request;
        invite = station.request(request, hop.get(), new ClientUser() {
            @Override
            public void answered(SipResponse answer) {
                if (answer.cseq().number() == inviteSequence) {
                    inviteAnswered(answer);
                }
            }

            @Override
            public void failed(Failure failure) {
                switch (failure) {
                    case TIMEOUT -> CallerDialog.this.failed(408, Reasons.phrase(408));
                    case UNREACHABLE -> CallerDialog.this.failed(503, Reasons.phrase(503));
                }
            }
        });
    }

    private void failed(int with, String why) {
        status = with;
        reason = why;
        response = null;
        step(Caller.Input.FAILURE);
    }

    private void inviteAnswered(SipResponse answer) {
        response = answer;
        status = answer.status();
        reason = answer.reason();
        if (answer.isProvisional()) {
            note(answer);
            step(Caller.Input.PROVISIONAL);
        } else if (answer.isSuccess()) {
            succeeded(answer);
        } else if (!answeredChallenge(answer)) {
            step(Caller.Input.REFUSAL);
        }
    }

    private void succeeded(SipResponse answer) {
        String tag = answer.toTag().orElse("");
        if (confirmed && !tag.equals(state.remoteTag())) {
            forked(answer, tag);
            return;
        }
        if (!confirmed) {
            confirmed = true;
            state = state.with(answer);
            note(answer);
        }
        step(Caller.Input.SUCCESS);
    }

    // RFC 3261 §13.2.2.4: a 2xx of another branch makes a dialog too; it is acknowledged and ended
    private void forked(SipResponse answer, String tag) {
        Fork known = forks.get(tag);
        if (known == null) {
            DialogState branch = state.with(answer);
            known = new Fork(ack(branch), station.branch(), branch.hop());
            forks.put(tag, known);
            acknowledge(known);
            branch.hop()
                    .ifPresent(hop -> station.request(
                            branch.request("BYE", branch.nextSequence(), station.product(), List.of()), hop, IGNORED));
        } else {
            acknowledge(known);
        }
    }

    private void acknowledge(Fork fork) {
        fork.hop().ifPresent(hop -> station.acknowledge(fork.ack(), fork.branch(), hop));
    }

    private static final ClientUser IGNORED = new ClientUser() {
        @Override
        public void answered(SipResponse response) {}

        @Override
        public void failed(Failure failure) {}
    };

    // RFC 3261 §22.2, §22.3: once, and only for the target that these credentials are meant for
    private boolean answeredChallenge(SipResponse challenge) {
        boolean waiting = phase == Caller.State.CALLING || phase == Caller.State.PROCEEDING;
        SipRequest challenged = sent;
        if (!waiting || authorization.isPresent() || challenged == null || !isChallenge(challenge)) {
            return false;
        }
        authorization = invitation.credentials().flatMap(own -> station.authorize(challenge, challenged, own));
        if (authorization.isEmpty()) {
            return false;
        }
        phase = Caller.State.CALLING;
        sendInvite();
        return true;
    }

    private static boolean isChallenge(SipResponse response) {
        return response.status() == 401 || response.status() == 407;
    }

    @Override
    Optional<Header> credentials(SipResponse challenge, SipRequest challenged) {
        // The far end of a dialog that was set up without a challenge gets no credentials: it may be anyone.
        Optional<Header> before = authorization;
        if (before.isEmpty() || !confirmed) {
            return Optional.empty();
        }
        return invitation
                .credentials()
                .flatMap(own -> station.authorize(challenge, challenged, own))
                .filter(header -> realm(header).equals(realm(before.get())));
    }

    private static String realm(Header header) {
        return Authorization.parse(header.value()).map(Authorization::realm).orElse("");
    }

    private SipRequest ack(DialogState of) {
        // RFC 3261 §22.1: the ACK carries the INVITE's credentials
        return of.request(
                "ACK",
                inviteSequence,
                station.product(),
                authorization.map(List::of).orElse(List.of()));
    }

    @Override
    public void take(DialogCommand command) {
        switch (command) {
            case DialogCommand.Accept accept -> accept(accept.sdp());
            case DialogCommand.Refuse refuse -> reoffers.refuse(refuse.status(), refuse.reason(), refuse.headers());
            case DialogCommand.Modify modify -> {
                if (phase() == Phase.LIVE) {
                    reoffers.modify(modify.offer());
                } else if (phase() == Phase.CALLING) {
                    reoffers.keep(modify.offer());
                }
            }
            case DialogCommand.Inform inform -> {
                if (confirmed) {
                    inform(inform);
                }
            }
            case DialogCommand.Referring referring -> referrals.take(referring);
            case DialogCommand.HangUp _ -> {
                status = 487;
                reason = Reasons.phrase(487);
                response = null;
                step(Caller.Input.HANG_UP);
                Sending sending = invite;
                if (phase == Caller.State.HUNG_UP && sending != null && sending.withdraw()) {
                    step(Caller.Input.FAILURE);
                }
            }
            // what only a callee can do
            case DialogCommand.Progress _, DialogCommand.Answer _ -> {}
        }
    }

    // Our INVITE had no offer: theirs came in the 2xx, and our answer goes in the ACK (RFC 3261 §13.2.1).
    private void accept(byte[] sdp) {
        if (confirmed && invitation.offer().isEmpty() && ack == null) {
            reoffers.described(sdp);
            ack = ack(state).withBody(Bodies.SDP, sdp);
            ackBranch = station.branch();
            sendAck();
            reoffers.next();
        } else {
            reoffers.accept(sdp);
        }
    }

    @Override
    public void acknowledged(Incoming incoming) {
        reoffers.acknowledged(incoming);
    }

    @Override
    void peerBye() {
        reason = "BYE";
        step(Caller.Input.PEER_BYE);
    }

    @Override
    void broken(String why) {
        reason = why;
        step(Caller.Input.BROKEN);
    }

    private void step(Caller.Input input) {
        Caller.State before = phase;
        Caller.Step step = Caller.on(phase, input);
        phase = step.next();
        if (before == Caller.State.CONFIRMED && phase != Caller.State.CONFIRMED) {
            reoffers.close();
            referrals.close();
            sessionTimer.stop();
        }
        for (Caller.Output output : step.outputs()) {
            perform(output);
        }
        if (phase == Caller.State.ENDED && before != Caller.State.ENDED) {
            station.remove(this);
        }
    }

    private void perform(Caller.Output output) {
        switch (output) {
            case SEND_CANCEL -> Optional.ofNullable(invite).ifPresent(sending -> sending.cancel(IGNORED));
            case SEND_ACK -> sendAck();
            case SEND_BYE -> sendBye(() -> step(Caller.Input.BYE_DONE));
            case SET_CANCEL_LIMIT -> setCancelLimit();
            case STOP_CANCEL_LIMIT -> Optional.ofNullable(cancelLimit).ifPresent(Loop.Timer::cancel);
            case DROP_INVITE -> Optional.ofNullable(invite).ifPresent(Sending::drop);
            case TELL_PROGRESSED -> tellProgressed();
            case TELL_ANSWERED -> tellAnswered();
            case TELL_REFUSED, TELL_CANCELED -> tell(new DialogEvent.Refused(status, reason, headers()));
            case TELL_GONE -> tell(new DialogEvent.Refused(480, "ended by the far end", List.of()));
            case TELL_ENDED_BY_US -> tell(new DialogEvent.Ended(DialogEvent.By.US, "hung up"));
            case TELL_ENDED_BY_PEER -> tell(new DialogEvent.Ended(DialogEvent.By.FAR_END, reason));
            case TELL_ENDED_BY_FAILURE -> tell(new DialogEvent.Ended(DialogEvent.By.FAILURE, reason));
        }
    }

    private List<Header> headers() {
        SipResponse last = response;
        return last == null ? List.of() : last.headers();
    }

    private void sendAck() {
        if (ack == null) {
            boolean answerless = invitation.offer().isEmpty() && phase == Caller.State.CONFIRMED;
            if (answerless) {
                return;
            }
            ack = ack(state);
            ackBranch = station.branch();
        }
        SipRequest known = ack;
        state.hop().ifPresent(hop -> station.acknowledge(known, ackBranch, hop));
    }

    private void setCancelLimit() {
        if (cancelLimit == null) {
            cancelLimit = station.timers().timer(() -> step(Caller.Input.CANCEL_LIMIT));
        }
        cancelLimit.at(station.time().nanos() + Intervals.LIMIT);
    }

    private void tellProgressed() {
        SipResponse last = response;
        if (last != null && last.status() > 100) {
            tell(new DialogEvent.Progressed(last.status(), Bodies.sdp(last), last.toTag()));
        }
    }

    private void tellAnswered() {
        SipResponse last = response;
        if (last != null) {
            sessionTimer.answered(last);
            tell(new DialogEvent.Answered(Bodies.sdp(last), last.headers()));
            if (ack != null) {
                reoffers.next();
            }
        }
    }

    @Override
    void tell(DialogEvent event) {
        if (told) {
            return;
        }
        told = event instanceof DialogEvent.Refused || event instanceof DialogEvent.Ended;
        listener.happened(event);
    }

    @Override
    Phase phase() {
        return switch (phase) {
            case CALLING, HUNG_UP, PROCEEDING, CANCELED -> Phase.CALLING;
            case CONFIRMED -> Phase.LIVE;
            case ENDING, ENDED -> Phase.OVER;
        };
    }

    @Override
    Optional<InetAddress> client() {
        return invitation.contact().map(contact -> contact.source().getAddress());
    }

    @Override
    DialogState state() {
        return state;
    }

    @Override
    String localUser() {
        return invitation.from().user().orElse("");
    }

    @Override
    public String localTag() {
        return state.localTag();
    }

    @Override
    public boolean matches(String id, String remoteTag) {
        return callId.equals(id) && (!confirmed || state.remoteTag().equals(remoteTag));
    }
}

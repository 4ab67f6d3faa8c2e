package teleapi.sip.dialog;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import teleapi.sip.DialogEvent;
import teleapi.sip.DialogListener;
import teleapi.sip.message.Header;
import teleapi.sip.message.NameAddress;
import teleapi.sip.message.Reasons;
import teleapi.sip.message.SipRequest;
import teleapi.sip.message.SipResponse;
import teleapi.sip.transaction.ServerTransaction;
import teleapi.sip.transaction.ServerUser;
import teleapi.sip.transport.Hop;

/** A call that comes to us; runs {@link Callee}. */
public final class CalleeDialog extends InviteDialog implements ServerUser {
    // Owned by one SIP worker.
    private static final byte[] NO_BODY = {};

    private final Incoming invite;
    private final DialogState state;
    private final String localUser;
    private final boolean ofClient;
    private final AnswerRepeater repeater;
    private @Nullable DialogListener listener;
    private @Nullable ServerTransaction transaction;
    private Callee.State phase = Callee.State.RINGING;
    private boolean told;
    private @Nullable SipResponse reply;
    private Optional<byte[]> acknowledgement = Optional.empty();
    private List<Header> common = List.of();
    private boolean weOffered;
    private String reason = "";

    /** {@code flow}: where our requests go when no route is set, for a client that proved itself and may sit behind NAT. */
    public CalleeDialog(Station station, Incoming invite, String localTag, Optional<Hop> flow) {
        super(station);
        this.invite = invite;
        this.ofClient = flow.isPresent();
        SipRequest request = invite.request();
        this.localUser = request.uri().flatMap(uri -> uri.user()).orElse("");
        this.state = new DialogState(
                invite.callId(),
                localTag,
                request.header("To").orElse("") + ";tag=" + localTag,
                request.header("From").orElse(""),
                invite.fromTag(),
                request.contact().map(NameAddress::uri).orElse(request.from().uri()),
                List.copyOf(request.headers("Record-Route")),
                flow);
        state.sequence(invite.cseq().number());
        this.repeater = new AnswerRepeater(station, () -> {
            reason = "no ACK to our answer";
            step(Callee.Input.ACK_LIMIT);
        });
    }

    /** A call takes it: from now on this dialog answers. */
    public void admitted(DialogListener by) {
        listener = by;
        note(invite.request());
        ServerTransaction own = station.serve(invite, this);
        transaction = own;
        station.add(this);
        // RFC 3261 §17.2.1: within 200 ms
        own.respond(SipResponse.to(invite.request(), 100, ""));
    }

    @Override
    public void take(DialogCommand command) {
        if (transaction == null) {
            return;
        }
        switch (command) {
            case DialogCommand.Progress progress -> {
                if (phase == Callee.State.RINGING) {
                    progress.sdp().ifPresent(reoffers::described);
                    reply = first(
                            progress.status(), Reasons.phrase(progress.status()), progress.headers(), progress.sdp());
                    step(Callee.Input.PROGRESS);
                }
            }
            case DialogCommand.Answer answer -> answer(answer);
            case DialogCommand.Accept accept -> reoffers.accept(accept.sdp());
            case DialogCommand.Refuse refuse -> refuse(refuse);
            case DialogCommand.Modify modify -> {
                if (phase == Callee.State.CONFIRMED) {
                    reoffers.modify(modify.offer());
                } else if (phase == Callee.State.RINGING || phase == Callee.State.ANSWERED) {
                    // RFC 3261 §14.1: no re-INVITE while an INVITE is in progress
                    reoffers.keep(modify.offer());
                }
            }
            case DialogCommand.Inform inform -> {
                if (phase == Callee.State.ANSWERED || phase == Callee.State.CONFIRMED) {
                    inform(inform);
                }
            }
            case DialogCommand.Referring referring -> referrals.take(referring);
            case DialogCommand.HangUp _ -> step(Callee.Input.HANG_UP);
        }
    }

    private void answer(DialogCommand.Answer answer) {
        if (phase != Callee.State.RINGING) {
            return;
        }
        weOffered = invite.sdp().isEmpty();
        reoffers.described(answer.sdp());
        List<Header> more = new ArrayList<>(sessionTimer.answer(invite.request()));
        more.addAll(answer.headers());
        reply = first(200, Reasons.phrase(200), more, Optional.of(answer.sdp()));
        step(Callee.Input.ANSWER);
    }

    private void refuse(DialogCommand.Refuse refuse) {
        if (phase == Callee.State.RINGING) {
            reply = response(invite, refuse.status(), refuse.reason())
                    .with(refuse.headers())
                    .withTimeToRetry();
            step(Callee.Input.REFUSE);
        } else {
            reoffers.refuse(refuse.status(), refuse.reason(), refuse.headers());
        }
    }

    private SipResponse first(int status, String phrase, List<Header> headers, Optional<byte[]> sdp) {
        List<Header> all = new ArrayList<>(common());
        all.addAll(headers);
        if (sdp.isPresent()) {
            all.add(new Header("Content-Type", Bodies.SDP));
        }
        return new SipResponse(status, phrase, all, sdp.orElse(NO_BODY));
    }

    /** What 180 and 200 have in common, made once. */
    private List<Header> common() {
        List<Header> known = common;
        if (known.isEmpty()) {
            known = response(invite, 200)
                    .with(List.of(contact(invite), new Header("Allow", ALLOW), new Header("Supported", SUPPORTED)))
                    .headers();
            common = known;
        }
        return known;
    }

    @Override
    public void canceled() {
        step(Callee.Input.PEER_CANCEL);
    }

    @Override
    public void unreachable() {
        reason = "the connection is gone";
        step(Callee.Input.BROKEN);
    }

    @Override
    public void acknowledged(Incoming ack) {
        if (ack.cseq().number() == invite.cseq().number()) {
            acknowledgement = weOffered ? ack.sdp() : Optional.empty();
            step(Callee.Input.ACK);
        } else {
            reoffers.acknowledged(ack);
        }
    }

    @Override
    void peerBye() {
        reason = "BYE";
        step(Callee.Input.PEER_BYE);
    }

    @Override
    void broken(String why) {
        reason = why;
        step(Callee.Input.BROKEN);
    }

    private void step(Callee.Input input) {
        Callee.State before = phase;
        Callee.Step step = Callee.on(phase, input);
        phase = step.next();
        boolean over = phase() == Phase.OVER && before != phase;
        if (over) {
            reoffers.close();
            referrals.close();
            sessionTimer.stop();
        }
        for (Callee.Output output : step.outputs()) {
            perform(output);
        }
        if (phase == Callee.State.ENDED && before != Callee.State.ENDED) {
            station.remove(this);
        }
    }

    private void perform(Callee.Output output) {
        switch (output) {
            case SEND_PROGRESS, SEND_REFUSAL -> Optional.ofNullable(reply).ifPresent(this::respond);
            case SEND_ANSWER -> {
                if (transaction != null && reply != null) {
                    repeater.start(transaction, reply);
                }
            }
            case STOP_ANSWER -> repeater.stop();
            case SEND_DECLINE -> respond(response(invite, 603));
            case SEND_TERMINATED -> respond(response(invite, 487));
            case SEND_BYE -> sendBye(() -> step(Callee.Input.BYE_DONE));
            case TELL_ACKNOWLEDGED -> {
                tell(new DialogEvent.Acknowledged(acknowledgement));
                reoffers.next();
            }
            case TELL_CANCELED -> tell(new DialogEvent.Canceled());
            case TELL_ENDED_BY_US -> tell(new DialogEvent.Ended(DialogEvent.By.US, "hung up"));
            case TELL_ENDED_BY_PEER -> tell(new DialogEvent.Ended(DialogEvent.By.FAR_END, reason));
            case TELL_ENDED_BY_FAILURE -> tell(new DialogEvent.Ended(DialogEvent.By.FAILURE, reason));
        }
    }

    private void respond(SipResponse response) {
        if (transaction != null) {
            transaction.respond(response);
        }
    }

    @Override
    void tell(DialogEvent event) {
        DialogListener to = listener;
        if (told || to == null) {
            return;
        }
        told = event instanceof DialogEvent.Canceled || event instanceof DialogEvent.Ended;
        to.happened(event);
    }

    @Override
    Optional<Header> credentials(SipResponse challenge, SipRequest challenged) {
        return Optional.empty();
    }

    @Override
    Phase phase() {
        return switch (phase) {
            case RINGING -> Phase.RINGING;
            // RFC 5407 §3.1.4, §3.1.5: before the ACK a re-INVITE is fine unless our own offer is still open
            case ANSWERED -> weOffered ? Phase.OFFERING : Phase.LIVE;
            case CONFIRMED -> Phase.LIVE;
            case LEAVING, ENDING, ENDED -> Phase.OVER;
        };
    }

    @Override
    Optional<InetAddress> client() {
        return ofClient ? Optional.of(invite.path().remote().getAddress()) : Optional.empty();
    }

    @Override
    DialogState state() {
        return state;
    }

    @Override
    String localUser() {
        return localUser;
    }

    @Override
    public String localTag() {
        return state.localTag();
    }

    @Override
    public boolean matches(String callId, String remoteTag) {
        return state.callId().equals(callId) && state.remoteTag().equals(remoteTag);
    }
}

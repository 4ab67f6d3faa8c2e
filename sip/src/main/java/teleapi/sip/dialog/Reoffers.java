package teleapi.sip.dialog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import teleapi.runtime.Loop;
import teleapi.sip.DialogEvent;
import teleapi.sip.message.Header;
import teleapi.sip.message.SipResponse;
import teleapi.sip.transaction.ServerTransaction;
import teleapi.sip.transaction.ServerUser;

/** Offers inside one dialog; runs {@link Renegotiation}. */
final class Reoffers {
    // Owned by the SIP worker of its dialog.
    private static final byte[] NO_BODY = {};

    private final InviteDialog dialog;
    private final AnswerRepeater repeater;
    private Renegotiation.State state = Renegotiation.State.IDLE;
    private byte @Nullable [] latest;
    private byte @Nullable [] kept;
    private byte @Nullable [] sent;
    private boolean refreshing;
    private Loop.@Nullable Timer retry;
    private @Nullable Theirs theirs;
    private @Nullable Theirs arriving;
    private int refusal = 488;
    private String refusalReason = "";
    private List<Header> refusalHeaders = List.of();
    private byte[] answer = NO_BODY;
    private Optional<SipResponse> response = Optional.empty();
    private Optional<byte[]> acknowledgement = Optional.empty();
    private boolean ownsCallId;

    private record Theirs(Incoming incoming, ServerTransaction transaction) {}

    Reoffers(InviteDialog dialog) {
        this.dialog = dialog;
        this.repeater = new AnswerRepeater(dialog.station, () -> step(Renegotiation.Input.ACK_LIMIT));
    }

    /** RFC 3261 §14.1: who made the Call-ID waits longer after a glare. */
    void ownsCallId() {
        ownsCallId = true;
    }

    /** What we described last, for a refresh that changes nothing. */
    void described(byte[] sdp) {
        latest = sdp;
    }

    /** Keeps an offer for when the dialog is confirmed. */
    void keep(byte[] offer) {
        kept = offer;
    }

    void next() {
        if (kept != null && state == Renegotiation.State.IDLE && dialog.phase() == InviteDialog.Phase.LIVE) {
            step(Renegotiation.Input.MODIFY);
        }
    }

    void modify(byte[] offer) {
        kept = offer;
        refreshing = false;
        step(Renegotiation.Input.MODIFY);
    }

    void refresh() {
        if (state == Renegotiation.State.IDLE && latest != null) {
            kept = latest;
            refreshing = true;
            step(Renegotiation.Input.MODIFY);
        }
    }

    void accept(byte[] sdp) {
        answer = sdp;
        step(Renegotiation.Input.ACCEPT);
    }

    void refuse(int status, String reason, List<Header> headers) {
        refusal = status;
        refusalReason = reason;
        refusalHeaders = headers;
        step(Renegotiation.Input.REFUSE);
    }

    void peerInvited(Incoming incoming, ServerTransaction transaction) {
        Theirs before = theirs;
        boolean weOffered = before != null && before.incoming().sdp().isEmpty();
        if (state == Renegotiation.State.THEIRS_ANSWERED && weOffered) {
            // RFC 5407 §3.1.5: the ACK with their answer to our offer has not come
            transaction.respond(dialog.response(incoming, 491));
            return;
        }
        arriving = new Theirs(incoming, transaction);
        transaction.user(new ServerUser() {
            @Override
            public void canceled() {
                if (theirs != null && theirs.transaction() == transaction) {
                    step(Renegotiation.Input.PEER_CANCEL);
                }
            }

            @Override
            public void unreachable() {}
        });
        step(Renegotiation.Input.PEER_INVITE);
    }

    void peerUpdated(Incoming incoming, ServerTransaction transaction) {
        arriving = new Theirs(incoming, transaction);
        step(Renegotiation.Input.PEER_UPDATE);
    }

    void acknowledged(Incoming ack) {
        Theirs open = theirs;
        if (open != null && open.incoming().cseq().number() == ack.cseq().number()) {
            acknowledgement = open.incoming().sdp().isEmpty() ? ack.sdp() : Optional.empty();
            step(Renegotiation.Input.ACK);
        }
    }

    /** The dialog is over: what is open is answered (RFC 3261 §15.1.2), nothing is sent any more. */
    void close() {
        Theirs open = theirs;
        if (open != null && (state == Renegotiation.State.THEIRS || state == Renegotiation.State.UPDATE)) {
            open.transaction().respond(dialog.response(open.incoming(), 487));
        }
        theirs = null;
        kept = null;
        repeater.stop();
        stopRetry();
    }

    private void step(Renegotiation.Input input) {
        Renegotiation.Step step = Renegotiation.on(state, input);
        state = step.next();
        for (Renegotiation.Output output : step.outputs()) {
            perform(output);
        }
    }

    private void perform(Renegotiation.Output output) {
        switch (output) {
            case SEND_INVITE -> sendInvite();
            // kept by whoever asked
            case KEEP -> {}
            case NEXT -> next();
            case SET_RETRY -> setRetry();
            case STOP_RETRY -> stopRetry();
            case SEND_PENDING -> respond(arriving, 491, List.of());
            case SEND_OVERLAP -> respond(arriving, 500, List.of(dialog.retryAfter()));
            case SEND_ANSWER -> sendAnswer();
            case SEND_UPDATED -> sendUpdated();
            case STOP_ANSWER -> repeater.stop();
            case SEND_REFUSAL -> sendRefusal();
            case SEND_TERMINATED -> {
                respond(theirs, 487, List.of());
                theirs = null;
            }
            case TELL_OFFERED -> tellOffered();
            case TELL_MODIFIED -> tellModified();
            case TELL_MODIFY_REFUSED -> tellModifyRefused();
            case TELL_ACKNOWLEDGED -> {
                theirs = null;
                dialog.tell(new DialogEvent.Acknowledged(acknowledgement));
            }
            case BREAK -> dialog.broken("no ACK to the answer of a re-INVITE");
        }
    }

    private void sendInvite() {
        byte[] offer = kept;
        if (offer == null) {
            return;
        }
        kept = null;
        sent = offer;
        List<Header> more = new ArrayList<>(dialog.sessionTimer.offer());
        more.add(dialog.contact(dialog.transport()));
        more.add(new Header("Allow", InviteDialog.ALLOW));
        more.add(new Header("Supported", InviteDialog.SUPPORTED));
        more.add(new Header("Content-Type", Bodies.SDP));
        String branch = dialog.station.branch();
        dialog.send("INVITE", more, offer, new InviteDialog.Outcome() {
            private boolean done;

            @Override
            public void answered(SipResponse received) {
                if (received.isSuccess()) {
                    acknowledge(received, branch);
                }
                if (!done) {
                    done = true;
                    finished(received);
                }
            }

            @Override
            public void failed() {
                finishedWith(408);
            }
        });
    }

    // RFC 3261 §13.2.2.4: also one that comes after the dialog has ended
    private void acknowledge(SipResponse received, String branch) {
        DialogState state = dialog.state();
        state.refreshTarget(received);
        state.hop()
                .ifPresent(hop -> dialog.station.acknowledge(
                        state.request("ACK", received.cseq().number(), dialog.station.product(), List.of()),
                        branch,
                        hop));
    }

    private void finished(SipResponse received) {
        response = Optional.of(received);
        if (received.isSuccess()) {
            dialog.note(received);
            dialog.sessionTimer.answered(received);
            latest = sent;
            step(Renegotiation.Input.SUCCESS);
        } else if (received.status() == 491) {
            if (kept == null) {
                kept = sent;
            }
            step(Renegotiation.Input.PENDING);
        } else {
            finishedWith(received.status());
        }
    }

    private void finishedWith(int status) {
        refusal = status;
        step(Renegotiation.Input.REFUSAL);
    }

    private void tellModified() {
        boolean quiet = refreshing;
        refreshing = false;
        sent = null;
        Optional<byte[]> sdp = response.flatMap(Bodies::sdp);
        response = Optional.empty();
        if (!quiet) {
            dialog.tell(new DialogEvent.Modified(sdp.orElse(NO_BODY)));
        }
    }

    private void tellModifyRefused() {
        boolean quiet = refreshing;
        refreshing = false;
        sent = null;
        response = Optional.empty();
        if (!quiet) {
            dialog.tell(new DialogEvent.ModifyRefused(refusal));
        }
    }

    private void setRetry() {
        // RFC 3261 §14.1: in units of 10 ms, 2.1 to 4 s for the owner of the Call-ID, 0 to 2 s for the other
        int tens = ownsCallId
                ? 210 + dialog.station.random().below(191)
                : dialog.station.random().below(201);
        if (retry == null) {
            retry = dialog.station.timers().timer(() -> step(Renegotiation.Input.RETRY));
        }
        retry.at(dialog.station.time().nanos() + tens * 10_000_000L);
    }

    private void stopRetry() {
        if (retry != null) {
            retry.cancel();
        }
    }

    private void tellOffered() {
        Theirs now = arriving;
        theirs = now;
        arriving = null;
        if (now != null) {
            dialog.tell(new DialogEvent.Offered(now.incoming().sdp()));
        }
    }

    private void sendAnswer() {
        Theirs open = theirs;
        if (open != null) {
            latest = answer;
            repeater.start(open.transaction(), success(open.incoming()));
        }
    }

    private void sendUpdated() {
        Theirs open = theirs;
        if (open != null) {
            latest = answer;
            open.transaction().respond(success(open.incoming()));
            theirs = null;
        }
    }

    private SipResponse success(Incoming incoming) {
        dialog.state().refreshTarget(incoming.request());
        List<Header> more = new ArrayList<>(dialog.sessionTimer.answer(incoming.request()));
        more.add(dialog.contact(incoming));
        more.add(new Header("Allow", InviteDialog.ALLOW));
        more.add(new Header("Supported", InviteDialog.SUPPORTED));
        return dialog.response(incoming, 200).with(more).withBody(Bodies.SDP, answer);
    }

    private void sendRefusal() {
        Theirs open = theirs;
        if (open != null) {
            open.transaction()
                    .respond(dialog.response(open.incoming(), refusal, refusalReason)
                            .with(refusalHeaders));
            theirs = null;
        }
    }

    private void respond(@Nullable Theirs to, int status, List<Header> more) {
        if (to != null) {
            to.transaction().respond(dialog.response(to.incoming(), status).with(more));
        }
    }
}

package teleapi.sip.dialog;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import teleapi.sip.DialogEvent;
import teleapi.sip.Transport;
import teleapi.sip.message.Header;
import teleapi.sip.message.SipMessage;
import teleapi.sip.message.SipRequest;
import teleapi.sip.message.SipResponse;
import teleapi.sip.transaction.ClientUser;
import teleapi.sip.transaction.ServerTransaction;
import teleapi.sip.transaction.ServerUser;
import teleapi.sip.transport.Hop;

/**
 * One INVITE dialog of ours, as caller or as callee; what both do once it lives is here.
 *
 * <pre>
 * Thread  its SIP worker's
 * Source  RFC 3261 §12.2, §14, §15; RFC 3311; RFC 3515; RFC 6086
 * </pre>
 */
public abstract sealed class InviteDialog permits CallerDialog, CalleeDialog {
    // Owned by one SIP worker.
    /** The methods that we serve, in a dialog or not. */
    public static final String ALLOW =
            "ACK, BYE, CANCEL, INFO, INVITE, MESSAGE, NOTIFY, OPTIONS, REFER, REGISTER, UPDATE";
    /** The bodies that we understand, of all methods but MESSAGE. */
    public static final String ACCEPT = "application/sdp, application/dtmf-relay, application/dtmf, message/sipfrag";
    /** The extensions that we understand. */
    public static final String SUPPORTED = "norefersub, replaces, timer";
    /** The bodies of MESSAGE that we understand. */
    public static final String TEXT = "text/plain";
    /** The answer to OPTIONS, in a dialog or not. */
    public static final List<Header> CAPABILITIES = List.of(
            new Header("Allow", ALLOW), new Header("Accept", ACCEPT + ", " + TEXT), new Header("Supported", SUPPORTED));

    private static final byte[] NO_BODY = {};

    final Station station;
    final Reoffers reoffers;
    final Referrals referrals;
    final SessionTimer sessionTimer;
    private boolean peerTakesUpdate;
    private @Nullable Header contact;
    private Transport contactTransport = Transport.UDP;

    InviteDialog(Station station) {
        this.station = station;
        this.reoffers = new Reoffers(this);
        this.referrals = new Referrals(this);
        this.sessionTimer = new SessionTimer(station, this::refresh, () -> broken("the session was not refreshed"));
    }

    /** How far it is, as far as requests in it are concerned. */
    enum Phase {
        /** Our INVITE has no final response. */
        CALLING,
        /** Theirs has none. */
        RINGING,
        /** Our 2xx made the offer, and the ACK with its answer has not come. */
        OFFERING,
        LIVE,
        OVER
    }

    /** Our tag, by which requests find it. */
    public abstract String localTag();

    /** Whether a request with these is one of this dialog's. */
    public abstract boolean matches(String callId, String remoteTag);

    /** What its owner asks. */
    public abstract void take(DialogCommand command);

    /** An ACK with its tags. */
    public abstract void acknowledged(Incoming ack);

    abstract Phase phase();

    abstract DialogState state();

    /** Where the client of ours that this is a dialog with has proved itself; empty when it is with anyone else. */
    abstract Optional<InetAddress> client();

    /** Whose name stands in our Contact. */
    abstract String localUser();

    abstract void tell(DialogEvent event);

    abstract void peerBye();

    /** RFC 3261 §12.2.1.2: the far end does not know it any more, or is gone. */
    abstract void broken(String reason);

    /** Credentials for a challenge in this dialog; empty for one that we did not start (a stranger could ask for any realm's). */
    abstract Optional<Header> credentials(SipResponse challenge, SipRequest challenged);

    /** A request (not ACK, not CANCEL) with its tags, seen for the first time. */
    public final void received(Incoming incoming) {
        ServerTransaction transaction = station.serve(incoming, ServerUser.NONE);
        // RFC 3261 §12.2.2: numbers grow; a replayed or forged request does not get through
        if (!state().sequence(incoming.cseq().number())) {
            transaction.respond(response(incoming, 500));
            return;
        }
        note(incoming.request());
        switch (incoming.method()) {
            case "BYE" -> {
                transaction.respond(response(incoming, 200));
                peerBye();
            }
            case "INVITE" -> invited(incoming, transaction);
            case "UPDATE" -> updated(incoming, transaction);
            case "INFO" -> informed(incoming, transaction);
            case "REFER" -> referrals.referred(incoming, transaction);
            case "NOTIFY" -> referrals.notified(incoming, transaction);
            case "OPTIONS" -> transaction.respond(response(incoming, 200).with(CAPABILITIES));
            default -> transaction.respond(response(incoming, 405).with(new Header("Allow", ALLOW)));
        }
    }

    private void invited(Incoming incoming, ServerTransaction transaction) {
        switch (phase()) {
            case CALLING, OFFERING -> transaction.respond(response(incoming, 491));
            case RINGING -> transaction.respond(response(incoming, 500).with(retryAfter()));
            case LIVE -> {
                if (SessionTimer.tooSmall(incoming.request())) {
                    transaction.respond(tooSmall(incoming));
                } else {
                    // RFC 3261 §17.2.1: 100 unless the answer is there within 200 ms; it is another thread's
                    transaction.respond(SipResponse.to(incoming.request(), 100, localTag()));
                    reoffers.peerInvited(incoming, transaction);
                }
            }
            case OVER -> transaction.respond(response(incoming, 481));
        }
    }

    private void updated(Incoming incoming, ServerTransaction transaction) {
        Optional<byte[]> offer = incoming.sdp();
        if (phase() == Phase.OVER) {
            transaction.respond(response(incoming, 481));
        } else if (SessionTimer.tooSmall(incoming.request())) {
            transaction.respond(tooSmall(incoming));
        } else if (offer.isEmpty()) {
            state().refreshTarget(incoming.request());
            List<Header> more = new ArrayList<>(sessionTimer.answer(incoming.request()));
            more.add(contact(incoming));
            transaction.respond(response(incoming, 200).with(more));
        } else if (phase() == Phase.LIVE) {
            reoffers.peerUpdated(incoming, transaction);
        } else {
            // RFC 3311 §5.2: the offer of the INVITE is not answered yet
            transaction.respond(response(incoming, 491));
        }
    }

    private void informed(Incoming incoming, ServerTransaction transaction) {
        if (phase() == Phase.OVER) {
            transaction.respond(response(incoming, 481));
            return;
        }
        transaction.respond(response(incoming, 200));
        tell(new DialogEvent.Informed(
                incoming.request().contentType().orElse(""), incoming.request().body()));
    }

    private SipResponse tooSmall(Incoming incoming) {
        return response(incoming, 422).with(new Header("Min-SE", String.valueOf(SessionTimer.MIN_SECONDS)));
    }

    /** What a message of the far end says that it can do. */
    final void note(SipMessage message) {
        if (!peerTakesUpdate && message.headers("Allow").contains("UPDATE")) {
            peerTakesUpdate = true;
        }
    }

    final Header retryAfter() {
        // RFC 3261 §14.2: 0 to 10 seconds
        return new Header("Retry-After", String.valueOf(station.random().below(11)));
    }

    final Header contact(Incoming incoming) {
        return contact(incoming.path().transport());
    }

    /** Our Contact, made once: the transport of a dialog hardly ever changes. */
    final Header contact(Transport over) {
        Header known = contact;
        if (known == null || over != contactTransport) {
            known = station.contact(localUser(), over);
            contact = known;
            contactTransport = over;
        }
        return known;
    }

    final SipResponse response(Incoming incoming, int status) {
        return SipResponse.to(incoming.request(), status, localTag()).with(new Header("Server", station.product()));
    }

    final SipResponse response(Incoming incoming, int status, String reason) {
        return SipResponse.to(incoming.request(), status, reason, localTag())
                .with(new Header("Server", station.product()));
    }

    final void inform(DialogCommand.Inform command) {
        if (phase() != Phase.OVER) {
            send("INFO", List.of(new Header("Content-Type", command.contentType())), command.body(), Outcome.IGNORED);
        }
    }

    final void sendBye(Runnable done) {
        send("BYE", List.of(), NO_BODY, new Outcome() {
            @Override
            public void answered(SipResponse response) {
                done.run();
            }

            @Override
            public void failed() {
                done.run();
            }
        });
    }

    /** The final outcome of a request in the dialog. */
    interface Outcome {
        Outcome IGNORED = new Outcome() {
            @Override
            public void answered(SipResponse response) {}

            @Override
            public void failed() {}
        };

        /** A final response; to a re-INVITE every 2xx again. */
        void answered(SipResponse response);

        void failed();
    }

    /** Sends a request in the dialog; a challenge is answered once, 408 and 481 end the dialog. */
    final void send(String method, List<Header> more, byte[] body, Outcome outcome) {
        send(method, more, List.of(), body, outcome);
    }

    private void send(String method, List<Header> more, List<Header> authorization, byte[] body, Outcome outcome) {
        Optional<Hop> hop = state().hop();
        if (hop.isEmpty()) {
            lost(method, outcome);
            return;
        }
        List<Header> all = new ArrayList<>(more);
        all.addAll(authorization);
        SipRequest request = state().request(method, state().nextSequence(), station.product(), all, body);
        station.request(request, hop.get(), new ClientUser() {
            @Override
            public void answered(SipResponse response) {
                if (response.isProvisional()) {
                    return;
                }
                boolean challenged = response.status() == 401 || response.status() == 407;
                if (challenged && authorization.isEmpty()) {
                    Optional<Header> answer = credentials(response, request);
                    if (answer.isPresent()) {
                        send(method, more, List.of(answer.get()), body, outcome);
                        return;
                    }
                }
                if ((response.status() == 408 || response.status() == 481) && !ofSubscription(method)) {
                    lost(method, outcome);
                } else {
                    outcome.answered(response);
                }
            }

            @Override
            public void failed(Failure failure) {
                lost(method, outcome);
            }
        });
    }

    private void lost(String method, Outcome outcome) {
        outcome.failed();
        if (!method.equals("BYE") && !ofSubscription(method)) {
            broken("the far end does not answer " + method);
        }
    }

    /** RFC 5057 §5.1: what a subscription's requests meet is no end of the call. */
    private static boolean ofSubscription(String method) {
        return method.equals("NOTIFY") || method.equals("REFER");
    }

    // RFC 4028 §7.4: an UPDATE without an offer changes nothing; a peer without UPDATE gets its last offer again
    private void refresh() {
        if (phase() != Phase.LIVE) {
            return;
        }
        if (!peerTakesUpdate) {
            reoffers.refresh();
            return;
        }
        List<Header> more = new ArrayList<>(sessionTimer.offer());
        more.add(contact(transport()));
        more.add(new Header("Supported", SUPPORTED));
        send("UPDATE", more, NO_BODY, new Outcome() {
            @Override
            public void answered(SipResponse response) {
                if (response.isSuccess()) {
                    state().refreshTarget(response);
                    sessionTimer.answered(response);
                }
            }

            @Override
            public void failed() {}
        });
    }

    final Transport transport() {
        return state().hop().map(Hop::transport).orElse(Transport.UDP);
    }
}

package teleapi.sip;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import teleapi.sip.dialog.CalleeDialog;
import teleapi.sip.dialog.Incoming;
import teleapi.sip.message.Header;
import teleapi.sip.message.RequestRules;
import teleapi.sip.message.SipRequest;
import teleapi.sip.message.SipResponse;
import teleapi.sip.registrar.Registering;
import teleapi.sip.registrar.Registration;
import teleapi.sip.transaction.ServerTransaction;
import teleapi.sip.transaction.ServerUser;
import teleapi.sip.transport.Hop;
import teleapi.sip.transport.Path;

/** Requests outside dialogs: who may, and where they go. Strangers get answers that leave nothing behind here. */
final class Gate {
    // Owned by one SIP worker.
    /**
     * Live transactions of one worker from which on new INVITEs are refused. A call leaves about three of at most 2 KiB for 32 s, so this is
     * some 600 calls a second held up for the whole of it, and 128 MiB.
     */
    static final int MOST_TRANSACTIONS = 65_536;

    private static final int RETRY_SECONDS = 10;

    static final RequestRules RULES = new RequestRules(
            Set.of("INVITE", "ACK", "BYE", "CANCEL", "OPTIONS", "INFO", "UPDATE", "REGISTER"),
            Set.of("timer"),
            Set.of("application/sdp", "application/dtmf-relay", "application/dtmf"));

    private static final Header ALLOW = new Header("Allow", "ACK, BYE, CANCEL, INFO, INVITE, OPTIONS, REGISTER, UPDATE");
    private static final Header ACCEPT = new Header("Accept", "application/sdp, application/dtmf-relay, application/dtmf");
    private static final Header SUPPORTED = new Header("Supported", "timer");

    private final SipWorker worker;
    private final Shared shared;
    private final Guard guard;
    private final Map<Merge, CalleeDialog> invites = new HashMap<>();
    private final Map<CalleeDialog, Merge> merges = new HashMap<>();
    private final List<Registration> registrations = new ArrayList<>();

    /** RFC 3261 §8.2.2.2: the same in two requests with different branches, and it is one request on two ways. */
    private record Merge(String callId, String fromTag, long sequence) {}

    Gate(SipWorker worker, Shared shared) {
        this.worker = worker;
        this.shared = shared;
        this.guard = new Guard(shared);
    }

    /** A request without To tag that no transaction knows. */
    void knocked(Incoming incoming) {
        switch (incoming.method()) {
            case "INVITE" -> invited(incoming);
            case "REGISTER" -> registered(incoming);
            case "OPTIONS" -> worker.reply(incoming, 200, List.of(ALLOW, ACCEPT, SUPPORTED));
            // BYE, INFO and UPDATE live in dialogs only
            default -> worker.reply(incoming, 481, List.of());
        }
    }

    // ---- INVITE

    private void invited(Incoming incoming) {
        int retryAfter = shared.retryAfter().get();
        if (retryAfter > 0 || worker.transactions() >= MOST_TRANSACTIONS) {
            String seconds = String.valueOf(retryAfter > 0 ? retryAfter : RETRY_SECONDS);
            worker.reply(incoming, 503, List.of(new Header("Retry-After", seconds)));
            return;
        }
        Merge merge = merge(incoming);
        if (invites.containsKey(merge)) {
            worker.reply(incoming, 482, List.of());
            return;
        }
        if (incoming.request().contact().isEmpty()) {
            // RFC 3261 §8.1.1.8: without it nothing could be sent in the dialog
            worker.reply(incoming, 400, List.of());
            return;
        }
        switch (guard.check(incoming, true)) {
            case Guard.Proof.Proved proved -> admit(incoming, Optional.of(proved.user()), merge);
            case Guard.Proof.Missing _ -> admit(incoming, Optional.empty(), merge);
            case Guard.Proof.Wrong wrong -> challenge(incoming, wrong.stale());
        }
    }

    private void admit(Incoming incoming, Optional<String> client, Merge merge) {
        Optional<Hop> flow = client.map(user -> new Hop.Known(
                Path.to(incoming.path().transport(), incoming.path().remote())));
        String tag = Long.toHexString(worker.random().nextLong());
        CalleeDialog dialog = new CalleeDialog(worker, incoming, tag, flow);
        Dialog handle = worker.handle(dialog, incoming.callId());
        Admission admission = shared.door()
                .invited(new IncomingInvite(handle, incoming.request(), client, incoming.path().remote()));
        switch (admission) {
            case Admission.Challenge _ -> challenge(incoming, false);
            case Admission.Refuse refuse -> refuse(incoming, refuse, client.isPresent());
            case Admission.Admit admit -> {
                invites.put(merge, dialog);
                merges.put(dialog, merge);
                dialog.admitted(admit.listener());
            }
        }
    }

    private void challenge(Incoming incoming, boolean stale) {
        worker.reply(incoming, 407, guard.challenge(incoming, true, stale));
    }

    private void refuse(Incoming incoming, Admission.Refuse refuse, boolean proved) {
        SipResponse response = SipResponse.to(
                        incoming.request(), refuse.status(), refuse.reason(), worker.statelessTag(incoming))
                .with(worker.server())
                .with(refuse.headers());
        ServerTransaction transaction =
                proved ? worker.serve(incoming, ServerUser.NONE) : worker.serveStranger(incoming);
        transaction.respond(response);
    }

    private static Merge merge(Incoming incoming) {
        return new Merge(incoming.callId(), incoming.fromTag(), incoming.cseq().number());
    }

    /** A dialog that was admitted here is over. */
    void left(CalleeDialog dialog) {
        Merge merge = merges.remove(dialog);
        if (merge != null) {
            invites.remove(merge);
        }
    }

    // ---- REGISTER

    private void registered(Incoming incoming) {
        switch (guard.check(incoming, false)) {
            case Guard.Proof.Proved proved -> bind(incoming, proved.user());
            case Guard.Proof.Missing _ -> worker.reply(incoming, 401, guard.challenge(incoming, false, false));
            case Guard.Proof.Wrong wrong -> worker.reply(incoming, 401, guard.challenge(incoming, false, wrong.stale()));
        }
    }

    private void bind(Incoming incoming, String user) {
        ServerTransaction transaction = worker.serve(incoming, ServerUser.NONE);
        String tag = worker.statelessTag(incoming);
        Optional<String> name = incoming.request().to().sipUri().flatMap(SipUri::user);
        if (!name.equals(Optional.of(user))) {
            // RFC 3261 §10.3 step 4: nobody registers for another
            transaction.respond(SipResponse.to(incoming.request(), 403, tag).with(worker.server()));
            return;
        }
        SipUri self = SipUri.of(user, shared.settings().publicHost(), shared.port());
        Registering.Outcome outcome =
                shared.registrar().register(user, incoming.request(), incoming.path(), self, worker.timers());
        transaction.respond(
                switch (outcome) {
                    case Registering.Outcome.Bound bound ->
                        SipResponse.to(incoming.request(), 200, tag)
                                .with(worker.server())
                                .with(shared.registrar().lines(bound.bindings()));
                    case Registering.Outcome.Refused refused ->
                        SipResponse.to(incoming.request(), refused.status(), refused.reason(), tag)
                                .with(worker.server())
                                .with(refused.headers());
                });
    }

    int registrations() {
        return worker.first() ? shared.registrar().size() : 0;
    }

    // ---- registering elsewhere

    void register(WorkerMessage.Register asked) {
        String callId = Long.toHexString(worker.random().nextLong()) + Long.toHexString(worker.random().nextLong());
        String tag = Long.toHexString(worker.random().nextLong());
        Registration registration = new Registration(
                worker, asked.registrar(), asked.addressOfRecord(), asked.credentials(), asked.told(), callId, tag);
        registrations.add(registration);
        registration.start();
    }

    void unregister() {
        registrations.forEach(Registration::close);
        registrations.clear();
    }

    Optional<Header> authorize(SipResponse challenge, SipRequest challenged, Credentials credentials) {
        return guard.authorize(challenge, challenged, credentials);
    }
}

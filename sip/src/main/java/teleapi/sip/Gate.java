package teleapi.sip;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import teleapi.runtime.Loop;
import teleapi.sip.auth.Demand;
import teleapi.sip.auth.DigestClient;
import teleapi.sip.auth.DigestServer;
import teleapi.sip.auth.Proof;
import teleapi.sip.dialog.CalleeDialog;
import teleapi.sip.dialog.Incoming;
import teleapi.sip.dialog.InviteDialog;
import teleapi.sip.dialog.SessionTimer;
import teleapi.sip.message.Header;
import teleapi.sip.message.Refusal;
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
     * Live transactions of a user agent from which on new INVITEs are refused. A call leaves two of about 1 KiB for 32 s after its last
     * message, so this is 4,000 calls a second held up for the whole of it, and 256 MiB.
     */
    static final int MOST_TRANSACTIONS = 262_144;

    private static final int RETRY_SECONDS = 10;
    /** How long the end of a user agent may wait for registrars. */
    private static final long FAREWELL = 2_000_000_000L;

    static final RequestRules RULES = new RequestRules(
            words(InviteDialog.ALLOW),
            words(InviteDialog.SUPPORTED),
            words(InviteDialog.ACCEPT),
            Set.of(InviteDialog.TEXT));

    private final SipWorker worker;
    private final Shared shared;
    private final DigestServer digests;
    private final DigestClient answers;
    private final Map<Merge, CalleeDialog> invites = new HashMap<>();
    private final Map<CalleeDialog, Merge> merges = new HashMap<>();
    private final MessageGate messages;
    private final List<Registration> registrations = new ArrayList<>();

    Gate(SipWorker worker, Shared shared) {
        this.worker = worker;
        this.shared = shared;
        this.digests = new DigestServer(
                shared.world().time(),
                shared.world().random(),
                shared.settings().realm());
        this.answers = new DigestClient(shared.world().random());
        this.messages = new MessageGate(worker, this, shared);
    }

    private static Set<String> words(String list) {
        return Set.of(list.split(", "));
    }

    /** A request without To tag that no transaction knows. */
    void knocked(Incoming incoming) {
        switch (incoming.method()) {
            case "INVITE" -> invited(incoming);
            case "REGISTER" -> registered(incoming);
            case "MESSAGE" -> messages.received(incoming);
            case "OPTIONS" -> worker.reply(incoming, 200, InviteDialog.CAPABILITIES);
            // a transfer of no call: RFC 3515 leaves it to us, and we place none for strangers
            case "REFER" -> worker.reply(incoming, 403, List.of());
            // BYE, INFO, NOTIFY and UPDATE live in dialogs only
            default -> worker.reply(incoming, 481, List.of());
        }
    }

    /** Whether this worker has {@code times} its share of all the transactions that new calls may find. */
    boolean isFull(int times) {
        return worker.transactions() / times
                >= MOST_TRANSACTIONS / shared.loops().size();
    }

    /** Nothing new is taken now: it has been answered with when to come again. */
    boolean closed(Incoming incoming) {
        int retryAfter = shared.retryAfter().get();
        boolean closed = retryAfter > 0 || isFull(1);
        if (closed) {
            String seconds = String.valueOf(retryAfter > 0 ? retryAfter : RETRY_SECONDS);
            worker.reply(incoming, 503, List.of(new Header("Retry-After", seconds)));
        }
        return closed;
    }

    // ---- INVITE

    private void invited(Incoming incoming) {
        if (closed(incoming)) {
            return;
        }
        Merge merge = Merge.of(incoming);
        if (invites.containsKey(merge)) {
            worker.reply(incoming, 482, List.of());
            return;
        }
        if (incoming.request().contact().isEmpty()) {
            // RFC 3261 §8.1.1.8: without it nothing could be sent in the dialog
            worker.reply(incoming, 400, List.of());
            return;
        }
        if (SessionTimer.tooSmall(incoming.request())) {
            worker.reply(incoming, 422, List.of(new Header("Min-SE", String.valueOf(SessionTimer.MIN_SECONDS))));
            return;
        }
        identify(incoming, client -> admit(incoming, client, merge));
    }

    /** Goes on with the client whose digest it carries, if it carries one; what does not prove itself with it is answered here. */
    void identify(Incoming incoming, Consumer<Optional<String>> then) {
        if (incoming.request().header(Demand.PROXY.credentialsHeader()).isEmpty()) {
            // whether a proof is needed is the door's to say; a challenge is not made before it is
            then.accept(Optional.empty());
            return;
        }
        switch (proof(incoming, Demand.PROXY)) {
            case Proof.Given given -> then.accept(Optional.of(given.user()));
            case Proof.Wanting wanting -> {
                switch (wanting.why()) {
                    // credentials for others, a trunk's realm say
                    case ABSENT -> then.accept(Optional.empty());
                    case STALE, UNHEARD, WRONG -> refuse(incoming, wanting.answer());
                }
            }
        }
    }

    Proof proof(Incoming incoming, Demand demand) {
        Proof proof = digests.verify(incoming.request(), demand, source(incoming), shared.door()::password);
        if (proof instanceof Proof.Wanting(Proof.Why why, Refusal _)) {
            worker.wanting(why);
        }
        return proof;
    }

    /** Asks a source for a proof. */
    void challenge(Incoming incoming) {
        refuse(incoming, digests.challenge(incoming.request(), Demand.PROXY, source(incoming)));
    }

    private static String source(Incoming incoming) {
        return incoming.path().remote().getAddress().getHostAddress();
    }

    private void refuse(Incoming incoming, Refusal refusal) {
        worker.answer(
                incoming,
                refusal.answer(incoming.request(), worker.statelessTag(incoming))
                        .with(worker.server()));
    }

    private void admit(Incoming incoming, Optional<String> client, Merge merge) {
        Optional<Hop> flow = client.map(user -> new Hop.Known(
                Path.to(incoming.path().transport(), incoming.path().remote())));
        String tag = Long.toHexString(worker.random().nextLong());
        CalleeDialog dialog = new CalleeDialog(worker, incoming, tag, flow);
        Dialog handle = worker.handle(dialog, incoming.callId());
        Admission admission = shared.door()
                .invited(new IncomingInvite(
                        handle, incoming.request(), client, incoming.path().remote()));
        switch (admission) {
            case Admission.Challenge _ -> challenge(incoming);
            case Admission.Refuse refuse -> refuse(incoming, refuse, client.isPresent());
            case Admission.Admit admit -> {
                invites.put(merge, dialog);
                merges.put(dialog, merge);
                dialog.admitted(admit.listener());
            }
        }
    }

    private void refuse(Incoming incoming, Admission.Refuse refuse, boolean proved) {
        SipResponse response = SipResponse.to(
                        incoming.request(),
                        refuse.status(),
                        Phrases.clean(refuse.reason()),
                        worker.statelessTag(incoming))
                .with(worker.server())
                .with(refuse.headers())
                .withTimeToRetry();
        ServerTransaction transaction =
                proved ? worker.serve(incoming, ServerUser.NONE) : worker.serveStranger(incoming);
        transaction.respond(response);
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
        switch (proof(incoming, Demand.SERVER)) {
            case Proof.Given given -> bind(incoming, given.user());
            case Proof.Wanting wanting -> refuse(incoming, wanting.answer());
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
        String callId = Long.toHexString(worker.random().nextLong())
                + Long.toHexString(worker.random().nextLong());
        String tag = Long.toHexString(worker.random().nextLong());
        Registration registration = new Registration(
                worker, asked.registrar(), asked.addressOfRecord(), asked.credentials(), asked.told(), callId, tag);
        registrations.add(registration);
        registration.start();
    }

    /** Gives all registrations up, and runs {@code then} when their registrars have heard of it, or have had time to. */
    void unregister(Runnable then) {
        if (registrations.isEmpty()) {
            then.run();
            return;
        }
        Loop.Timer patience = worker.timers().timer(then);
        patience.at(worker.time().nanos() + FAREWELL);
        int[] left = {registrations.size()};
        for (Registration registration : registrations) {
            registration.close(() -> {
                left[0]--;
                if (left[0] == 0) {
                    patience.cancel();
                    then.run();
                }
            });
        }
        registrations.clear();
    }

    Optional<Header> authorize(SipResponse challenge, SipRequest challenged, Credentials credentials) {
        return answers.answer(challenge, challenged.method(), challenged.requestUri(), credentials);
    }
}

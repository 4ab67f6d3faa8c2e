package teleapi.sip;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import teleapi.runtime.Loop;
import teleapi.runtime.Published;
import teleapi.runtime.Randomness;
import teleapi.runtime.Time;
import teleapi.sip.auth.Demand;
import teleapi.sip.auth.Proof;
import teleapi.sip.dialog.CalleeDialog;
import teleapi.sip.dialog.Incoming;
import teleapi.sip.dialog.InviteDialog;
import teleapi.sip.dialog.Sending;
import teleapi.sip.dialog.Station;
import teleapi.sip.message.Header;
import teleapi.sip.message.ParsedMessage;
import teleapi.sip.message.SipMessage;
import teleapi.sip.message.SipParser;
import teleapi.sip.message.SipRequest;
import teleapi.sip.message.SipResponse;
import teleapi.sip.message.SipWriter;
import teleapi.sip.message.Via;
import teleapi.sip.transaction.ClientUser;
import teleapi.sip.transaction.ServerTransaction;
import teleapi.sip.transaction.ServerUser;
import teleapi.sip.transaction.Timers;
import teleapi.sip.transaction.Transactions;
import teleapi.sip.transport.Connections;
import teleapi.sip.transport.Hop;
import teleapi.sip.transport.Path;

/** One SIP worker: the transactions and dialogs of its Call-IDs, and who gets what comes in. */
final class SipWorker implements Station {
    // Owner: the loop's thread.
    private final int index;
    private final Loop<WorkerMessage> loop;
    private final Shared shared;
    private final Transactions transactions;
    private final Resolver resolver;
    private final Outbound outbound;
    private final Gate gate;
    private final Tally tally = new Tally();
    private final Map<String, InviteDialog> dialogs = new HashMap<>();
    private final Published<SipCounters> counters = new Published<>(new SipCounters(0, 0, 0, 0, 0, 0, 0, 0, 0));

    private @Nullable Connections connections;

    SipWorker(int index, Loop<WorkerMessage> loop, Shared shared) {
        this.index = index;
        this.loop = loop;
        this.shared = shared;
        this.transactions = new Transactions(shared.world().time(), timers(), this::send);
        this.resolver = new Resolver(shared.world(), loop::post);
        this.outbound = new Outbound(
                transactions, this::send, resolver, random(), shared.settings().publicHost(), shared.port());
        this.gate = new Gate(this, shared);
    }

    void handle(WorkerMessage message) {
        switch (message) {
            case WorkerMessage.Arrived arrived -> arrived(arrived.message(), arrived.path());
            case WorkerMessage.Invite invite -> invite.dialog().start();
            case WorkerMessage.Send send -> send.sending().start();
            case WorkerMessage.Command command -> command.dialog().take(command.command());
            case WorkerMessage.Resolved resolved -> resolver.resolved(resolved);
            case WorkerMessage.SendOverStream send -> sendOverStream(send);
            case WorkerMessage.Unreachable unreachable -> transactions.unreachable(unreachable.token());
            case WorkerMessage.Register register -> gate.register(register);
            // the first worker owns the sockets: it goes last, and closes them
            case WorkerMessage.Close _ ->
                gate.unregister(() -> shared.loops().reversed().forEach(Loop::close));
        }
        publish();
    }

    /** Counts what the reader of the sockets dropped. */
    void dropped() {
        tally.dropped++;
        publish();
    }

    /** Counts credentials that let nobody in. */
    void wanting(Proof.Why why) {
        switch (why) {
            case WRONG -> tally.wrongCredentials++;
            case UNHEARD -> tally.unheardCredentials++;
            case ABSENT, STALE -> {}
        }
    }

    SipCounters counters() {
        return counters.get();
    }

    private void publish() {
        counters.set(new SipCounters(
                dialogs.size(),
                transactions.size(),
                gate.registrations(),
                tally.in,
                tally.out,
                tally.dropped,
                tally.wrongCredentials,
                tally.unheardCredentials,
                transactions.retransmissions()));
    }

    // ---- what comes in

    private void arrived(SipMessage message, Path path) {
        tally.in++;
        shared.trace().passed(shared.world().time().now(), false, path.transport(), path.remote(), message);
        switch (message) {
            // RFC 3261 §18.1.2: a response that belongs to nothing is dropped
            case SipResponse response -> transactions.response(response);
            case SipRequest request -> requested(request, path);
        }
    }

    private void requested(SipRequest request, Path path) {
        Via via = request.via();
        switch (request.method()) {
            case "ACK" -> acknowledged(request, via, path);
            case "CANCEL" -> canceled(request, via, path);
            default -> {
                Optional<ServerTransaction> known = transactions.server(request, via, request.method());
                if (known.isPresent()) {
                    known.get().receivedAgain(false);
                } else {
                    fresh(Vias.incoming(request, via, path));
                }
            }
        }
    }

    private void acknowledged(SipRequest request, Via via, Path path) {
        transactions.server(request, via, "INVITE").ifPresent(transaction -> transaction.receivedAgain(true));
        Incoming incoming = Vias.incoming(request, via, path);
        dialog(incoming).ifPresent(dialog -> dialog.acknowledged(incoming));
    }

    private void canceled(SipRequest request, Via via, Path path) {
        Incoming incoming = Vias.incoming(request, via, path);
        Optional<ServerTransaction> invite = transactions.server(request, via, "INVITE");
        if (invite.isEmpty()) {
            reply(incoming, 481, List.of());
            return;
        }
        // RFC 3261 §9.2: the CANCEL is answered whatever becomes of the INVITE
        String tag = invite.get().tag();
        answer(
                incoming,
                SipResponse.to(incoming.request(), 200, tag.isEmpty() ? statelessTag(incoming) : tag)
                        .with(server()));
        invite.get().canceled();
    }

    private void fresh(Incoming incoming) {
        var refusal = Gate.RULES.refusal(incoming.request());
        if (refusal.isPresent()) {
            answer(
                    incoming,
                    refusal.get()
                            .answer(incoming.request(), statelessTag(incoming))
                            .with(server()));
        } else if (incoming.toTag().isPresent() && !incoming.method().equals("MESSAGE")) {
            Optional<InviteDialog> dialog = dialog(incoming);
            if (dialog.isPresent() && gate.isFull(2) && !incoming.method().equals("BYE")) {
                // calls that are up may go on when new ones are refused, but not without end
                reply(incoming, 503, List.of(new Header("Retry-After", "1")));
            } else if (dialog.isPresent()) {
                dialog.get().received(incoming);
            } else {
                reply(incoming, 481, List.of());
            }
        } else {
            gate.knocked(incoming);
        }
    }

    private Optional<InviteDialog> dialog(Incoming incoming) {
        InviteDialog dialog = dialogs.get(incoming.toTag().orElse(""));
        return dialog != null && dialog.matches(incoming.callId(), incoming.fromTag())
                ? Optional.of(dialog)
                : Optional.empty();
    }

    // ---- answers without a transaction (RFC 3261 §8.2.7)

    void reply(Incoming incoming, int status, List<Header> headers) {
        answer(
                incoming,
                SipResponse.to(incoming.request(), status, statelessTag(incoming))
                        .with(server())
                        .with(headers));
    }

    void answer(Incoming incoming, SipResponse response) {
        send(SipWriter.bytes(response), incoming.path(), "");
    }

    Header server() {
        return new Header("Server", product());
    }

    // RFC 3261 §8.2.7: the same tag for the same request, without remembering it
    String statelessTag(Incoming incoming) {
        long mixed = shared.secret();
        mixed = (mixed ^ incoming.via().branch().orElse("").hashCode()) * 0x9E37_79B9_7F4A_7C15L;
        mixed = (mixed ^ incoming.callId().hashCode()) * 0xC2B2_AE3D_27D4_EB4FL;
        return Long.toHexString(mixed ^ mixed >>> 29);
    }

    // ---- what goes out

    private void send(byte[] bytes, Path to, String token) {
        tally.out++;
        if (!shared.trace().equals(SipTrace.NONE)
                && SipParser.parse(ByteBuffer.wrap(bytes)) instanceof ParsedMessage.Message parsed) {
            shared.trace().passed(shared.world().time().now(), true, to.transport(), to.remote(), parsed.message());
        }
        switch (to.transport()) {
            // a datagram the system refuses is a lost one: retransmission makes up for it
            case UDP -> shared.listening().datagrams().send(ByteBuffer.wrap(bytes), to.remote());
            case TCP -> sendOverStream(bytes, to, token);
        }
    }

    private void sendOverStream(byte[] bytes, Path to, String token) {
        if (to.stream().isPresent()) {
            // RFC 3261 §18.2.2: the answer takes the connection of its request; if that is closed there is no way back
            to.stream().get().send(ByteBuffer.wrap(bytes));
        } else {
            shared.loops().getFirst().post(new WorkerMessage.SendOverStream(to.remote(), bytes, index, token));
        }
    }

    private void sendOverStream(WorkerMessage.SendOverStream send) {
        Connections own = connections;
        if (own != null) {
            own.send(send.remote(), send.bytes(), new Connections.Lost(send.worker(), send.token()));
        }
    }

    /** What leaves beside all transactions. */
    void send(byte[] bytes, Path to) {
        send(bytes, to, "");
    }

    /** Makes this the worker that owns the connections. Before the start. */
    void connections(Connections owned) {
        connections = owned;
    }

    // ---- what dialogs need

    @Override
    public Time time() {
        return shared.world().time();
    }

    @Override
    public Randomness random() {
        return shared.world().random();
    }

    @Override
    public Timers timers() {
        return action -> loop.timer(() -> {
            action.run();
            publish();
        });
    }

    @Override
    public Header contact(String user, Transport transport) {
        SipUri own = new SipUri(
                "sip",
                user.isEmpty() ? Optional.empty() : Optional.of(user),
                shared.settings().publicHost(),
                java.util.OptionalInt.of(shared.port()),
                transport == Transport.TCP ? Map.of("transport", "tcp") : Map.of(),
                Map.of());
        return new Header("Contact", "<" + own + ">");
    }

    @Override
    public String product() {
        return shared.settings().product();
    }

    @Override
    public Sending request(SipRequest withoutVia, Hop hop, ClientUser user) {
        return outbound.request(withoutVia, hop, user);
    }

    @Override
    public void acknowledge(SipRequest withoutVia, String branch, Hop hop) {
        outbound.acknowledge(withoutVia, branch, hop);
    }

    @Override
    public String branch() {
        return outbound.branch();
    }

    @Override
    public Optional<Header> authorize(SipResponse challenge, SipRequest challenged, Credentials credentials) {
        return gate.authorize(challenge, challenged, credentials);
    }

    @Override
    public Proof proof(Incoming incoming) {
        return gate.proof(incoming, Demand.PROXY);
    }

    @Override
    public ServerTransaction serve(Incoming incoming, ServerUser user) {
        return transactions.serve(incoming.request(), incoming.via(), incoming.path(), true, user);
    }

    /** The same for a source that has proved nothing: a refusal is repeated only when the request is (the source may be a victim's). */
    ServerTransaction serveStranger(Incoming incoming) {
        return transactions.serve(incoming.request(), incoming.via(), incoming.path(), false, ServerUser.NONE);
    }

    @Override
    public void add(InviteDialog dialog) {
        dialogs.put(dialog.localTag(), dialog);
    }

    @Override
    public void remove(InviteDialog dialog) {
        dialogs.remove(dialog.localTag(), dialog);
        if (dialog instanceof CalleeDialog callee) {
            gate.left(callee);
        }
    }

    int transactions() {
        return transactions.size();
    }

    /** Posts a command of the dialog's owner. */
    Dialog handle(InviteDialog dialog, String callId) {
        return new DialogHandle(loop, dialog, callId, dialog.localTag());
    }

    /** Whether it is the one that owns sockets and registrations. */
    boolean first() {
        return index == 0;
    }
}

package teleapi.sip;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import teleapi.runtime.Loop;
import teleapi.runtime.Published;
import teleapi.runtime.World;
import teleapi.sip.dialog.CallerDialog;
import teleapi.sip.registrar.Registrar;
import teleapi.sip.transport.Listening;

/**
 * One SIP endpoint: its sockets, transactions, dialogs and registrar, spread over SIP workers by Call-ID.
 *
 * <pre>
 * Thread  any; what is asked is posted to the worker that owns the dialog, which answers through the listener
 * Errors  IOException when an address cannot be bound, with the address
 * Source  RFC 3261, 3581, 4320, 6026; ADR-0004
 * </pre>
 */
public final class UserAgent {
    /** Messages from the network that may wait for one worker: two seconds of work; what is more is dropped, and sent again by who needs it. */
    private static final int CAPACITY = 16_384;

    private final Shared shared;
    private final List<SipWorker> workers;

    private UserAgent(Shared shared, List<SipWorker> workers) {
        this.shared = shared;
        this.workers = workers;
    }

    /** Binds UDP and TCP on the same address and starts. */
    public static UserAgent start(World world, SipSettings settings, Door door) throws IOException {
        return start(world, settings, door, SipTrace.NONE);
    }

    /** The same, with someone who watches every message. */
    public static UserAgent start(World world, SipSettings settings, Door door, SipTrace trace) throws IOException {
        Listening listening = Listening.bind(world.network(), settings.bind());
        List<Loop<WorkerMessage>> loops = new ArrayList<>();
        for (int i = 0; i < Math.max(1, settings.workers()); i++) {
            loops.add(world.loop("sip-" + i, CAPACITY));
        }
        Shared shared = new Shared(
                world,
                settings,
                door,
                trace,
                listening,
                List.copyOf(loops),
                new Registrar(world.time()),
                new Published<>(0),
                world.random().nextLong());
        List<SipWorker> workers = new ArrayList<>();
        for (int i = 0; i < loops.size(); i++) {
            workers.add(new SipWorker(i, loops.get(i), shared));
        }
        Reader reader = new Reader(shared, workers.getFirst());
        workers.getFirst().connections(reader.connections());
        loops.getFirst().attach(listening.datagrams(), reader);
        loops.getFirst().listen(listening.streams(), reader.connections()::accepted);
        for (int i = 0; i < loops.size(); i++) {
            loops.get(i).start(workers.get(i)::handle);
        }
        return new UserAgent(shared, List.copyOf(workers));
    }

    /** Where it listens; the port is the real one when 0 was asked for. */
    public InetSocketAddress address() {
        return shared.listening().datagrams().local();
    }

    /** Sends an INVITE. Events for the dialog begin to arrive after the return. Never fails here: an unreachable target is {@link DialogEvent.Refused}. */
    public Dialog invite(Invitation invitation, DialogListener listener) {
        String callId = Long.toHexString(shared.world().random().nextLong())
                + Long.toHexString(shared.world().random().nextLong());
        int index = shared.worker("INVITE", callId);
        String tag = Long.toHexString(shared.world().random().nextLong());
        CallerDialog dialog = new CallerDialog(workers.get(index), callId, tag, invitation, listener);
        Loop<WorkerMessage> loop = shared.loops().get(index);
        loop.expedite(new WorkerMessage.Invite(dialog));
        return new DialogHandle(loop, dialog, callId, tag);
    }

    /** Sends a MESSAGE; {@code told} gets its final status, on a SIP worker: 408 when nothing came, 503 when there is no way. */
    public void send(OutgoingMessage message, IntConsumer told) {
        int index = shared.worker("MESSAGE", message.id());
        var sending = new MessageSending(workers.get(index), message, told);
        shared.loops().get(index).post(new WorkerMessage.Send(sending));
    }

    /** Where the client {@code user} can be reached now, most recent first; empty when it is not registered. */
    public List<Contact> contacts(String user) {
        return shared.registrar().contacts(user);
    }

    /** Registers at a registrar with digest and keeps it fresh until {@link #close} (a phone does this). {@code told} gets each final status. */
    public void register(SipUri registrar, SipUri addressOfRecord, Credentials credentials, IntConsumer told) {
        shared.loops().getFirst().post(new WorkerMessage.Register(registrar, addressOfRecord, credentials, told));
    }

    /** From now on new INVITEs are refused with 503 and Retry-After; dialogs go on. */
    public void refuseNewCalls(int retryAfterSeconds) {
        shared.retryAfter().set(Math.max(1, retryAfterSeconds));
    }

    /** What it counted; for /metrics. */
    public SipCounters counters() {
        SipCounters sum = new SipCounters(0, 0, 0, 0, 0, 0, 0, 0, 0);
        for (SipWorker worker : workers) {
            SipCounters more = worker.counters();
            sum = new SipCounters(
                    sum.dialogs() + more.dialogs(),
                    sum.transactions() + more.transactions(),
                    sum.registrations() + more.registrations(),
                    sum.messagesIn() + more.messagesIn(),
                    sum.messagesOut() + more.messagesOut(),
                    sum.dropped() + more.dropped(),
                    sum.wrongCredentials() + more.wrongCredentials(),
                    sum.unheardCredentials() + more.unheardCredentials(),
                    sum.retransmissionsOut() + more.retransmissionsOut());
        }
        return sum;
    }

    /** Ends workers and sockets, after a last word to registrars. Dialogs that are left are dropped without a word: end them first. */
    public void close() {
        shared.loops().getFirst().post(new WorkerMessage.Close());
    }
}

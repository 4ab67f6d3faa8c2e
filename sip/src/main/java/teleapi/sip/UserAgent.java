package teleapi.sip;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import teleapi.runtime.World;

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
    private UserAgent() {}

    /** Binds UDP and TCP on the same address and starts. */
    public static UserAgent start(World world, SipSettings settings, Door door) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Where it listens; the port is the real one when 0 was asked for. */
    public InetSocketAddress address() {
        throw new UnsupportedOperationException();
    }

    /** Sends an INVITE. Events for the dialog begin to arrive after the return. Never fails here: an unreachable target is {@link DialogEvent.Refused}. */
    public Dialog invite(Invitation invitation, DialogListener listener) {
        throw new UnsupportedOperationException();
    }

    /** Where the client {@code user} can be reached now, most recent first; empty when it is not registered. */
    public List<Contact> contacts(String user) {
        throw new UnsupportedOperationException();
    }

    /** Registers at a registrar with digest and keeps it fresh until {@link #close} (a phone does this). {@code told} gets each final status. */
    public void register(SipUri registrar, SipUri addressOfRecord, Credentials credentials, java.util.function.IntConsumer told) {
        throw new UnsupportedOperationException();
    }

    /** From now on new INVITEs are refused with 503 and Retry-After; dialogs go on. */
    public void refuseNewCalls(int retryAfterSeconds) {
        throw new UnsupportedOperationException();
    }

    /** What it counted; for /metrics. */
    public SipCounters counters() {
        throw new UnsupportedOperationException();
    }

    /** Ends workers and sockets. Dialogs that are left are dropped without a word: end them first. */
    public void close() {
        throw new UnsupportedOperationException();
    }
}

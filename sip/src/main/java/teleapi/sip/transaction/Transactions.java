package teleapi.sip.transaction;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import teleapi.runtime.Time;
import teleapi.sip.message.SipRequest;
import teleapi.sip.message.SipResponse;
import teleapi.sip.message.Via;
import teleapi.sip.transport.Path;
import teleapi.sip.transport.Sender;

/**
 * The live transactions of one SIP worker.
 *
 * <pre>
 * Thread  its SIP worker's
 * Source  RFC 3261 §17.1.3, §17.2.3
 * </pre>
 */
public final class Transactions {
    // Owned by one SIP worker.
    static final byte[] NO_BODY = {};

    private final Time time;
    private final Timers timers;
    private final Sender sender;
    private final Map<String, ClientTransaction> clients = new HashMap<>();
    private final Map<ServerKey, ServerTransaction> servers = new HashMap<>();
    private long retransmissions;

    public Transactions(Time time, Timers timers, Sender sender) {
        this.time = time;
        this.timers = timers;
        this.sender = sender;
    }

    /** How many live. */
    public int size() {
        return clients.size() + servers.size();
    }

    /** Messages sent again, by timers or because their request came again. */
    public long retransmissions() {
        return retransmissions;
    }

    /** Sends a request (not ACK) whose top Via has the given branch. */
    public ClientTransaction request(SipRequest request, String branch, Path path, ClientUser user) {
        String key = key(branch, request.method());
        if (request.method().equals("INVITE")) {
            InviteClientTransaction transaction = new InviteClientTransaction(this, key, request, path, user);
            clients.put(key, transaction);
            transaction.start();
            return transaction;
        }
        RequestClientTransaction transaction = new RequestClientTransaction(this, key, request, path, user);
        clients.put(key, transaction);
        transaction.start();
        return transaction;
    }

    /** Hands a response to its transaction; false when there is none: drop it. */
    public boolean response(SipResponse response) {
        ClientTransaction transaction = client(response);
        if (transaction == null) {
            return false;
        }
        transaction.received(response);
        return true;
    }

    private @Nullable ClientTransaction client(SipResponse response) {
        String branch = response.via().branch().orElse("");
        return clients.get(key(branch, response.cseq().method()));
    }

    /** A message with this token could not be sent. */
    public void unreachable(String token) {
        ClientTransaction transaction = clients.get(token);
        if (transaction != null) {
            transaction.unreachable();
        }
    }

    /** Begins to answer a request. */
    public ServerTransaction serve(SipRequest request, Via via, Path path, boolean repeats, ServerUser user) {
        ServerKey key = ServerKey.of(request, via, request.method());
        ServerTransaction transaction = request.method().equals("INVITE")
                ? new InviteServerTransaction(this, key, path, repeats, user)
                : new RequestServerTransaction(this, key, path, user);
        servers.put(key, transaction);
        return transaction;
    }

    /** The transaction that this request is a part of: the same request again, or, with method INVITE, its ACK or CANCEL. */
    public Optional<ServerTransaction> server(SipRequest request, Via via, String method) {
        return Optional.ofNullable(servers.get(ServerKey.of(request, via, method)));
    }

    // The CANCEL has the branch of its INVITE (RFC 3261 §9.1), and is a transaction of its own.
    private static String key(String branch, String method) {
        return method.equals("INVITE") ? branch : method + ' ' + branch;
    }

    Time time() {
        return time;
    }

    Timers timers() {
        return timers;
    }

    void send(byte[] bytes, Path path, String token, boolean again) {
        if (again) {
            retransmissions++;
        }
        sender.send(bytes, path, token);
    }

    void remove(ClientTransaction transaction) {
        clients.remove(transaction.key(), transaction);
    }

    void remove(ServerTransaction transaction) {
        servers.remove(transaction.key(), transaction);
    }
}

package teleapi.sip;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import teleapi.runtime.Randomness;
import teleapi.sip.dialog.Sending;
import teleapi.sip.message.CSeq;
import teleapi.sip.message.Header;
import teleapi.sip.message.SipRequest;
import teleapi.sip.message.SipWriter;
import teleapi.sip.message.Via;
import teleapi.sip.transaction.ClientTransaction;
import teleapi.sip.transaction.ClientUser;
import teleapi.sip.transaction.Transactions;
import teleapi.sip.transport.Hop;
import teleapi.sip.transport.Path;
import teleapi.sip.transport.Sender;

/** Our requests: the address is found, the Via put on top, a transaction begun. */
final class Outbound {
    // Owned by one SIP worker.
    private final Transactions transactions;
    private final Sender sender;
    private final Resolver resolver;
    private final Randomness random;
    private final String host;
    private final int port;

    Outbound(Transactions transactions, Sender sender, Resolver resolver, Randomness random, String host, int port) {
        this.transactions = transactions;
        this.sender = sender;
        this.resolver = resolver;
        this.random = random;
        this.host = host;
        this.port = port;
    }

    String branch() {
        return Via.COOKIE + Long.toHexString(random.nextLong());
    }

    private Header via(Transport transport, String branch) {
        return new Header("Via", Via.of(transport.name(), host, port, branch).toString());
    }

    Sending request(SipRequest withoutVia, Hop hop, ClientUser user) {
        Outgoing outgoing = new Outgoing(withoutVia, user);
        located(hop, outgoing::leave, outgoing::nowhere);
        return outgoing;
    }

    /** A message beside all transactions: the ACK to a 2xx. */
    void acknowledge(SipRequest withoutVia, String branch, Hop hop) {
        located(
                hop,
                path -> sender.send(SipWriter.bytes(withoutVia.withFirst(via(path.transport(), branch))), path, ""),
                () -> {});
    }

    private void located(Hop hop, Consumer<Path> then, Runnable nowhere) {
        switch (hop) {
            case Hop.Known known -> then.accept(known.path());
            case Hop.Named named ->
                resolver.resolve(named.host(), addresses -> {
                    if (addresses.isEmpty()) {
                        nowhere.run();
                    } else {
                        then.accept(path(named, addresses.getFirst()));
                    }
                });
        }
    }

    private static Path path(Hop.Named named, InetAddress address) {
        return Path.to(named.transport(), new InetSocketAddress(address, named.port()));
    }

    /** One request from the wish to send it on. */
    private final class Outgoing implements Sending {
        // Owned by one SIP worker.
        private final SipRequest withoutVia;
        private final ClientUser user;
        private @Nullable ClientTransaction transaction;
        private @Nullable SipRequest sent;
        private @Nullable Path path;
        private String branch = "";
        private boolean dropped;

        Outgoing(SipRequest withoutVia, ClientUser user) {
            this.withoutVia = withoutVia;
            this.user = user;
        }

        void leave(Path by) {
            if (dropped) {
                return;
            }
            path = by;
            branch = branch();
            SipRequest request = withoutVia.withFirst(via(by.transport(), branch));
            sent = request;
            transaction = transactions.request(request, branch, by, user);
        }

        void nowhere() {
            if (!dropped) {
                user.failed(ClientUser.Failure.UNREACHABLE);
            }
        }

        // RFC 3261 §9.1: the INVITE's Request-URI, Call-ID, To, From, Routes and CSeq number, and only its top Via
        @Override
        public void cancel(ClientUser of) {
            SipRequest invite = sent;
            Path by = path;
            if (invite == null || by == null) {
                return;
            }
            List<Header> headers = new ArrayList<>();
            headers.add(invite.headers().getFirst());
            for (Header header : invite.headers()) {
                switch (header.name()) {
                    case "Max-Forwards", "Route", "From", "To", "Call-ID", "User-Agent" -> headers.add(header);
                    case "CSeq" ->
                        headers.add(new Header("CSeq", new CSeq(invite.cseq().number(), "CANCEL").toString()));
                    default -> {}
                }
            }
            transactions.request(new SipRequest("CANCEL", invite.requestUri(), headers, new byte[0]), branch, by, of);
        }

        @Override
        public boolean withdraw() {
            dropped = transaction == null;
            return dropped;
        }

        @Override
        public void drop() {
            dropped = true;
            ClientTransaction own = transaction;
            if (own != null) {
                own.drop();
            }
        }
    }
}

package teleapi.call.webhook;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.DefaultManagedHttpClientConnection;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import teleapi.runtime.Mailbox;
import teleapi.runtime.World;

/**
 * Connections to servers that are not ours, and may say anything at any time.
 *
 * <pre>
 * Shape   5 s to each address of a name, 200 header lines of 16 KiB
 * Thread  each connection: the one who asks; a server that never stops keeps nobody else from the processor
 * Errors  {@link Closed} where a kept connection was closed, or cannot be trusted any more; other IOExceptions
 * Source  ADR-0026; RFC 9112 §8, §9.3.1
 * </pre>
 */
final class AppConnections {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int MOST_CONNECTIONS = 10_000;
    private static final Http1Config BOUNDS = Http1Config.custom()
            .setMaxLineLength(16 << 10)
            .setMaxHeaderCount(200)
            .build();

    /** Bound while one asks: whether its time is over. Then no further address of a name is tried. */
    static final ScopedValue<BooleanSupplier> OVER = ScopedValue.newInstance();

    private AppConnections() {}

    static PoolingHttpClientConnectionManager pool(World world, TlsSocketStrategy tls, DnsResolver names) {
        var operator = new DefaultHttpClientConnectionOperator(
                proxy -> {
                    if (OVER.get().getAsBoolean()) {
                        throw new SocketTimeoutException("no time is left for another address");
                    }
                    return new Wire(world);
                },
                DefaultSchemePortResolver.INSTANCE,
                names,
                RegistryBuilder.<TlsSocketStrategy>create()
                        .register(URIScheme.HTTPS.id, tls)
                        .build());
        var pool = new PoolingHttpClientConnectionManager(
                operator,
                PoolConcurrencyPolicy.STRICT,
                PoolReusePolicy.LIFO,
                TimeValue.NEG_ONE_MILLISECOND,
                socket -> new Connection(new Heads()));
        pool.setMaxTotal(MOST_CONNECTIONS);
        pool.setDefaultMaxPerRoute(MOST_CONNECTIONS);
        // Else it is 3 minutes, and each reading has a timer for that (ADR-0025). What is silent is ended by who asks.
        pool.setDefaultSocketConfig(
                SocketConfig.custom().setSoTimeout(Timeout.DISABLED).build());
        pool.setDefaultConnectionConfig(ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(CONNECT))
                // To ask a connection whether it is still there takes a millisecond; a request that fails tells as
                // well.
                .setValidateAfterInactivity(TimeValue.NEG_ONE_MILLISECOND)
                .build());
        return pool;
    }

    /** A connection that had served before and said nothing of an answer to this request. */
    static final class Closed extends IOException {
        private static final long serialVersionUID = 1;

        private Closed(String why) {
            super(why);
        }

        private Closed(IOException broken) {
            super(broken);
        }
    }

    /** Sends a request and reads the head of its answer. */
    static final class Asking extends HttpRequestExecutor {
        @Override
        public ClassicHttpResponse execute(
                ClassicHttpRequest request,
                HttpClientConnection connection,
                HttpResponseInformationCallback informed,
                HttpContext context)
                throws IOException, HttpException {
            EndpointDetails details = connection.getEndpointDetails();
            if (details == null || details.getResponseCount() == 0) {
                return super.execute(request, connection, informed, context);
            }
            if (!connection.isConsistent()) {
                throw new Closed("it said something before it was asked");
            }
            long before = details.getReceivedBytesCount();
            try {
                return super.execute(request, connection, informed, context);
            } catch (SocketTimeoutException silent) {
                throw silent;
            } catch (IOException broken) {
                throw details.getReceivedBytesCount() == before ? new Closed(broken) : broken;
            }
        }
    }

    /** Is used again only while nothing has come that nobody asked for: it would be taken for the answer of the next request. */
    private static final class Connection extends DefaultManagedHttpClientConnection {
        private final Heads heads;

        Connection(Heads heads) {
            super("", null, null, BOUNDS, null, null, null, null, bounds -> heads);
            this.heads = heads;
        }

        @Override
        public boolean isConsistent() {
            SocketHolder wire = getSocketHolder();
            try {
                return super.isConsistent()
                        && wire != null
                        && heads.unread() == 0
                        && wire.getSocket().getInputStream().available() == 0
                        // Under TLS: an alert that ends it, or an answer that nobody has asked for.
                        && wire.getBaseSocket().getInputStream().available() == 0;
            } catch (IOException broken) {
                return false;
            }
        }
    }

    /** Reads the heads of one connection; the client's own skips what is not HTTP until something is, and takes half a head for a whole one. */
    private static final class Heads implements HttpMessageParser<ClassicHttpResponse> {
        private final HttpMessageParser<ClassicHttpResponse> parser =
                new DefaultHttpResponseParserFactory(BOUNDS).create();
        private Optional<SessionInputBuffer> last = Optional.empty();

        /** Octets that have been read from the wire and belong to no answer yet. */
        int unread() {
            return last.map(SessionInputBuffer::length).orElse(0);
        }

        @Override
        public ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream in) throws IOException, HttpException {
            last = Optional.of(buffer);
            try {
                return parser.parse(buffer, new Unbroken(in));
            } catch (IllegalArgumentException impossible) {
                throw new ProtocolException("a status that does not exist", impossible);
            }
        }
    }

    /** Has no end: a head that stops is none (RFC 9112 §8). */
    private static final class Unbroken extends FilterInputStream {
        Unbroken(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] octets, int from, int most) throws IOException {
            int read = in.read(octets, from, most);
            if (read < 0) {
                throw new NoHttpResponseException("closed before the end of a head");
            }
            return read;
        }
    }

    /**
     * A virtual thread keeps its processor until it waits, and who reads what always comes never waits. As many servers as there are
     * processors that say more and more would stop all calls, and the watch that ends their time. To yield does not help: what has yielded
     * goes on before what was woken by others.
     */
    private static final class Wire extends Socket {
        private static final int TURN = 64 << 10;
        private static final Duration MOMENT = Duration.ofNanos(50_000);

        private final World world;

        Wire(World world) {
            this.world = world;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                private final Mailbox<Boolean> nothing = world.mailbox("turn", 1);
                private int turn;

                @Override
                public int read(byte[] octets, int from, int most) throws IOException {
                    if (turn >= TURN) {
                        turn = 0;
                        nothing.take(world.time().after(MOMENT));
                    }
                    int read = in.read(octets, from, most);
                    turn += read;
                    return read;
                }
            };
        }
    }

    /** The system's names, asked for no longer than a connection may take: what the system does there cannot be stopped. */
    static final class Names extends SystemDefaultDnsResolver {
        private record Found(InetAddress[] addresses) {}

        private final World world;

        Names(World world) {
            this.world = world;
        }

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            Mailbox<Found> answer = world.mailbox("addresses", 1);
            world.start("name", () -> answer.post(found(host)));
            InetAddress[] addresses = answer.take(world.time().after(CONNECT))
                    .map(Found::addresses)
                    .orElse(new InetAddress[0]);
            if (addresses.length == 0) {
                throw new UnknownHostException(host);
            }
            return addresses;
        }

        private static Found found(String host) {
            try {
                return new Found(InetAddress.getAllByName(host));
            } catch (UnknownHostException unknown) {
                return new Found(new InetAddress[0]);
            }
        }
    }
}

package teleapi.call.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.PercentCodec;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import teleapi.rcml.HttpMethod;
import teleapi.runtime.Deadline;
import teleapi.runtime.Mailbox;
import teleapi.runtime.World;

/**
 * Requests over real HTTP, on the thread of the one who asks: no other has to be woken for it.
 *
 * <pre>
 * Shape   connections are kept and shared; 5 s to connect, 15 s in all, redirects included; a kept connection that the server has
 *         closed in the meantime is no failure: the request goes out again over a new one
 * Thread  any thread that may wait
 * Source  reference/reliability.md A4; ADR-0006; ADR-0026
 * </pre>
 */
public final class PooledHttp implements Http, AutoCloseable {
    private static final Duration IN_ALL = Duration.ofSeconds(15);
    private static final int MOST_REDIRECTS = 5;

    /** How long a connection is kept whose server does not say; and whatever it says. */
    private static final TimeValue KEPT = TimeValue.ofSeconds(30);

    /** A connection is given up so long before its server does. */
    private static final TimeValue BEFORE = TimeValue.ofSeconds(1);

    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final ContentType FORM = ContentType.create("application/x-www-form-urlencoded", UTF_8);

    private final World world;
    private final Duration inAll;
    private final Set<Asked> underWay = ConcurrentHashMap.newKeySet();
    private final Mailbox<Boolean> closing;
    private final PoolingHttpClientConnectionManager connections;
    private final CloseableHttpClient kept;

    /** Each of its requests has a connection of its own. */
    private final CloseableHttpClient fresh;

    public PooledHttp(World world) {
        this(world, IN_ALL);
    }

    PooledHttp(World world, Duration inAll) {
        this(world, inAll, new AppConnections.Names(world));
    }

    PooledHttp(World world, Duration inAll, DnsResolver names) {
        this.world = world;
        this.inAll = inAll;
        closing = world.mailbox("requests", 1);
        TlsSocketStrategy tls = DefaultClientTlsStrategy.createDefault();
        connections = AppConnections.pool(world, tls, names);
        kept = client(connections).setKeepAliveStrategy(PooledHttp::kept).build();
        fresh = client(AppConnections.pool(world, tls, names))
                .setConnectionReuseStrategy((request, response, context) -> false)
                .build();
        world.start("requests", this::watch);
    }

    /** Nothing of what a browser does by itself. */
    private static HttpClientBuilder client(PoolingHttpClientConnectionManager connections) {
        return HttpClientBuilder.create()
                .setConnectionManager(connections)
                .setRequestExecutor(new AppConnections.Asking())
                .setUserAgent("teleapi")
                .disableAuthCaching()
                .disableAutomaticRetries()
                .disableConnectionState()
                .disableContentCompression()
                .disableCookieManagement()
                .disableRedirectHandling();
    }

    private static TimeValue kept(HttpResponse response, HttpContext context) {
        TimeValue said = DefaultConnectionKeepAliveStrategy.INSTANCE.getKeepAliveDuration(response, context);
        long millis = said.toMilliseconds() - BEFORE.toMilliseconds();
        return TimeValue.ofMilliseconds(Math.clamp(millis, 1, KEPT.toMilliseconds()));
    }

    @Override
    public HttpReply send(HttpAsk ask) {
        long end = world.time().nanos() + inAll.toNanos();
        String url = ask.url();
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpUriRequestBase request;
            try {
                request = request(ask, url);
            } catch (IllegalArgumentException unusable) {
                return new HttpReply.Failed(
                        11100, "not a URL that can be requested: " + Urls.withoutUser(url) + why(unusable));
            }
            Answer answer = answer(ask, url, request, end);
            if (answer.next().isEmpty()) {
                return answer.reply();
            }
            url = answer.next().get();
        }
        return new HttpReply.Failed(
                11215, Urls.withoutUser(ask.url()) + " redirects more than " + MOST_REDIRECTS + " times");
    }

    /** Without the URL, which may have a password. */
    private static String why(IllegalArgumentException unusable) {
        return unusable.getCause() instanceof URISyntaxException wrong
                ? " (" + wrong.getReason() + ")"
                : " (" + unusable.getMessage() + ")";
    }

    /** What came, and where it says to ask instead. */
    private record Answer(HttpReply reply, Optional<String> next) {
        Answer(HttpReply reply) {
            this(reply, Optional.empty());
        }
    }

    private record Asked(HttpUriRequestBase request, long end) {}

    private Answer answer(HttpAsk ask, String url, HttpUriRequestBase request, long end) {
        try {
            return exchange(kept, ask, url, new Asked(request, end));
        } catch (AppConnections.Closed closed) {
            if (request.isAborted()) {
                return failed(url, request, closed);
            }
        } catch (IOException broken) {
            return failed(url, request, broken);
        }
        HttpUriRequestBase again = request(ask, url);
        try {
            return exchange(fresh, ask, url, new Asked(again, end));
        } catch (IOException broken) {
            return failed(url, again, broken);
        }
    }

    private Answer exchange(CloseableHttpClient client, HttpAsk ask, String url, Asked asked) throws IOException {
        HttpUriRequestBase request = asked.request();
        // 0 would be no limit.
        Timeout left =
                Timeout.ofMilliseconds(Math.max(1, (asked.end() - world.time().nanos()) / 1_000_000));
        request.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(left)
                .setProtocolUpgradeEnabled(false)
                .build());
        var server = new HttpHost(request.getScheme(), request.getAuthority());
        underWay.add(asked);
        try {
            // It is closed when it has been read: to close it before would read it to its end, which it may not have.
            ClassicHttpResponse response = ScopedValue.where(AppConnections.OVER, () -> over(asked))
                    .call(() -> client.executeOpen(server, request, HttpClientContext.create()));
            Optional<byte[]> body = body(response.getEntity(), ask.maxBytes());
            if (body.isEmpty()) {
                request.abort();
                return new Answer(new HttpReply.Failed(
                        11750,
                        "answer of " + Urls.withoutUser(url) + " refused: larger than the limit of " + ask.maxBytes()
                                + " bytes"));
            }
            return new Answer(received(url, response, body.get()), redirect(url, response));
        } catch (IllegalStateException closed) {
            throw new IOException("the server is being stopped", closed);
        } finally {
            underWay.remove(asked);
        }
    }

    private static Optional<byte[]> body(HttpEntity entity, int most) throws IOException {
        if (entity == null) {
            return Optional.of(new byte[0]);
        }
        if (entity.getContentLength() > most) {
            return Optional.empty();
        }
        // One more than there is, to see the end; with many more it takes 16 KiB.
        int length = entity.getContentLength() < 0 ? most : (int) entity.getContentLength();
        byte[] body = entity.getContent().readNBytes(length + 1);
        return body.length > most ? Optional.empty() : Optional.of(body);
    }

    private static HttpReply received(String url, ClassicHttpResponse response, byte[] body) {
        String type = first(response, "Content-Type");
        int end = type.indexOf(';');
        String plain = (end < 0 ? type : type.substring(0, end)).trim().toLowerCase(Locale.ROOT);
        Freshness freshness = Freshness.of(
                Arrays.stream(response.getHeaders("Cache-Control"))
                        .map(Header::getValue)
                        .collect(Collectors.joining(",")),
                first(response, "ETag"),
                first(response, "Last-Modified"));
        return new HttpReply.Received(response.getCode(), url, plain, body, freshness);
    }

    private static String first(ClassicHttpResponse response, String name) {
        Header header = response.getFirstHeader(name);
        return header == null || header.getValue() == null ? "" : header.getValue();
    }

    private Answer failed(String url, HttpUriRequestBase request, IOException cause) {
        boolean slow = request.isAborted()
                || (cause instanceof SocketTimeoutException && !(cause instanceof ConnectTimeoutException));
        if (slow) {
            return new Answer(new HttpReply.Failed(
                    11200, Urls.withoutUser(url) + " took longer than " + inAll.toSeconds() + " s"));
        }
        int code = Unreached.unnamed(cause)
                ? 11210
                : cause instanceof ConnectException || cause instanceof ConnectTimeoutException ? 11205 : 11200;
        return new Answer(
                new HttpReply.Failed(code, Urls.withoutUser(url) + " cannot be reached: " + Unreached.why(cause)));
    }

    private static Optional<String> redirect(String url, ClassicHttpResponse response) {
        return switch (response.getCode()) {
            case 301, 302, 303, 307, 308 ->
                Optional.of(first(response, "Location"))
                        .filter(location -> !location.isEmpty())
                        .flatMap(location -> Urls.resolve(url, location));
            default -> Optional.empty();
        };
    }

    private static HttpUriRequestBase request(HttpAsk ask, String url) {
        URI uri = URI.create(
                URI.create(Urls.requested(ask.method(), url, ask.parameters())).toASCIIString());
        if (uri.getHost() == null
                || !SCHEMES.contains(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("it is neither http://host nor https://host");
        }
        var request = new HttpUriRequestBase(ask.method().name(), uri);
        URIAuthority authority = request.getAuthority();
        if (authority.getUserInfo() != null) {
            request.setHeader("Authorization", "Basic " + base64(PercentCodec.decode(authority.getUserInfo(), UTF_8)));
            request.setAuthority(new URIAuthority(authority.getHostName(), authority.getPort()));
        }
        ask.headers().forEach(request::setHeader);
        if (ask.method() == HttpMethod.POST) {
            request.setEntity(new ByteArrayEntity(Urls.form(ask.parameters()).getBytes(US_ASCII), FORM));
        }
        return request;
    }

    private static String base64(String words) {
        return Base64.getEncoder().encodeToString(words.getBytes(UTF_8));
    }

    private boolean over(Asked asked) {
        return asked.end() - world.time().nanos() < 0;
    }

    /**
     * Ends what has had its time: a server that sends an octet now and then is never silent for long, and a reader with a time limit of its own
     * costs a timer for each reading.
     */
    private void watch() {
        while (closing.take(look()).isEmpty()) {
            for (Asked asked : underWay) {
                if (over(asked)) {
                    asked.request().abort();
                }
            }
            connections.closeExpired();
        }
    }

    /** When the next of what is under way has had its time, or a connection may have. */
    private Deadline look() {
        Deadline next = world.time().after(LOOK.compareTo(inAll) < 0 ? LOOK : inAll);
        for (Asked asked : underWay) {
            if (!over(asked)) {
                next = next.earlier(new Deadline(asked.end()));
            }
        }
        return next;
    }

    @Override
    public void close() {
        closing.post(true);
        kept.close(CloseMode.IMMEDIATE);
        fresh.close(CloseMode.IMMEDIATE);
    }
}

package teleapi.rest;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import teleapi.rest.http.Answers;
import teleapi.rest.http.Fields;
import teleapi.rest.http.Front;
import teleapi.rest.http.Reply;
import teleapi.rest.resource.EventStreams;
import teleapi.rest.resource.Resources;

/**
 * The HTTP server with the API on it, and with /health, /metrics and the pages that error answers point to.
 *
 * <pre>
 * Shape   Jetty core; one virtual thread per request; a request line and header fields of at most 16 KiB
 * Thread  start and close: main's
 * Errors  IOException with the address when it cannot be bound
 * Source  CONTRACT sections 1 and 2; reliability.md A17
 * </pre>
 */
public final class Api implements AutoCloseable {
    private static final int HEADER_SIZE = 16 * 1024;

    /** A client that says nothing for so long is gone. Longer than the longest Prefer: wait, which is silence of ours. */
    private static final Duration IDLE = Duration.ofSeconds(35);

    /** What is running when the server closes may finish. */
    private static final Duration FINISH = Duration.ofSeconds(5);

    private final Server server;
    private final ServerConnector connector;
    private final EventStreams streams;

    private Api(Server server, ServerConnector connector, EventStreams streams) {
        this.streams = streams;
        this.server = server;
        this.connector = connector;
    }

    public static Api start(InetSocketAddress bind, Parts parts) throws IOException {
        // Platform threads accept and select; requests run on virtual ones.
        QueuedThreadPool threads = new QueuedThreadPool(16, 4);
        threads.setName("http");
        threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("http-"));
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setRequestHeaderSize(HEADER_SIZE);
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setUriCompliance(UriCompliance.RFC3986);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(bind.getHostString());
        connector.setPort(bind.getPort());
        connector.setIdleTimeout(IDLE.toMillis());
        server.addConnector(connector);
        server.setErrorHandler(new Answers(parts.world()));
        EventStreams streams = new EventStreams(parts.world(), parts.events(), parts.directory());
        server.setHandler(new Front(
                parts.world(), parts.directory(), parts.requestKeys(), Resources.routes(parts, streams), open(parts)));
        server.setStopTimeout(FINISH.toMillis());
        try {
            server.start();
        } catch (IOException e) {
            stop(server);
            throw e;
        } catch (Exception e) {
            stop(server);
            throw new IOException("HTTP cannot be started on " + bind, e);
        }
        return new Api(server, connector, streams);
    }

    /** Where it listens; the port is the real one when 0 was asked for. */
    public InetSocketAddress address() {
        return new InetSocketAddress(connector.getHost(), connector.getLocalPort());
    }

    @Override
    public void close() {
        streams.close();
        stop(server);
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception e) {
            // Jetty declares it; what is left of it then ends with the process.
            org.slf4j.LoggerFactory.getLogger(Api.class).warn("HTTP did not end cleanly: {}", e.toString());
        }
    }

    private static Map<String, Supplier<Reply>> open(Parts parts) {
        Reply errors = new Reply(200, Map.of(), new Reply.Body.Plain("text/markdown;charset=utf-8", errorsPage()));
        return Map.of(
                "/health", () -> health(parts.health().get()),
                "/metrics",
                        () -> new Reply(
                                200,
                                Map.of(),
                                new Reply.Body.Plain(
                                        "text/plain;version=0.0.4;charset=utf-8",
                                        parts.metrics().get())),
                "/docs/errors.md", () -> errors);
    }

    private static Reply health(Health health) {
        Fields fields = new Fields().text("status", health.trouble().isPresent() ? "down" : "up");
        health.trouble().ifPresent(reason -> fields.text("reason", reason));
        new TreeMap<>(health.details()).forEach(fields::text);
        Reply reply = new Reply(health.trouble().isPresent() ? 503 : 200, Map.of(), new Reply.Body.Json(fields));
        return health.trouble().isPresent() ? reply.header("Retry-After", "5") : reply;
    }

    private static String errorsPage() {
        try (InputStream page = Api.class.getResourceAsStream("/teleapi/docs/errors.md")) {
            if (page == null) {
                throw new IllegalStateException("docs/errors.md is not in the build");
            }
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("docs/errors.md cannot be read", e);
        }
    }
}

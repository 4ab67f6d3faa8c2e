package teleapi.call.webhook;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import teleapi.rcml.HttpMethod;
import teleapi.runtime.real.RealWorld;

class PooledHttpTest {
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n<Response/>";

    /** An octet every 10 ms. */
    private static final String DRIPPING = "HTTP/1.1 200 OK\r\nX-Long: " + "x".repeat(10_000);

    private final PooledHttp http = new PooledHttp(RealWorld.create());
    private static final Set<Thread.State> WAITS = Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

    private final HttpServer server;
    private final CountDownLatch held = new CountDownLatch(1);
    private final Map<String, String> seen = new TreeMap<>();
    private final List<ServerSocket> doors = new ArrayList<>();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();

    PooledHttpTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void open() {
        server.createContext("/echo", exchange -> {
            seen.put("method", exchange.getRequestMethod());
            seen.put("query", String.valueOf(exchange.getRequestURI().getRawQuery()));
            seen.put("signature", String.valueOf(exchange.getRequestHeaders().getFirst("X-Twilio-Signature")));
            seen.put("body", new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            answer(exchange, 200, "text/xml; charset=utf-8", "<Response/>");
        });
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().set("Location", "/echo");
            answer(exchange, 302, "text/plain", "elsewhere");
        });
        server.createContext("/loop", exchange -> {
            exchange.getResponseHeaders().set("Location", "/loop");
            answer(exchange, 301, "text/plain", "round");
        });
        server.createContext("/never", exchange -> {
            exchange.sendResponseHeaders(200, 10);
            try {
                held.await();
            } catch (InterruptedException over) {
                throw new IOException(over);
            }
        });
        server.createContext("/kept", exchange -> {
            exchange.getResponseHeaders().set("ETag", "\"v1\"");
            exchange.getResponseHeaders().set("Cache-Control", "public, max-age=7");
            if ("\"v1\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                exchange.sendResponseHeaders(304, -1);
                exchange.close();
            } else {
                answer(exchange, 200, "audio/wav", "sound");
            }
        });
        server.createContext("/large", exchange -> answer(exchange, 200, "text/xml", "x".repeat(1_001)));
        server.start();
    }

    @AfterEach
    void close() throws IOException {
        http.close();
        for (ServerSocket door : doors) {
            door.close();
        }
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private HttpReply send(HttpMethod method, String url) {
        return http.send(new HttpAsk(method, url, Map.of("CallSid", "CA1"), Map.of("X-Twilio-Signature", "s"), 1_000));
    }

    @Test
    void aPostCarriesFormAndHeaders() {
        // CONTRACT section 4.
        var received = assertInstanceOf(HttpReply.Received.class, send(HttpMethod.POST, url("/echo?a=b")));
        assertEquals(200, received.status());
        assertEquals("text/xml", received.contentType());
        assertArrayEquals("<Response/>".getBytes(StandardCharsets.UTF_8), received.body());
        assertEquals(Map.of("method", "POST", "query", "a=b", "signature", "s", "body", "CallSid=CA1"), seen);
    }

    @Test
    void aGetCarriesItsParametersInTheQuery() {
        // reference/restcomm.md 9.14.
        send(HttpMethod.GET, url("/echo?a=b"));
        assertEquals(Map.of("method", "GET", "query", "a=b&CallSid=CA1", "signature", "s", "body", ""), seen);
    }

    @Test
    void redirectsAreFollowedWithTheirMethodFiveTimesAtMost() {
        // reference/restcomm.md 5.1; reference/reliability.md A1.
        var received = assertInstanceOf(HttpReply.Received.class, send(HttpMethod.POST, url("/moved")));
        assertEquals(url("/echo"), received.url());
        assertEquals("POST", seen.get("method"));
        assertEquals(
                11215,
                assertInstanceOf(HttpReply.Failed.class, send(HttpMethod.GET, url("/loop")))
                        .code());
    }

    @Test
    void whatIsTooLargeIsAFailure() {
        // reference/reliability.md A4: caps on octets.
        var failed = assertInstanceOf(HttpReply.Failed.class, send(HttpMethod.GET, url("/large")));
        assertEquals(11750, failed.code());
        assertTrue(failed.reason().contains("1000 bytes"), failed.reason());
    }

    @Test
    void whatIsSlowIsGivenUp() {
        // issue 4, "What bad input gets": over 15 s, here over 0.3
        try (PooledHttp hasty = new PooledHttp(RealWorld.create(), Duration.ofMillis(300))) {
            HttpAsk ask = new HttpAsk(HttpMethod.GET, url("/never"), Map.of(), Map.of(), 1_000);
            var failed = assertInstanceOf(HttpReply.Failed.class, hasty.send(ask));
            assertEquals(11200, failed.code());
            assertTrue(failed.reason().contains("took longer"), failed.reason());
        } finally {
            held.countDown();
        }
    }

    @Test
    void anAnswerSaysHowLongItIsFreshAndAnotherThatNothingHasChanged() {
        // RFC 9111; RFC 9110 §13.1.2
        var first = assertInstanceOf(HttpReply.Received.class, send(HttpMethod.GET, url("/kept")));
        assertEquals(Optional.of(Duration.ofSeconds(7)), first.freshness().age());
        assertEquals(Map.of("If-None-Match", "\"v1\""), first.freshness().conditions());
        var ask = new HttpAsk(
                HttpMethod.GET, url("/kept"), Map.of(), first.freshness().conditions(), 1_000);
        var second = assertInstanceOf(HttpReply.Received.class, http.send(ask));
        assertEquals(304, second.status());
        assertEquals(0, second.body().length);
    }

    @Test
    void nobodyThereAndNoUrlAreFailures() {
        // CONTRACT "What bad input gets".
        String gone = url("/echo");
        server.stop(0);
        assertEquals(
                11205,
                assertInstanceOf(HttpReply.Failed.class, send(HttpMethod.GET, gone))
                        .code());
        for (String none : List.of("http://a b/", "http://:80/", "http://user@", "http://us er:pass@127.0.0.1/")) {
            var failed = assertInstanceOf(HttpReply.Failed.class, send(HttpMethod.GET, none), none);
            assertEquals(11100, failed.code());
            assertFalse(failed.reason().contains("pass"), failed.reason());
        }
    }

    @Test
    void whyNobodyCouldBeReachedIsSaidInWords() throws IOException {
        // STYLE.md "Errors": messages say what, of what, why; docs/errors.md 11200 to 11210.
        String gone = url("/echo");
        server.stop(0);
        saysWhy(11205, "the connection was refused", gone);
        saysWhy(11210, "its host is not known", "http://nobody.invalid/");
        saysWhy(11200, "the connection was closed before an answer", answering(""));
        saysWhy(11200, "it does not answer with HTTP", answering("SIP/2.0 200 OK\r\n\r\n"));
        saysWhy(11200, "no TLS connection", answering("HTTP/1.1 400 no\r\n\r\n").replace("http:", "https:"));
    }

    private void saysWhy(int code, String why, String url) {
        var failed = assertInstanceOf(HttpReply.Failed.class, send(HttpMethod.GET, url));
        assertEquals(code, failed.code(), failed.reason());
        assertTrue(failed.reason().startsWith(url + " cannot be reached: " + why), failed.reason());
        assertFalse(failed.reason().matches(".*(java|Exception).*"), failed.reason());
    }

    @Test
    void aKeptConnectionThatItsServerHasClosedIsNoFailure() throws IOException {
        // RFC 9112 §9.3.1, §9.5: a server may close at any time what was kept; node does so after 5 s.
        String url = serving(1, ANSWER);
        for (int i = 0; i < 3; i++) {
            assertInstanceOf(HttpReply.Received.class, send(HttpMethod.POST, url), "request " + i);
        }
        // The second went out over the connection that had served, and once more over a new one, which was not kept.
        assertEquals(List.of(4, 3), List.of(asked.get(), connections.get()));
    }

    @Test
    void whatIsTooLargeIsNotReadToItsEnd() throws IOException {
        // It has none.
        String url =
                serving(1, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n" + "x".repeat(2_000) + "\r\n");
        try (PooledHttp hasty = new PooledHttp(RealWorld.create(), Duration.ofMillis(300))) {
            var ask = new HttpAsk(HttpMethod.POST, url, Map.of(), Map.of(), 1_000);
            assertEquals(
                    11750,
                    assertInstanceOf(HttpReply.Failed.class, hasty.send(ask)).code());
        }
    }

    @Test
    void connectionsAreKept() throws IOException {
        String url = serving(3, ANSWER);
        for (int i = 0; i < 3; i++) {
            assertInstanceOf(HttpReply.Received.class, send(HttpMethod.POST, url));
        }
        assertEquals(List.of(3, 1), List.of(asked.get(), connections.get()));
    }

    @Test
    void aNewConnectionThatIsClosedWithoutAnAnswerIsAFailureAndNotAskedAgain() throws IOException {
        // RFC 9110 §9.2.2: the server may have done what a POST asks for.
        assertInstanceOf(HttpReply.Failed.class, send(HttpMethod.POST, serving(0, ANSWER)));
        assertEquals(1, asked.get());
    }

    @Test
    void aServerThatSaysALittleNowAndThenIsGivenUp() throws IOException {
        // reference/reliability.md A4: all reading is bounded in time as a whole.
        String url = serving(1, DRIPPING);
        try (PooledHttp hasty = new PooledHttp(RealWorld.create(), Duration.ofMillis(300))) {
            var failed = assertInstanceOf(
                    HttpReply.Failed.class, hasty.send(new HttpAsk(HttpMethod.POST, url, Map.of(), Map.of(), 1_000)));
            assertTrue(failed.reason().contains("took longer"), failed.reason());
        }
        assertEquals(1, asked.get());
    }

    @Test
    void whatIsGivenUpOverAKeptConnectionIsNotAskedAgain() throws IOException {
        // The same: it looks like a connection that its server had closed, and is none.
        String url = serving(2, ANSWER, DRIPPING);
        try (PooledHttp hasty = new PooledHttp(RealWorld.create(), Duration.ofMillis(300))) {
            var ask = new HttpAsk(HttpMethod.POST, url, Map.of(), Map.of(), 1_000);
            assertInstanceOf(HttpReply.Received.class, hasty.send(ask));
            var failed = assertInstanceOf(HttpReply.Failed.class, hasty.send(ask));
            assertTrue(failed.reason().contains("took longer"), failed.reason());
        }
        assertEquals(List.of(2, 1), List.of(asked.get(), connections.get()));
    }

    @Test
    void aServerThatTakesAConnectionAndSaysNothingIsGivenUp() throws IOException {
        // The same before there is anything to ask over: TLS.
        String url = serving(0, ANSWER).replace("http:", "https:");
        try (PooledHttp hasty = new PooledHttp(RealWorld.create(), Duration.ofMillis(300))) {
            var failed = assertInstanceOf(
                    HttpReply.Failed.class, hasty.send(new HttpAsk(HttpMethod.GET, url, Map.of(), Map.of(), 1_000)));
            assertTrue(failed.reason().contains("took longer"), failed.reason());
        }
    }

    @Test
    void whoWaitsForAnAnswerHasNoTimerOfItsOwn() throws IOException {
        // ADR-0026: a reader with a time limit costs a timer for each reading; the watch ends what takes too long.
        String url = serving(2, "");
        Thread asking = Thread.startVirtualThread(() -> send(HttpMethod.POST, url));
        Thread.State state = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            Thread.State seen = Thread.State.NEW;
            while (asked.get() == 0 || !WAITS.contains(seen)) {
                Thread.onSpinWait();
                seen = asking.getState();
            }
            return seen;
        });
        assertEquals(Thread.State.WAITING, state);
    }

    @Test
    void userAndPasswordOfAUrlAreSentAsBasicAuthentication() throws IOException {
        // RFC 7617; as Twilio does.
        String url = serving(1, ANSWER).replace("http://", "http://us%2Fer:pass@");
        assertInstanceOf(HttpReply.Received.class, send(HttpMethod.GET, url));
        assertTrue(heads.getFirst().contains("\r\nAuthorization: Basic dXMvZXI6cGFzcw==\r\n"), heads.getFirst());
        assertFalse(heads.getFirst().contains("pass"), heads.getFirst());
        var failed = assertInstanceOf(
                HttpReply.Failed.class, send(HttpMethod.GET, serving(0, ANSWER).replace("http://", "HTTP://us:pass@")));
        assertTrue(failed.reason().startsWith("HTTP://127.0.0.1:"), failed.reason());
    }

    /** The URL of a server that gives so many answers on a connection, the last of these over and over, and closes it when it is asked again. */
    private String serving(int times, String... answers) throws IOException {
        var door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        doors.add(door);
        Thread.startVirtualThread(() -> {
            while (!door.isClosed()) {
                try {
                    Socket in = door.accept();
                    connections.incrementAndGet();
                    Thread.startVirtualThread(() -> serve(in, times, answers));
                } catch (IOException over) {
                    // The test is over.
                }
            }
        });
        return "http://127.0.0.1:" + door.getLocalPort() + "/";
    }

    private void serve(Socket in, int times, String... answers) {
        try (in) {
            in.setSoTimeout(10_000);
            for (int i = 0; asked(in) && i < times; i++) {
                String words = answers[Math.min(i, answers.length - 1)];
                for (byte octet : words.getBytes(StandardCharsets.US_ASCII)) {
                    in.getOutputStream().write(octet);
                    if (words.equals(DRIPPING)) {
                        held.await(10, TimeUnit.MILLISECONDS);
                    }
                }
            }
        } catch (IOException | InterruptedException gone) {
            // The one who asks has had enough, or the test is over.
        }
    }

    /** Reads a request. */
    private boolean asked(Socket in) throws IOException {
        Optional<String> head = RequestOnWire.read(in);
        head.ifPresent(read -> {
            heads.add(read);
            asked.incrementAndGet();
        });
        return head.isPresent();
    }

    /** The URL of one who reads what comes, says this and closes; also to a client that tries again. */
    private String answering(String words) throws IOException {
        var door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        doors.add(door);
        Thread.startVirtualThread(() -> {
            while (!door.isClosed()) {
                try (Socket in = door.accept()) {
                    in.setSoTimeout(10_000);
                    in.getInputStream().read(new byte[1_000]);
                    in.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException gone) {
                    // The one who asks has had enough, or the test is over.
                }
            }
        });
        return "http://127.0.0.1:" + door.getLocalPort() + "/";
    }
}

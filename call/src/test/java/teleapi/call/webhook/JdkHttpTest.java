package teleapi.call.webhook;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import teleapi.rcml.HttpMethod;
import teleapi.runtime.real.RealWorld;

class JdkHttpTest {
    private final JdkHttp http = new JdkHttp(RealWorld.create().time());
    private final HttpServer server;
    private final Map<String, String> seen = new TreeMap<>();

    JdkHttpTest() throws IOException {
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
        server.createContext("/large", exchange -> answer(exchange, 200, "text/xml", "x".repeat(1_001)));
        server.start();
    }

    @AfterEach
    void close() {
        http.close();
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
    void nobodyThereAndNoUrlAreFailures() {
        // CONTRACT "What bad input gets".
        String gone = url("/echo");
        server.stop(0);
        assertEquals(
                11205,
                assertInstanceOf(HttpReply.Failed.class, send(HttpMethod.GET, gone))
                        .code());
        assertEquals(
                11100,
                assertInstanceOf(HttpReply.Failed.class, send(HttpMethod.GET, "http://a b/"))
                        .code());
    }
}

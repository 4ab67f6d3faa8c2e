package teleapi.lab.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import teleapi.runtime.Published;

/**
 * All that an application has to do: answer teleapi's requests with documents, and remember the CallSid of the call that it may want to change.
 *
 * <pre>
 * /incoming     someone has called our number: remembers the call, and dials bob
 * /CallToAlice  dials alice
 * /Conference   puts whoever asks into a room; the room ends with its first caller
 * /status       a call has ended
 * Thread        the HTTP server's one thread; callSid: any
 * </pre>
 */
final class ExampleApplication implements AutoCloseable {
    /** The JDK's server leaves Nagle's algorithm on, and answers then wait 40 ms for the ACK of their first half. */
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";

    private final HttpServer http;
    private final BiConsumer<Asked, String> told;
    private final Published<String> callSid = new Published<>("");

    /** A request: its path and its form. */
    record Asked(String path, Map<String, String> parameters) {}

    private ExampleApplication(HttpServer http, BiConsumer<Asked, String> told) {
        this.http = http;
        this.told = told;
    }

    /** Starts on a free port; {@code told} watches the requests and the answers. */
    static ExampleApplication start(BiConsumer<Asked, String> told) throws IOException {
        System.setProperty(NO_DELAY, "true");
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExampleApplication application = new ExampleApplication(http, told);
        http.createContext("/", application::handle);
        http.start();
        return application;
    }

    /** The URL of one of the paths. */
    String url(String path) {
        return "http://127.0.0.1:" + http.getAddress().getPort() + path;
    }

    /** The call that came in. */
    String callSid() {
        return callSid.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Asked asked = new Asked(exchange.getRequestURI().getPath(), form(exchange));
        String document = document(asked);
        byte[] body = document.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/xml; charset=utf-8");
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
        told.accept(asked, document);
    }

    private String document(Asked asked) {
        String asking = asked.parameters().getOrDefault("CallSid", "");
        return switch (asked.path()) {
            case "/incoming" -> {
                callSid.set(asking);
                yield dial("bob");
            }
            case "/CallToAlice" -> dial("alice");
            case "/Conference" -> conference(asking.equals(callSid.get()));
            default -> "";
        };
    }

    private String dial(String client) {
        return """
            <Response><Dial><Client statusCallback="%s">%s</Client></Dial></Response>\
            """.formatted(url("/status"), client);
    }

    private static String conference(boolean endsWithThisCall) {
        return """
            <Response><Dial><Conference beep="false" endConferenceOnExit="%s">demo</Conference></Dial></Response>\
            """.formatted(endsWithThisCall);
    }

    private static Map<String, String> form(HttpExchange exchange) throws IOException {
        Map<String, String> form = new LinkedHashMap<>();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return form;
    }

    @Override
    public void close() {
        http.stop(0);
    }
}

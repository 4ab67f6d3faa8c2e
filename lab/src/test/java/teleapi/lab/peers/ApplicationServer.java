package teleapi.lab.peers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The user's application, on the JDK's own HTTP server: has documents, notes every request.
 *
 * <pre>
 * Thread  requests are answered on threads of its own
 * </pre>
 */
final class ApplicationServer implements AutoCloseable {
    /** A request from the product. */
    record Asked(String path, Map<String, String> parameters, boolean signed) {
        String parameter(String name) {
            return parameters.getOrDefault(name, "");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, String> documents = new ConcurrentHashMap<>();
    private final Map<String, byte[]> sounds = new ConcurrentHashMap<>();
    private final Happenings<Asked> requests = new Happenings<>("application");
    private final String token;

    /** {@code token} is what the product signs its requests with. */
    ApplicationServer(String token) {
        this.token = token;
        try {
            this.server = HttpServer.create(new InetSocketAddress(Sipp.HOST, 0), 100);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** From now on this is answered at that path; where nothing is, an empty Response. */
    void has(String path, String verbs) {
        documents.put(path, verbs);
    }

    /** From now on this WAV is answered at that path. */
    void hasSound(String path, byte[] wav) {
        sounds.put(path, wav);
    }

    /** Waits for a request. */
    Asked isAsked(String path, Predicate<Asked> fits) {
        return requests.take("request for " + path, asked -> asked.path().equals(path) && fits.test(asked));
    }

    /** The same for what takes its time. */
    Asked isAskedWithin(Duration patience, String path) {
        return requests.takeWithin(
                patience, "request for " + path, asked -> asked.path().equals(path));
    }

    Asked isAsked(String path) {
        return isAsked(path, asked -> true);
    }

    /** What was asked for until now is of no interest any more. */
    void forget() {
        requests.forget();
    }

    List<Asked> requests() {
        return requests.all();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var parameters = new TreeMap<String, String>();
            for (String pair : form.split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
                }
            }
            String path = exchange.getRequestURI().getPath();
            String signature = exchange.getRequestHeaders().getFirst("X-Twilio-Signature");
            boolean signed = signature != null
                    && signature.equals(signature(url(exchange.getRequestURI().toString()), parameters));
            byte[] document = ("<?xml version=\"1.0\"?><Response>" + documents.getOrDefault(path, "") + "</Response>")
                    .getBytes(StandardCharsets.UTF_8);
            byte[] body = sounds.getOrDefault(path, document);
            requests.add(new Asked(path, parameters, signed));
            exchange.getResponseHeaders().set("Content-Type", sounds.containsKey(path) ? "audio/wav" : "text/xml");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** reference/peers.md 2.8: the URL, then all names and values by name, under HMAC-SHA1. */
    private String signature(String url, Map<String, String> byName) {
        var text = new StringBuilder(url);
        byName.forEach((name, value) -> text.append(name).append(value));
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

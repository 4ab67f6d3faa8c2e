package teleapi.call.webhook;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import teleapi.rcml.HttpMethod;
import teleapi.runtime.Time;

/**
 * Requests over real HTTP, with the JDK's client.
 *
 * <pre>
 * Shape   connections are kept and shared; 5 s to connect, 15 s in all, redirects included
 * Thread  any thread that may wait
 * Source  reference/reliability.md A4; ADR-0006
 * </pre>
 */
public final class JdkHttp implements Http, AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration IN_ALL = Duration.ofSeconds(15);
    private static final int MOST_REDIRECTS = 5;

    private final Time time;
    private final Duration inAll;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    public JdkHttp(Time time) {
        this(time, IN_ALL);
    }

    JdkHttp(Time time, Duration inAll) {
        this.time = time;
        this.inAll = inAll;
    }

    @Override
    public HttpReply send(HttpAsk ask) {
        long end = time.nanos() + inAll.toNanos();
        String url = ask.url();
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            CompletableFuture<HttpResponse<byte[]>> exchange;
            try {
                exchange = client.sendAsync(
                        request(ask, url),
                        HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), ask.maxBytes()));
            } catch (IllegalArgumentException unusable) {
                return new HttpReply.Failed(
                        11100, "not a URL that can be requested: " + url + " (" + unusable.getMessage() + ")");
            }
            try {
                var response = exchange.get(end - time.nanos(), TimeUnit.NANOSECONDS);
                Optional<String> next = redirect(url, response);
                if (next.isEmpty()) {
                    return received(url, response);
                }
                url = next.get();
            } catch (TimeoutException slow) {
                exchange.cancel(true);
                return new HttpReply.Failed(11200, url + " took longer than " + inAll.toSeconds() + " s");
            } catch (InterruptedException | ExecutionException failed) {
                return failed(ask, url, failed.getCause() == null ? failed : failed.getCause());
            }
        }
        return new HttpReply.Failed(11215, ask.url() + " redirects more than " + MOST_REDIRECTS + " times");
    }

    private static HttpReply received(String url, HttpResponse<byte[]> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        int end = type.indexOf(';');
        String plain = (end < 0 ? type : type.substring(0, end)).trim().toLowerCase(Locale.ROOT);
        Freshness freshness = Freshness.of(
                String.join(",", response.headers().allValues("Cache-Control")),
                response.headers().firstValue("ETag").orElse(""),
                response.headers().firstValue("Last-Modified").orElse(""));
        return new HttpReply.Received(response.statusCode(), url, plain, response.body(), freshness);
    }

    private static HttpReply failed(HttpAsk ask, String url, Throwable cause) {
        if (String.valueOf(cause.getMessage()).contains("capacity")) {
            return new HttpReply.Failed(
                    11750, "answer of " + url + " refused: larger than the limit of " + ask.maxBytes() + " bytes");
        }
        int code = Unreached.unnamed(cause) ? 11210 : cause instanceof ConnectException ? 11205 : 11200;
        return new HttpReply.Failed(code, url + " cannot be reached: " + Unreached.why(cause));
    }

    private static Optional<String> redirect(String url, HttpResponse<byte[]> response) {
        return switch (response.statusCode()) {
            case 301, 302, 303, 307, 308 ->
                response.headers().firstValue("Location").flatMap(location -> Urls.resolve(url, location));
            default -> Optional.empty();
        };
    }

    private static HttpRequest request(HttpAsk ask, String url) {
        var request = HttpRequest.newBuilder(URI.create(Urls.requested(ask.method(), url, ask.parameters())))
                .timeout(IN_ALL);
        ask.headers().forEach(request::setHeader);
        if (ask.method() == HttpMethod.POST) {
            request.setHeader("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8");
            request.POST(HttpRequest.BodyPublishers.ofString(Urls.form(ask.parameters())));
        }
        return request.build();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}

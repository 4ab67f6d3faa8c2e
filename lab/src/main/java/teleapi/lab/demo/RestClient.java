package teleapi.lab.demo;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import teleapi.runtime.Time;

/**
 * The REST API, from outside. Answers come as {@link Seen.Replied}, so that everything is waited for in one place.
 *
 * <pre>
 * Thread  the owner's, which is main's; answers are told on a thread of the HTTP client
 * </pre>
 */
final class RestClient implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Time time;
    private final String server;
    private final String account;
    private final String authorization;
    private final Consumer<Seen> told;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private long requests;

    RestClient(Time time, InetSocketAddress server, String accountSid, String authToken, Consumer<Seen> told) {
        this.time = time;
        this.server = "http://127.0.0.1:" + server.getPort();
        this.account = this.server + "/teleapi/2012-04-24/Accounts/" + accountSid;
        this.authorization = "Basic "
                + Base64.getEncoder().encodeToString((accountSid + ":" + authToken).getBytes(StandardCharsets.UTF_8));
        this.told = told;
    }

    /** The account's URL, under which its calls, numbers and clients are. */
    String account() {
        return account;
    }

    /** Sends a form to a resource of the account; answers the number of the request. */
    long post(String resource, Map<String, String> form) {
        told.accept(new Seen.Requested("POST " + brief(resource) + " " + brief(form), time.nanos()));
        String body = form.entrySet().stream()
                .map(pair -> pair.getKey() + "=" + URLEncoder.encode(pair.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(URI.create(account + "/" + resource))
                .header("Authorization", authorization)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    /** Asks for a page that is open to all: /metrics. */
    long get(String path) {
        told.accept(new Seen.Requested("GET " + path, time.nanos()));
        return send(HttpRequest.newBuilder(URI.create(server + path)));
    }

    private long send(HttpRequest.Builder request) {
        long number = ++requests;
        var _ = http.sendAsync(request.timeout(LONGEST).build(), BodyHandlers.ofString())
                .handle((reply, failure) -> tell(number, reply, failure));
        return number;
    }

    @SuppressWarnings("NullAway") // exactly one of the two is there
    private boolean tell(long number, HttpResponse<String> reply, Throwable failure) {
        told.accept(
                failure == null
                        ? new Seen.Replied(number, reply.statusCode(), reply.body(), time.nanos())
                        : new Seen.Replied(number, 0, failure.toString(), time.nanos()));
        return true;
    }

    private static String brief(String resource) {
        int slash = resource.indexOf('/');
        String plain = resource.replace(".json", "");
        return slash < 0
                ? plain
                : plain.substring(0, plain.indexOf('/') + 1) + Ladder.brief(resource.substring(slash + 1));
    }

    /** The parameters that tell one request from another; URLs without their host. */
    private static String brief(Map<String, String> form) {
        return form.entrySet().stream()
                .filter(pair -> shows(pair.getKey(), form))
                .map(pair -> pair.getKey() + "=" + Ladder.brief(pair.getValue().replaceFirst("http://[^/]*", "")))
                .collect(Collectors.joining(" "))
                .replace("PhoneNumber=", "")
                .replace("MoveConnectedCallLeg=true", "Move");
    }

    private static boolean shows(String name, Map<String, String> form) {
        return switch (name) {
            case "StatusCallback", "Password", "VoiceUrl" -> false;
            // whom a new call is for tells more than its document
            case "Url" -> !form.containsKey("To");
            default -> true;
        };
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}

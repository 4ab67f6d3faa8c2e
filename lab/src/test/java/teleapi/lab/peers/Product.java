package teleapi.lab.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * teleapi as a process of its own, with its REST API.
 *
 * <pre>
 * Thread  the test's
 * Errors  AssertionError, with what the process said, when it does not start or answer
 * </pre>
 */
final class Product implements AutoCloseable {
    static final String ACCOUNT = "AC0123456789abcdef0123456789abcdef";
    static final String TOKEN = "fedcba9876543210fedcba9876543210";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> IDLE_AT_ZERO = List.of(
            "teleapi_calls_live",
            "teleapi_messages_live",
            "teleapi_media_sessions_live",
            "teleapi_conferences_live",
            "teleapi_rtp_ports_used");

    /** An answer of the API. */
    record Reply(int status, JsonNode body) {
        String text(String key) {
            return body.path(key).asText();
        }
    }

    private final Child child;
    private final String http;
    private final InetSocketAddress sip;
    private final HttpClient client = HttpClient.newHttpClient();

    private Product(Child child, String ready) {
        this.child = child;
        this.http = "http://" + word(ready, "http=");
        String address = word(ready, "sip=");
        int colon = address.lastIndexOf(':');
        this.sip = new InetSocketAddress(Sipp.HOST, Integer.parseInt(address.substring(colon + 1)));
    }

    /** Starts it on free ports with the class path of this test, and waits until it is ready. */
    static Product start(Path data, String... more) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "teleapi.server.Main",
                "serve"));
        command.addAll(List.of("--data", data.toString(), "--http", "127.0.0.1:0", "--sip", "127.0.0.1:0"));
        command.addAll(List.of(more));
        var lines = new Happenings<String>("teleapi");
        var child = Child.start(
                "teleapi",
                data,
                Map.of("TELEAPI_ACCOUNT_SID", ACCOUNT, "TELEAPI_AUTH_TOKEN", TOKEN),
                command,
                lines::add,
                line -> {});
        try {
            return new Product(
                    child,
                    lines.takeWithin(
                            Happenings.PATIENCE.multipliedBy(3),
                            "ready line",
                            line -> line.startsWith("teleapi ready ")));
        } catch (AssertionError notReady) {
            child.close();
            throw new AssertionError(notReady.getMessage() + "\n" + child.output(), notReady);
        }
    }

    private static String word(String line, String begin) {
        for (String word : line.split(" ", -1)) {
            if (word.startsWith(begin)) {
                return word.substring(begin.length());
            }
        }
        throw new AssertionError("no " + begin + " in: " + line);
    }

    InetSocketAddress sip() {
        return sip;
    }

    String output() {
        return child.output();
    }

    // ---- its API

    /** POSTs to a resource of the account; {@code form} has names and values in turn. */
    Reply post(String resource, String... form) {
        var body = new StringBuilder();
        for (int i = 0; i < form.length; i += 2) {
            body.append(i == 0 ? "" : "&")
                    .append(form[i])
                    .append('=')
                    .append(URLEncoder.encode(form[i + 1], StandardCharsets.UTF_8));
        }
        return send(request(resource, ".json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    Reply get(String resource) {
        return send(request(resource, ".json"));
    }

    /** What a recording has to be heard. */
    byte[] sound(String recording) {
        return exchange(request("Recordings/" + recording, ".wav"), HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }

    /** The newest call to an address. */
    String legTo(String address) {
        return get("Calls").body().path("calls").findParents("to").stream()
                .filter(call -> call.path("to").asText().equals(address))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no call to " + address))
                .path("sid")
                .asText();
    }

    /** How well a live call sounds, once its far end has reported, too, and answered a report of ours. */
    Reply awaitReported(String call) {
        await(
                "the far end reports",
                () -> !get("Calls/" + call + "/Quality").text("round_trip").isEmpty()
                        && !get("Calls/" + call + "/Quality")
                                .body()
                                .path("round_trip")
                                .isNull());
        return get("Calls/" + call + "/Quality");
    }

    private HttpRequest.Builder request(String resource, String format) {
        String credentials =
                Base64.getEncoder().encodeToString((ACCOUNT + ":" + TOKEN).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create(http + "/2010-04-01/Accounts/" + ACCOUNT + "/" + resource + format))
                .header("Authorization", "Basic " + credentials);
    }

    private Reply send(HttpRequest.Builder request) {
        HttpResponse<String> answer = exchange(request, HttpResponse.BodyHandlers.ofString());
        try {
            return new Reply(answer.statusCode(), JSON.readTree(answer.body()));
        } catch (IOException notJson) {
            throw new AssertionError(answer.statusCode() + " with a body that is no JSON: " + answer.body(), notJson);
        }
    }

    private <T> HttpResponse<T> exchange(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        try {
            return client.send(request.timeout(Happenings.PATIENCE).build(), body);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure.getMessage() + "\n" + child.output(), failure);
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** A client that can register; its password is its name and a word. */
    void hasClient(String login) {
        expect(201, post("Clients", "Login", login, "Password", password(login)));
    }

    static String password(String login) {
        return login + "-secret";
    }

    void hasNumber(String number, String voiceUrl, String statusCallback, String smsUrl) {
        expect(
                201,
                post(
                        "IncomingPhoneNumbers",
                        "PhoneNumber",
                        number,
                        "VoiceUrl",
                        voiceUrl,
                        "StatusCallback",
                        statusCallback,
                        "SmsUrl",
                        smsUrl));
    }

    Reply expect(int status, Reply reply) {
        if (reply.status() != status) {
            throw new AssertionError("the API answered " + reply + ", not " + status + "\n" + child.output());
        }
        return reply;
    }

    // ---- its metrics

    Map<String, Double> metrics() {
        var metrics = new TreeMap<String, Double>();
        exchange(HttpRequest.newBuilder(URI.create(http + "/metrics")), HttpResponse.BodyHandlers.ofString())
                .body()
                .lines()
                .forEach(line -> {
                    int space = line.lastIndexOf(' ');
                    if (!line.startsWith("#") && space > 0) {
                        metrics.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
                    }
                });
        return metrics;
    }

    /** Waits until nothing lives. */
    void awaitIdle() {
        await("nothing lives", () -> {
            Map<String, Double> metrics = metrics();
            return IDLE_AT_ZERO.stream().allMatch(zeroIn(metrics));
        });
    }

    /** Waits until it says that it is about to end. */
    void awaitDraining() {
        await(
                "it drains",
                () -> exchange(
                                        HttpRequest.newBuilder(URI.create(http + "/health")),
                                        HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 503);
    }

    /** Asks again and again: metrics and health do not tell by themselves. */
    private void await(String what, BooleanSupplier happened) {
        long deadline = System.nanoTime() + Happenings.PATIENCE.toNanos();
        while (!happened.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not seen that " + what + ": " + metrics() + "\n" + child.output());
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static java.util.function.Predicate<String> zeroIn(Map<String, Double> metrics) {
        return gauge -> Double.valueOf(0).equals(metrics.get(gauge));
    }

    // ---- its end

    void terminate() {
        child.terminate();
    }

    int exit() {
        return child.exit();
    }

    @Override
    public void close() {
        child.close();
    }
}

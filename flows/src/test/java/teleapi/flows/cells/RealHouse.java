package teleapi.flows.cells;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import teleapi.call.directory.Account;
import teleapi.runtime.World;
import teleapi.runtime.real.RealWorld;
import teleapi.server.Settings;
import teleapi.server.StartException;
import teleapi.server.Teleapi;

/**
 * A whole server with its API, its database and free ports on this machine, and the application of its customer.
 *
 * <pre>
 * Thread  the lanes', several at once; requests to the application are answered on threads of their own
 * </pre>
 */
final class RealHouse implements AutoCloseable {
    /** The contract's, so that none is missing. */
    private static final List<String> GAUGES = List.of(
            "teleapi_calls_live", "teleapi_media_sessions_live", "teleapi_conferences_live", "teleapi_rtp_ports_used");

    /** Phones stay registered, and a transaction outlives its answer for as long as that may be asked for again (RFC 3261 §17). */
    private static final List<String> NEVER_IDLE =
            List.of("teleapi_sip_registrations", "teleapi_sip_transactions_live");

    private static final byte[] ENDLESS = "<Response>".repeat(1_000).getBytes(StandardCharsets.UTF_8);

    final World world = RealWorld.create();
    private final Path folder;
    private final Teleapi teleapi;
    private final Account account;
    private final HttpServer application;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<RealStage> lanes = new ArrayList<>();
    /** How often the last callback of each call has come, in the whole life of this house. */
    private final Map<String, Integer> finals = new ConcurrentHashMap<>();

    RealHouse(int width) throws IOException, StartException {
        folder = Files.createTempDirectory("teleapi-cells-");
        teleapi = Teleapi.start(Settings.onFreePorts(folder));
        account = teleapi.madeAccount().orElseThrow();
        application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        application.setExecutor(task -> world.start("application", task));
        application.createContext("/", this::answer);
        application.start();
        for (int i = 0; i < width; i++) {
            lanes.add(new RealStage(this, i));
        }
    }

    List<RealStage> lanes() {
        return lanes;
    }

    InetSocketAddress sip() {
        return teleapi.sip();
    }

    String url(String path) {
        return "http://127.0.0.1:" + application.getAddress().getPort() + path;
    }

    // ---- the API

    record Reply(int status, String body) {}

    Reply post(String resource, Map<String, String> form, String... headers) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(new Example.Request(credentials(), api() + "/" + resource + ".json", body), headers);
    }

    Reply send(Example.Request asked, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(asked.url()))
                .header("Authorization", basic(asked.credentials()))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(asked.body()));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    /** The body of a 200. */
    byte[] get(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(api() + "/" + path))
                .header("Authorization", basic(credentials()))
                .build();
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new AssertionError(request + ": " + response.statusCode());
            }
            return response.body();
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError("no answer to " + request, failure);
        }
    }

    Reply delete(String resource) {
        return send(HttpRequest.newBuilder(URI.create(api() + "/" + resource))
                .header("Authorization", basic(credentials()))
                .DELETE()
                .build());
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    private String credentials() {
        return account.sid() + ":" + account.authToken();
    }

    private String api() {
        return "http://127.0.0.1:" + teleapi.http().getPort() + "/teleapi/2012-04-24/Accounts/" + account.sid();
    }

    /** What the commands of the docs stand on. */
    Map<String, String> variables() {
        return Map.of("SID", account.sid().text(), "TOKEN", account.authToken(), "ACCOUNT", api());
    }

    private Reply send(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body());
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError("no answer to " + request, failure);
        }
    }

    /** CONTRACT section 1: all gauges of ours are 0 when there is no call; those that are not. */
    List<String> busyGauges() {
        String metrics = send(HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + teleapi.http().getPort() + "/metrics"))
                        .build())
                .body();
        List<String> gauges = metrics.lines()
                .filter(line -> line.startsWith("# TYPE teleapi_") && line.endsWith(" gauge"))
                .map(line -> line.split(" ", -1)[2])
                .filter(gauge -> !NEVER_IDLE.contains(gauge))
                .toList();
        List<String> busy = new ArrayList<>(
                GAUGES.stream().filter(gauge -> !gauges.contains(gauge)).toList());
        metrics.lines()
                .filter(line -> gauges.stream().anyMatch(gauge -> line.startsWith(gauge + " ")))
                .filter(line -> Double.parseDouble(line.substring(line.indexOf(' '))) != 0)
                .forEach(busy::add);
        return busy;
    }

    Map<String, Integer> finals() {
        return new TreeMap<>(finals);
    }

    /** Plays a scene on the first lane, to its end; nothing is left of it. */
    void play(Consumer<Scene> flow) {
        RealStage stage = lanes.getFirst();
        stage.play(here -> {
            var scene = new Scene(here);
            flow.accept(scene);
            scene.end();
            return true;
        });
        if (!stage.until(() -> busyGauges().isEmpty(), Duration.ofSeconds(10))) {
            throw new AssertionError(busyGauges().toString());
        }
    }

    /** Where the sound of recordings is. */
    Path recordings() {
        return folder.resolve("recordings");
    }

    // ---- the application: /lane/cell/path

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> form = form(exchange);
            String[] path = exchange.getRequestURI().getPath().split("/", 4);
            RealStage lane = lanes.get(Integer.parseInt(path[1]));
            String callSid = form.getOrDefault("CallSid", "");
            if (path[3].equals("status") && Scene.FINAL.contains(form.getOrDefault("CallStatus", ""))) {
                finals.merge(callSid, 1, Integer::sum);
            }
            if (path[3].equals("around")) {
                exchange.getResponseHeaders()
                        .set("Location", exchange.getRequestURI().getPath());
                exchange.sendResponseHeaders(302, -1);
                return;
            }
            if (path[3].equals("endless")) {
                exchange.sendResponseHeaders(200, 0);
                while (true) {
                    // Until who asked has had enough, which is an IOException here.
                    exchange.getResponseBody().write(ENDLESS);
                }
            }
            byte[] body = lane.answer(path[2], "/" + path[3], form);
            exchange.getResponseHeaders().set("Content-Type", path[3].endsWith(".wav") ? "audio/wav" : "text/xml");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
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
    public void close() throws IOException {
        lanes.forEach(RealStage::close);
        http.shutdownNow();
        teleapi.close();
        application.stop(0);
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

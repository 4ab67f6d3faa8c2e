package teleapi.lab.storm;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import teleapi.call.directory.Account;
import teleapi.lab.phone.Phone;
import teleapi.lab.phone.PhoneEvent;
import teleapi.lab.phone.PhoneGear;
import teleapi.lab.phone.PhoneSettings;
import teleapi.runtime.Mailbox;
import teleapi.runtime.World;
import teleapi.runtime.real.RealWorld;
import teleapi.server.Settings;
import teleapi.server.StartException;
import teleapi.server.Teleapi;

/**
 * A whole server on free ports, an application, phones, and a client of the API.
 *
 * <pre>
 * Thread  any for post and get; the test's for all else
 * </pre>
 */
final class Storm implements AutoCloseable {
    /** One tone that nobody makes: to listen for any would cost more than all the rest of the storm. */
    private static final List<Integer> KNOWN = List.of(3_000);

    private static final Duration LONGEST = Duration.ofMinutes(2);

    final World world = RealWorld.create();
    private final Path folder;
    private final Teleapi teleapi;
    private final Account account;
    private final HttpServer application;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Phone> phones = new ArrayList<>();

    record Reply(int status, String body) {
        /** The value of a name in the body that has it once at most. */
        String value(String name) {
            Matcher matcher = Pattern.compile("\"" + name + "\":\"?([^\",}]*)").matcher(body);
            return matcher.find() ? matcher.group(1) : "";
        }
    }

    /** @param document what the application answers to a path with its query */
    Storm(Function<String, String> document) throws IOException, StartException {
        folder = Files.createTempDirectory("teleapi-storm-");
        teleapi = Teleapi.start(Settings.onFreePorts(folder));
        account = teleapi.madeAccount().orElseThrow();
        application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
        application.setExecutor(task -> world.start("application", task));
        application.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                byte[] body =
                        document.apply(exchange.getRequestURI().toString()).getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "text/xml");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        application.start();
    }

    /** A phone that answers whoever calls it. */
    Phone phone(String name, PhoneGear gear, Consumer<PhoneEvent.Invited> invited) throws IOException {
        var settings = new PhoneSettings(name, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0, KNOWN);
        Phone[] made = new Phone[1];
        made[0] = Phone.open(world, settings, gear, event -> {
            if (event instanceof PhoneEvent.Invited call) {
                invited.accept(call);
                world.start("answer", made[0]::answer);
            }
        });
        phones.add(made[0]);
        return made[0];
    }

    static String address(Phone phone) {
        return "sip:" + phone.name() + "@127.0.0.1:" + phone.address().getPort();
    }

    String url(String path) {
        return "http://127.0.0.1:" + application.getAddress().getPort() + path;
    }

    // ---- the API

    Reply post(String resource, Map<String, String> form) {
        return later(resource, form).join();
    }

    CompletableFuture<Reply> later(String resource, Map<String, String> form, String... headers) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest.Builder request = to(resource)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    Reply get(String resource) {
        return send(to(resource)).join();
    }

    /** Waits until it holds; fails after two minutes. */
    void until(BooleanSupplier holds) {
        var end = world.time().after(LONGEST);
        Mailbox<Boolean> pause = world.mailbox("pause", 1);
        while (!holds.getAsBoolean()) {
            if (end.passed(world.time())) {
                throw new AssertionError("it does not come to pass");
            }
            pause.take(world.time().after(Duration.ofMillis(10)));
        }
    }

    private HttpRequest.Builder to(String resource) {
        String credentials = account.sid() + ":" + account.authToken();
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                        + teleapi.http().getPort() + "/teleapi/2012-04-24/Accounts/" + account.sid() + "/" + resource))
                .header("Accept", "application/json")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
    }

    private CompletableFuture<Reply> send(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(reply -> new Reply(reply.statusCode(), reply.body()));
    }

    @Override
    public void close() throws IOException {
        phones.forEach(Phone::close);
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

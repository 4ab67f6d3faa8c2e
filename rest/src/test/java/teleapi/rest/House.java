package teleapi.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.directory.Account;
import teleapi.call.records.RecordingFolder;
import teleapi.runtime.real.RealWorld;

/** The real API on a real socket, before a house in memory; and a client for it. */
final class House implements AutoCloseable {
    static final Sid PARENT = new Sid("AC" + "0".repeat(31) + "1");
    static final Sid CHILD = new Sid("AC" + "0".repeat(31) + "2");
    static final Sid STRANGER = new Sid("AC" + "0".repeat(31) + "3");

    final MemoryHouse memory = new MemoryHouse(RealWorld.create());
    final RecordingFolder recordings;
    final Parts parts;
    final Api api;
    private final HttpClient client = HttpClient.newHttpClient();

    House() {
        this(Path.of(""));
    }

    /** @param folder where the sound of recordings is */
    House(Path folder) {
        recordings = new RecordingFolder(memory.world, folder);
        add(PARENT, Optional.empty(), true);
        add(CHILD, Optional.of(PARENT), true);
        add(STRANGER, Optional.empty(), true);
        parts = new Parts(
                memory.world,
                memory,
                memory,
                memory.rooms(),
                new MemoryNotifications(memory.world),
                memory.events,
                memory.journals(),
                memory.keptModifications(),
                memory.keys,
                memory.recordings,
                recordings,
                memory.transcriptions,
                memory.messages,
                memory,
                memory,
                () -> new Health(Optional.empty(), Map.of("database", "memory")),
                () -> "teleapi_calls_live 0\n");
        try {
            api = Api.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), parts);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    void add(Sid sid, Optional<Sid> parent, boolean active) {
        var now = memory.world.time().now();
        memory.accounts.add(new Account(sid, parent, "name", "", active, token(sid), now, now));
    }

    static String token(Sid account) {
        return "token of " + account;
    }

    static String nativeBase(Sid account) {
        return "/teleapi/2012-04-24/Accounts/" + account;
    }

    static String sdkBase(Sid account) {
        return "/2010-04-01/Accounts/" + account;
    }

    static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** Names and values in turn. */
    static String form(String... pairs) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < pairs.length; i += 2) {
            form.append(i == 0 ? "" : "&")
                    .append(pairs[i])
                    .append('=')
                    .append(URLEncoder.encode(pairs[i + 1], StandardCharsets.UTF_8));
        }
        return form.toString();
    }

    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    HttpResponse<String> post(String path, String form, String... headers) {
        return send("POST", path, form, headers);
    }

    /** As the parent account. */
    HttpResponse<String> send(String method, String path, String form, String... headers) {
        return sendAs(Optional.of(basic(PARENT.text(), token(PARENT))), method, path, form, headers);
    }

    HttpResponse<String> sendAs(
            Optional<String> authorization, String method, String path, String form, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + api.address().getPort() + path));
        if (form.isEmpty()) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.method(method, HttpRequest.BodyPublishers.ofString(form, StandardCharsets.ISO_8859_1));
            request.setHeader("Content-Type", "application/x-www-form-urlencoded");
        }
        authorization.ifPresent(value -> request.setHeader("Authorization", value));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return new ObjectMapper().readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + response.body(), e);
        }
    }

    @Override
    public void close() {
        client.close();
        api.close();
    }
}

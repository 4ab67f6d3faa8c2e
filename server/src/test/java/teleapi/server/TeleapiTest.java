package teleapi.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import teleapi.call.Sid;
import teleapi.call.directory.Account;
import teleapi.call.records.CallRecord;
import teleapi.runtime.real.RealWorld;
import teleapi.store.Store;
import teleapi.store.StoreSettings;

/** A whole server in this process, on free ports. */
final class TeleapiTest {
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path folder = Path.of("");

    private HttpResponse<String> send(
            Teleapi teleapi, String method, String path, String form, Optional<Account> account)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://" + Teleapi.text(teleapi.http()) + path))
                .method(method, HttpRequest.BodyPublishers.ofString(form))
                .header("Content-Type", "application/x-www-form-urlencoded");
        account.ifPresent(known -> request.header(
                "Authorization",
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(
                                        (known.sid() + ":" + known.authToken()).getBytes(StandardCharsets.UTF_8))));
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void itStartsOnFreePortsAndSaysThatItIsWell() throws Exception {
        // CONTRACT 1: /health 200 up; the four gauges, idle
        try (Teleapi teleapi = Teleapi.start(Settings.onFreePorts(folder))) {
            HttpResponse<String> health = send(teleapi, "GET", "/health", "", Optional.empty());
            assertEquals(200, health.statusCode());
            assertTrue(health.body().startsWith("{\"status\":\"up\""), health.body());
            String metrics =
                    send(teleapi, "GET", "/metrics", "", Optional.empty()).body();
            for (String gauge : List.of("calls_live", "media_sessions_live", "conferences_live", "rtp_ports_used")) {
                assertTrue(metrics.contains("\nteleapi_" + gauge + " 0.0\n"), gauge);
            }
            assertTrue(teleapi.sip().getPort() > 0);
        }
    }

    @Test
    void aCallToNobodyEndsAndIsStillThereAfterARestart() throws Exception {
        // CONTRACT 2 and 5: 201 at once; nothing that was answered with 2xx is lost
        Account account;
        Sid call;
        try (Teleapi teleapi = Teleapi.start(Settings.onFreePorts(folder))) {
            account = teleapi.madeAccount().orElseThrow();
            HttpResponse<String> created = send(
                    teleapi,
                    "POST",
                    "/2010-04-01/Accounts/" + account.sid() + "/Calls.json",
                    "From=%2B15550001&To=client:nobody&Twiml=%3CResponse%2F%3E",
                    Optional.of(account));
            assertEquals(201, created.statusCode(), created.body());
            call = new Sid(created.body().substring(8, 42));
        }
        try (Store store =
                Store.open(RealWorld.create(), new StoreSettings(folder, Optional.empty(), Optional.empty()))) {
            CallRecord record = store.calls().find(account.sid(), call).orElseThrow();
            assertTrue(record.status().ended(), record.toString());
        }
    }

    @Test
    void aBusyPortIsOneClearLine() throws Exception {
        // CONTRACT 1: busy port: one clear line that says what to do; what had been started is closed again
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Settings free = Settings.onFreePorts(folder);
            Settings busy = new Settings(
                    free.data(),
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), taken.getLocalPort()),
                    free.sip(),
                    0,
                    0,
                    free.publicAddress(),
                    Optional.empty(),
                    Optional.empty(),
                    Duration.ZERO,
                    Optional.empty());
            StartException failed = assertThrows(StartException.class, () -> Teleapi.start(busy));
            assertTrue(
                    failed.line().contains("--http") && failed.line().contains(":" + taken.getLocalPort()),
                    failed.line());
            assertEquals(1, failed.line().lines().count());
        }
        Teleapi.start(Settings.onFreePorts(folder)).close();
    }
}

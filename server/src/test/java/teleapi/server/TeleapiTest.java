package teleapi.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
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
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import teleapi.call.CallStatus;
import teleapi.call.Direction;
import teleapi.call.Sid;
import teleapi.call.directory.Account;
import teleapi.call.records.CallRecord;
import teleapi.call.records.ConferenceRecord;
import teleapi.call.records.MessageRecord;
import teleapi.call.records.OwedCallback;
import teleapi.rcml.HttpMethod;
import teleapi.runtime.Deadline;
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
    void theEngineThatWasChosenSpeaksFirst() throws Exception {
        // issue 4: several engines behind one interface, chosen by configuration
        try (Teleapi teleapi = Teleapi.start(speaking("freetts"))) {
            String health =
                    send(teleapi, "GET", "/health", "", Optional.empty()).body();
            assertTrue(health.contains("\"speech\":\"freetts"), health);
        }
    }

    private Settings speaking(String engine) {
        Settings free = Settings.onFreePorts(folder);
        return new Settings(
                free.data(),
                free.http(),
                free.sip(),
                0,
                0,
                free.publicAddress(),
                Optional.empty(),
                free.codecs(),
                Optional.empty(),
                Optional.empty(),
                free.mediaTimeout(),
                free.drain(),
                Optional.empty(),
                "none",
                engine,
                Optional.empty());
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
            for (String gauge : List.of(
                    "calls_live",
                    "media_sessions_live",
                    "conferences_live",
                    "queues_live",
                    "rtp_ports_used",
                    "speeches_live")) {
                assertTrue(metrics.contains("\nteleapi_" + gauge + " 0.0\n"), gauge);
            }
            assertTrue(metrics.contains("\nteleapi_rtp_excess_total 0.0\n"), metrics);
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
    void aTextThatIsOnItsWayIsAwaitedWhenTheServerEnds() throws Exception {
        // CONTRACT 5: nothing that was answered with 2xx is lost; ADR-0024: failed is for what a server that ends must
        // leave
        Account account;
        Sid text;
        try (DatagramSocket phone = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Teleapi teleapi = Teleapi.start(Settings.onFreePorts(folder));
            account = teleapi.madeAccount().orElseThrow();
            Thread answering = Thread.startVirtualThread(() -> answersAtLast(phone));
            HttpResponse<String> created = send(
                    teleapi,
                    "POST",
                    "/2010-04-01/Accounts/" + account.sid() + "/Messages.json",
                    "From=%2B15550001&Body=hello&To=sip:bob@127.0.0.1:" + phone.getLocalPort(),
                    Optional.of(account));
            assertEquals(201, created.statusCode(), created.body());
            text = new Sid(created.body().substring(8, 42));
            teleapi.drain(Duration.ofSeconds(10));
            answering.join(Duration.ofSeconds(10));
        }
        try (Store store =
                Store.open(RealWorld.create(), new StoreSettings(folder, Optional.empty(), Optional.empty()))) {
            MessageRecord record = store.messages().find(account.sid(), text).orElseThrow();
            assertEquals(MessageRecord.Status.SENT, record.status());
        }
    }

    /** The third repetition comes after 3.5 s (RFC 3261 T1): by then a server that does not wait has ended. */
    private static void answersAtLast(DatagramSocket phone) {
        try {
            phone.setSoTimeout(10_000);
            DatagramPacket packet = new DatagramPacket(new byte[4_096], 4_096);
            for (int i = 0; i < 4; i++) {
                phone.receive(packet);
            }
            String request = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
            String head = request.lines()
                    .filter(line -> line.matches("(Via|From|To|Call-ID|CSeq):.*"))
                    .collect(Collectors.joining("\r\n"));
            byte[] answer =
                    ("SIP/2.0 200 OK\r\n" + head + "\r\nContent-Length: 0\r\n\r\n").getBytes(StandardCharsets.UTF_8);
            phone.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        } catch (IOException silent) {
            // the test sees that nothing was answered
        }
    }

    @Test
    void aCallThatACrashLeftOpenGetsItsFinalCallbackAtTheNextStart() throws Exception {
        // CONTRACT 4 and 5: exactly one final event per call, on every path, also that of kill -9
        var told = new LinkedBlockingQueue<String>();
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        CallRecord open;
        try (Store store =
                Store.open(RealWorld.create(), new StoreSettings(folder, Optional.empty(), Optional.empty()))) {
            Account account = store.firstAccount(Optional.empty()).orElseThrow();
            open = ringing(account.sid());
            store.calls().commit(open);
            store.owedCallbacks()
                    .write(new OwedCallback(
                            open.sid(),
                            account.sid(),
                            "http://127.0.0.1:" + receiver.getAddress().getPort() + "/status",
                            HttpMethod.POST,
                            2,
                            "ringing",
                            1,
                            false));
        }
        try (Teleapi teleapi = Teleapi.start(Settings.onFreePorts(folder))) {
            String callback =
                    Optional.ofNullable(told.poll(10, TimeUnit.SECONDS)).orElse("nothing");
            for (String wanted : List.of(
                    "CallSid=" + open.sid(),
                    "CallStatus=failed",
                    "SequenceNumber=2",
                    "PreviousStatus=ringing",
                    "Cause=error")) {
                assertTrue(callback.contains(wanted), callback);
            }
            nothingIsOwed(teleapi);
        }
        assertTrue(told.isEmpty(), told.toString());
        receiver.stop(0);
    }

    @Test
    void aConferenceThatACrashLeftOpenIsToldToHaveEndedAtTheNextStart() throws Exception {
        // ADR-0015: exactly one conference-end, also after kill -9
        var told = new LinkedBlockingQueue<String>();
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        Sid room = new Sid("CF" + "0".repeat(32));
        try (Store store =
                Store.open(RealWorld.create(), new StoreSettings(folder, Optional.empty(), Optional.empty()))) {
            Account account = store.firstAccount(Optional.empty()).orElseThrow();
            var now = Instant.parse("2026-11-23T12:00:00Z");
            store.conferences()
                    .write(new ConferenceRecord(
                            room,
                            account.sid(),
                            "room",
                            ConferenceRecord.Status.IN_PROGRESS,
                            now,
                            now,
                            Optional.empty(),
                            Optional.empty(),
                            1));
            store.owedCallbacks()
                    .write(new OwedCallback(
                            room,
                            account.sid(),
                            "http://127.0.0.1:" + receiver.getAddress().getPort() + "/status",
                            HttpMethod.POST,
                            4,
                            "",
                            1,
                            false));
        }
        try (Teleapi teleapi = Teleapi.start(Settings.onFreePorts(folder))) {
            String callback =
                    Optional.ofNullable(told.poll(10, TimeUnit.SECONDS)).orElse("nothing");
            for (String wanted : List.of(
                    "ConferenceSid=" + room,
                    "StatusCallbackEvent=conference-end",
                    "SequenceNumber=4",
                    "FriendlyName=room",
                    "ReasonConferenceEnded=error")) {
                assertTrue(callback.contains(wanted), callback);
            }
            nothingIsOwed(teleapi);
        }
        assertTrue(told.isEmpty(), told.toString());
        receiver.stop(0);
    }

    private static void nothingIsOwed(Teleapi teleapi) {
        Deadline deadline = RealWorld.create().time().after(Duration.ofSeconds(10));
        while (!teleapi.store().owedCallbacks().left().isEmpty()
                && !deadline.passed(RealWorld.create().time())) {
            RealWorld.create()
                    .<Boolean>mailbox("a moment", 1)
                    .take(RealWorld.create().time().after(Duration.ofMillis(50)));
        }
        assertEquals(List.of(), teleapi.store().owedCallbacks().left());
    }

    private static CallRecord ringing(Sid account) {
        var now = Instant.parse("2026-11-23T12:00:00Z");
        return new CallRecord(
                new Sid("CA" + "0".repeat(32)),
                account,
                Optional.empty(),
                Optional.empty(),
                "+15550001",
                "+15550002",
                Direction.OUTBOUND_API,
                CallStatus.RINGING,
                now,
                now,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                3,
                OptionalInt.empty(),
                Optional.empty());
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
                    free.codecs(),
                    Optional.empty(),
                    Optional.empty(),
                    free.mediaTimeout(),
                    Duration.ZERO,
                    Optional.empty(),
                    "none",
                    "freetts",
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

package teleapi.lab.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
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
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import teleapi.call.directory.Account;
import teleapi.runtime.World;
import teleapi.runtime.real.RealWorld;
import teleapi.server.Settings;
import teleapi.server.Teleapi;

/** What is fetched from a server is drawn, line by line. */
final class TraceTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final TracedCall CALL =
            new TracedCall("CA" + "0".repeat(28) + "abcd", "", "inbound", "+15550123", "+15550100", "completed");

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);

    private static TracedEvent event(int millis, String kind, String direction, String what, Map<String, String> more) {
        return new TracedEvent(
                CALL,
                millis,
                NOON.plusMillis(millis),
                kind,
                direction,
                kind.equals("modification") ? "api" : "",
                what,
                more);
    }

    @Test
    void messagesAreArrowsAndStatesAreNotesAtOurLine() {
        // issue 3, item 10: ./teleapi trace draws the ladder
        var ladder = new TraceLadder(out, false, List.of(CALL), false, NOON);
        ladder.draw(event(0, "sip", "in", "INVITE", Map.of()));
        ladder.draw(event(2, "http", "out", "POST", Map.of("Url", "http://a:1/incoming")));
        ladder.draw(event(1_300, "state", "none", "in-progress", Map.of()));
        ladder.draw(event(1_400, "state", "none", "in-progress", Map.of()));
        ladder.draw(event(1_500, "script", "none", "runs Say", Map.of()));
        ladder.draw(event(1_600, "modification", "in", "modify", Map.of("Mute", "true")));
        assertEquals("""
              0.000         │──── INVITE ────▶│                                             │                       │
              0.002         │                 │────────────── POST /incoming ──────────────▶│                       │
              1.300         │                 │ is in-progress                              │                       │
              1.600         │                 │◀──────────────────────── modify Mute=true ──────────────────────────│
            """, said.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aCallThatHasEndedIsDrawnFromARealServer(@TempDir Path folder) throws Exception {
        // ADR-0013: the journal of a call is there when it has ended
        World world = RealWorld.create();
        try (Teleapi teleapi = Teleapi.start(Settings.onFreePorts(folder))) {
            Account account = teleapi.madeAccount().orElseThrow();
            String server = "127.0.0.1:" + teleapi.http().getPort();
            String call = call(server, account);
            try (var client = new EventsClient(server, account.sid().text(), account.authToken())) {
                var deadline = world.time().after(Duration.ofSeconds(10));
                while (!client.call(call).ended() && !deadline.passed(world.time())) {
                    world.<Boolean>mailbox("a moment", 1).take(world.time().after(Duration.ofMillis(20)));
                }
                TracedCall ended = client.call(call);
                List<TracedEvent> events = client.events(ended);
                var ladder = new TraceLadder(
                        out, false, List.of(ended), true, events.getFirst().time());
                ladder.begin();
                events.forEach(ladder::draw);
                String text = said.toString(StandardCharsets.UTF_8);
                assertTrue(text.contains("is failed") && text.contains("ends: no client"), text);
            }
            try (var stranger = new EventsClient(server, account.sid().text(), "wrong")) {
                TraceException refused = assertThrows(TraceException.class, () -> stranger.call(call));
                assertTrue(String.valueOf(refused.getMessage()).contains("--token"), refused.getMessage());
            }
        }
    }

    private static String call(String server, Account account) throws Exception {
        String credentials = account.sid() + ":" + account.authToken();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://" + server + "/2010-04-01/Accounts/" + account.sid() + "/Calls.json"))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("From=%2B15550001&To=client:nobody&Twiml=%3CResponse%2F%3E"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .substring(8, 42);
        }
    }
}

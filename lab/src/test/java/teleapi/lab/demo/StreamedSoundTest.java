package teleapi.lab.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import teleapi.call.webhook.Signature;
import teleapi.lab.phone.PhoneEvent;
import teleapi.media.Sound;
import teleapi.media.codec.G711;
import teleapi.media.dtmf.ToneMeter;
import teleapi.runtime.Mailbox;
import teleapi.runtime.World;
import teleapi.runtime.real.RealWorld;

/** Streams over real SIP, RTP and a kept WebSocket server: who is heard is measured by the parties' tones, in the payloads and by the phones. */
final class StreamedSoundTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final World world = RealWorld.create();
    private final Watch watch = new Watch(
            world,
            new Ladder(
                    new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                    false,
                    world.time().nanos()),
            PATIENCE);
    private final Premises premises;
    private final BotHost host;
    private final Mailbox<Session> sessions = world.mailbox("sessions", 10);
    private final Mailbox<JsonNode> told = world.mailbox("told", 100_000);
    private final List<JsonNode> media = new ArrayList<>();

    StreamedSoundTest() throws Exception {
        premises = new Premises(world, watch);
        host = new BotHost(
                world, Map.of("/audio", () -> new ListeningBot(sessions::post, told::post), "/echo", EchoBot::new));
    }

    @AfterEach
    void close() throws Exception {
        host.close();
        premises.close();
    }

    /** The next message that is no sound; sound is kept. */
    private JsonNode said() {
        while (true) {
            JsonNode next = told.take(world.time().after(PATIENCE)).orElseThrow();
            if (!next.get("event").asText().equals("media")) {
                return next;
            }
            media.add(next);
        }
    }

    private JsonNode said(String event) {
        JsonNode next = said();
        assertEquals(event, next.get("event").asText(), next::toString);
        return next;
    }

    private void listen(int messages) {
        while (media.size() < messages) {
            JsonNode next = told.take(world.time().after(PATIENCE)).orElseThrow();
            assertEquals("media", next.get("event").asText(), next::toString);
            media.add(next);
        }
    }

    /** How many of the frames of a track have this party's tone and no other's, of 100. */
    private long percent(String track, Party party) {
        List<JsonNode> frames = media.stream()
                .filter(one -> one.at("/media/track").asText().equals(track))
                .toList();
        ToneMeter meter = ToneMeter.of(Party.BOB.tone(), Party.ALICE.tone());
        int has = 0;
        for (JsonNode frame : frames) {
            short[] samples = G711.PCMU.decode(
                    Base64.getDecoder().decode(frame.at("/media/payload").asText()));
            assertEquals(160, samples.length);
            meter.hear(samples, 0, samples.length);
            Set<Integer> tones = meter.heard().stream()
                    .map(tone -> (int) Math.round(tone.hertz()))
                    .collect(Collectors.toSet());
            has += tones.equals(Set.of(party.tone())) ? 1 : 0;
        }
        return 100L * has / Math.max(1, frames.size());
    }

    private void assertGapless(int tracks) {
        for (int i = 0; i < media.size(); i++) {
            JsonNode one = media.get(i);
            assertEquals(
                    Integer.toString(i / tracks + 1), one.at("/media/chunk").asText());
            assertEquals(
                    Integer.toString(i / tracks * 20),
                    one.at("/media/timestamp").asText());
        }
    }

    private static void speak(Session session, Party as, Duration length) {
        byte[] ulaw = Sound.tone(as.tone(), length, -15).ulaw();
        for (int at = 0; at < ulaw.length; at += 160) {
            String payload = Base64.getEncoder().encodeToString(java.util.Arrays.copyOfRange(ulaw, at, at + 160));
            session.sendText("{\"event\":\"media\",\"media\":{\"payload\":\"" + payload + "\"}}", Callback.NOOP);
        }
    }

    private static void mark(Session session, String name) {
        session.sendText("{\"event\":\"mark\",\"mark\":{\"name\":\"" + name + "\"}}", Callback.NOOP);
    }

    private void registered(Party client) {
        premises.rest().post("Clients.json", Map.of("Login", client.user(), "Password", "secret"));
        replied(201);
        premises.phone(client).register(premises.sip(), "secret");
        assertEquals(200, watch.phone(client, PhoneEvent.Registered.class).status());
    }

    private String replied(int status) {
        return watch.await(
                "an answer of " + status,
                seen -> seen instanceof Seen.Replied there && there.status() == status
                        ? Optional.of(there.body())
                        : Optional.empty());
    }

    private String called(Party client, String document) {
        premises.rest()
                .post("Calls.json", Map.of("To", "client:" + client.user(), "From", "+15550001", "Rcml", document));
        Matcher sid = Pattern.compile("CA[0-9a-f]{32}").matcher(replied(201));
        assertTrue(sid.find());
        watch.phone(client, PhoneEvent.Invited.class);
        premises.phone(client).answer();
        return sid.group();
    }

    private void assertNoStreamIsLeft() throws Exception {
        String metrics =
                URI.create(premises.rest().account()).resolve("/metrics").toString();
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (var deadline = watch.patience(); ; ) {
                String text = http.send(
                                HttpRequest.newBuilder(URI.create(metrics)).build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body();
                if (text.contains("teleapi_streams_live 0.0\n")) {
                    assertTrue(text.contains("teleapi_streams_frames_lost_total 0.0\n"), text);
                    return;
                }
                assertFalse(watch.over(deadline), text);
                watch.look(Duration.ofMillis(20));
            }
        }
    }

    @Test
    void aBotHearsAndIsHeardCutAndMarked() throws Exception {
        // issue 4, 1: both directions, the message format that existing bots speak
        registered(Party.BOB);
        String url = host.url("/audio");
        called(
                Party.BOB,
                "<Response><Connect><Stream url='" + url + "'><Parameter name='who' value='bob'/></Stream></Connect>"
                        + "<Hangup/></Response>");
        Session bot = sessions.take(world.time().after(PATIENCE)).orElseThrow();
        String token = premises.credentials().substring(premises.credentials().indexOf(':') + 1);
        assertEquals(
                Signature.of(token, url, Map.of()),
                host.signatures.take(world.time().after(PATIENCE)).orElseThrow());
        said("connected");
        JsonNode start = said("start");
        assertEquals("bob", start.at("/start/customParameters/who").asText());
        assertEquals("[\"inbound\"]", start.at("/start/tracks").toString());
        listen(60);
        assertGapless(1);
        assertTrue(percent("inbound", Party.BOB) > 80, () -> percent("inbound", Party.BOB) + " % of bob");

        // Three seconds, sent at once.
        speak(bot, Party.ALICE, Duration.ofSeconds(3));
        mark(bot, "all said");
        watch.hears(Map.of(Party.BOB, Set.of(Party.ALICE)));
        bot.sendText("{\"event\":\"clear\"}", Callback.NOOP);
        assertEquals("all said", said("mark").at("/mark/name").asText());
        watch.hears(Map.of(Party.BOB, Set.of()));
        premises.phone(Party.BOB).press("7");
        assertEquals("7", said("dtmf").at("/dtmf/digit").asText());

        speak(bot, Party.ALICE, Duration.ofMillis(200));
        mark(bot, "said");
        assertEquals("said", said("mark").at("/mark/name").asText());
        bot.close(1000, "", Callback.NOOP);
        watch.phone(Party.BOB, PhoneEvent.Ended.class);
        assertNoStreamIsLeft();
    }

    @Test
    void aForkHasEachPartyOnItsTrackAndIsStoppedByName() throws Exception {
        // peers.md 2.5 Calls/{}/Streams
        registered(Party.BOB);
        registered(Party.ALICE);
        String call = called(Party.BOB, "<Response><Dial><Client>alice</Client></Dial></Response>");
        watch.phone(Party.ALICE, PhoneEvent.Invited.class);
        premises.phone(Party.ALICE).answer();
        watch.hears(Map.of(Party.BOB, Set.of(Party.ALICE), Party.ALICE, Set.of(Party.BOB)));
        premises.rest()
                .post(
                        "Calls/" + call + "/Streams.json",
                        Map.of("Url", host.url("/audio"), "Name", "ear", "Track", "both_tracks"));
        assertTrue(replied(201).contains("\"status\":\"in-progress\""));
        said("connected");
        said("start");
        listen(120);
        assertGapless(2);
        assertTrue(percent("inbound", Party.BOB) > 80, () -> percent("inbound", Party.BOB) + " % of bob");
        assertTrue(percent("outbound", Party.ALICE) > 80, () -> percent("outbound", Party.ALICE) + " % of alice");
        premises.rest().post("Calls/" + call + "/Streams/ear.json", Map.of("Status", "stopped"));
        assertTrue(replied(200).contains("\"status\":\"stopped\""));
        assertEquals("stopped", said("stop").at("/stop/reason").asText());
        watch.hears(Map.of(Party.BOB, Set.of(Party.ALICE), Party.ALICE, Set.of(Party.BOB)));
        premises.phone(Party.ALICE).hangUp();
        watch.phone(Party.BOB, PhoneEvent.Ended.class);
        assertNoStreamIsLeft();
    }

    @Test
    void theExampleSaysBackWhatItHearsAndIsWhatThePageShows() throws Exception {
        // docs/api/streams.md: an example that is run
        String page = Files.readString(Path.of("../docs/api/streams.md"));
        String source = Files.readString(Path.of("src/test/java/teleapi/lab/demo/EchoBot.java"))
                .split("// example\n", -1)[1];
        assertTrue(
                page.contains("```java\n" + source + "```"), "the page shows another example than the one that is run");
        registered(Party.BOB);
        called(Party.BOB, "<Response><Connect><Stream url='" + host.url("/echo") + "'/></Connect><Hangup/></Response>");
        watch.hears(Map.of(Party.BOB, Set.of(Party.BOB)));
        premises.phone(Party.BOB).press("#");
        watch.phone(Party.BOB, PhoneEvent.Ended.class);
        assertNoStreamIsLeft();
    }
}

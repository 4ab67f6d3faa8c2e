package teleapi.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import teleapi.call.Controls;
import teleapi.call.ModificationStatus;
import teleapi.call.Sid;
import teleapi.call.stream.Sockets;
import teleapi.call.stream.StreamTerms;
import teleapi.flows.Bot.Line;
import teleapi.flows.Bot.Manner;
import teleapi.lab.phone.Phone;
import teleapi.media.Sound;
import teleapi.media.codec.G711;
import teleapi.rcml.HttpMethod;
import teleapi.rcml.Position;
import teleapi.rcml.Stream;

/** Start, Stop and Connect with a bot behind the WebSocket, in simulated time; over real sockets it is lab's StreamedSoundTest. */
final class MediaStreamsTest {
    private static final int CALLER = StreamTalk.CALLER;
    private static final int BOB = StreamTalk.BOB;
    private static final int BOT = 1_800;
    private static final int AFTER = StreamTalk.SPEECH;
    private static final String CONNECT = "<Connect action=\"/done\"><Stream name=\"bot\" url=\"wss://bot/audio\" "
            + "statusCallback=\"/told\"><Parameter name=\"who\" value=\"caf&#233;\"/></Stream></Connect>";

    private static final String FORK = "<Start><Stream name=\"ear\" url=\"ws://bot/audio\" track=\"both_tracks\""
            + " statusCallback=\"/told\"/></Start>";

    private static String field(String message, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(message);
        assertTrue(found.find(), () -> "no " + name + " in " + message);
        return found.group(1);
    }

    private static boolean has(String message, int tone) {
        return StreamTalk.loud(G711.PCMU.decode(Base64.getDecoder().decode(field(message, "payload"))), tone);
    }

    private static String media(int tone, int millis) {
        return "{\"event\":\"media\",\"streamSid\":\"MZ\",\"media\":{\"payload\":\""
                + Base64.getEncoder()
                        .encodeToString(
                                Sound.tone(tone, Duration.ofMillis(millis), -12).ulaw())
                + "\"}}";
    }

    private static String mark(String name) {
        return "{\"event\":\"mark\",\"mark\":{\"name\":\"" + name + "\"}}";
    }

    // ---- forks

    @Test
    void aForkHasBothTracksGaplessThroughARedirectAndOneStop() throws IOException {
        // peers.md part 3 "Redirect during Connect Stream": Start Stream persists
        try (StreamTalk talk = new StreamTalk(1, FORK + "<Dial><Client>bob</Client></Dial>", (line, said) -> {})) {
            talk.begin().run(3_000);
            Line line = talk.line();
            assertEquals(
                    List.of(
                            "{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}",
                            "{\"event\":\"start\",\"sequenceNumber\":\"1\",\"start\":{\"streamSid\":\"MZ\",\"accountSid\":\"AC\","
                                + "\"callSid\":\"CA\",\"tracks\":[\"inbound\",\"outbound\"],\"customParameters\":{},"
                                + "\"mediaFormat\":{\"encoding\":\"audio/x-mulaw\",\"sampleRate\":8000,\"channels\":1}},"
                                + "\"streamSid\":\"MZ\"}"),
                    line.said.subList(0, 2).stream()
                            .map(text -> text.replaceAll("\"(MZ|AC|CA)[0-9a-f]{32}\"", "\"$1\""))
                            .toList());
            talk.modify(Map.of("Url", "/next"));
            talk.run(2_000);
            List<String> media = line.said("media");
            assertTrue(media.size() > 460, () -> media.size() + " of 2 tracks in 5 s");
            for (int i = 0; i < media.size(); i++) {
                String message = media.get(i);
                assertEquals(i % 2 == 0 ? "inbound" : "outbound", field(message, "track"));
                assertEquals(Integer.toString(i / 2 + 1), field(message, "chunk"));
                assertEquals(Integer.toString(i / 2 * 20), field(message, "timestamp"));
                assertEquals(Integer.toString(i + 2), field(message, "sequenceNumber"));
            }
            List<String> talking = media.subList(160, 240);
            assertTrue(talking.stream().allMatch(m -> has(m, field(m, "track").equals("inbound") ? CALLER : BOB)));
            assertTrue(has(media.get(media.size() - 2), CALLER), "goes on after the redirect");
            assertFalse(has(media.getLast(), BOB));
            talk.end();
            assertEquals(1, line.said("stop").size());
            assertEquals("ended", field(line.said("stop").getFirst(), "reason"));
            assertEquals("close 1000", line.said.getLast());
            assertEquals(List.of("stream-started", "stream-stopped"), talk.events());
            assertEquals(List.of(), talk.codes());
        }
    }

    @Test
    void aMutedPartyIsSilentAndItsKeysAreTold() throws IOException {
        // issue 4, 1: what is muted goes to nobody; docs/api/streams.md dtmf
        try (StreamTalk talk =
                new StreamTalk(2, FORK + "<Pause length=\"60\"/><Pause length=\"60\"/>", (line, said) -> {})) {
            talk.begin().run(1_500);
            talk.modify(Map.of("Mute", "true"));
            talk.run(1_000);
            talk.house.phone("caller").press("5");
            talk.run(1_000);
            List<String> inbound = talk.line().said("media").stream()
                    .filter(m -> field(m, "track").equals("inbound"))
                    .toList();
            assertTrue(has(inbound.get(40), CALLER));
            assertFalse(has(inbound.getLast(), CALLER));
            assertEquals(
                    List.of("5"),
                    talk.line().said("dtmf").stream()
                            .map(m -> field(m, "digit"))
                            .toList());
            talk.end();
        }
    }

    @ParameterizedTest
    @CsvSource({"inbound, 1300", "outbound, 1550"})
    void aForkOfOneTrackHasThatAlone(String track, int tone) throws IOException {
        // docs/api/streams.md track: inbound_track is what the party says, outbound_track what it hears
        String fork = FORK.replace("both_tracks", track + "_track");
        try (StreamTalk talk = new StreamTalk(4, fork + "<Dial><Client>bob</Client></Dial>", (line, said) -> {})) {
            talk.begin().run(3_000);
            assertTrue(talk.line().said("start").getFirst().contains("\"tracks\":[\"" + track + "\"]"));
            List<String> media = talk.line().said("media");
            assertTrue(media.stream().allMatch(m -> field(m, "track").equals(track)));
            for (String message : media.subList(media.size() - 50, media.size())) {
                assertEquals(tone == CALLER, has(message, CALLER), track);
                assertEquals(tone == BOB, has(message, BOB), track);
            }
            talk.end();
        }
    }

    @Test
    void aForkIsToldKeysThatComeAsTones() throws IOException {
        // docs/api/streams.md dtmf: each key the party presses; restcomm.md 6.3 DTMF
        String document = FORK + "<Dial><Client>bob</Client></Dial>";
        try (StreamTalk talk = new StreamTalk(2, document, (line, said) -> {})) {
            Phone caller = StarAsToneTest.caller(talk.world);
            talk.house.phones.put("caller", caller);
            talk.begin().run(2_000);
            assertEquals(List.of(), talk.line().said("dtmf"));
            caller.talk(true);
            talk.run(1_000);
            assertEquals(
                    List.of("*"),
                    talk.line().said("dtmf").stream()
                            .map(m -> field(m, "digit"))
                            .toList());
            talk.end();
        }
    }

    @Test
    void streamsAreStoppedByNameAndNoMoreThanFourGo() throws IOException {
        // docs/api/streams.md limits; Stop
        String five = "<Stream name=\"%s\" url=\"ws://bot/audio\"/>";
        String document = "<Start>" + five.formatted("a") + five.formatted("a") + five.formatted("b")
                + five.formatted("c") + five.formatted("d") + five.formatted("e") + "</Start>"
                + "<Pause/><Pause/><Stop><Stream name=\"b\"/><Stream name=\"b\"/><Stream name=\"x\"/></Stop>"
                + "<Stream name=\"late\" url=\"ws://bot/audio\"/><Pause length=\"60\"/>";
        try (StreamTalk talk = new StreamTalk(3, document, (line, said) -> {})) {
            talk.begin().run(4_000);
            // The second a, e, x; late because b is not over in the same moment.
            assertEquals(List.of(29_652, 29_652, 29_652, 29_652), talk.codes());
            assertEquals(4, talk.bot.lines.size());
            List<String> stops = talk.bot.lines.stream()
                    .flatMap(line -> line.said("stop").stream())
                    .toList();
            assertEquals(1, stops.size());
            assertEquals("stopped", field(stops.getFirst(), "reason"));
            talk.end();
            talk.bot.lines.forEach(line -> assertEquals(1, line.said("stop").size()));
        }
    }

    @Test
    void theApiStartsAndStopsOne() throws IOException {
        // peers.md 2.5 Calls/{}/Streams
        try (StreamTalk talk = new StreamTalk(4, "<Pause length=\"60\"/><Pause length=\"60\"/>", (line, said) -> {})) {
            talk.documents.put("/incoming", "<Say>x</Say><Pause length=\"60\"/>");
            talk.begin().run(1_000);
            var stream = new Stream(
                    new Position(1, 1),
                    Optional.of("ear"),
                    "ws://bot/audio",
                    Stream.Track.OUTBOUND,
                    Optional.empty(),
                    HttpMethod.POST,
                    Map.of());
            var terms = new StreamTerms(Sid.fresh(Sid.STREAM, talk.world), stream, false);
            ModificationStatus begun = talk.streaming(new Controls.Streaming.Start(terms));
            assertEquals(ModificationStatus.State.APPLIED, begun.state());
            assertEquals(List.of(terms), begun.controls().streams());
            assertEquals(
                    ModificationStatus.State.CONFLICT,
                    talk.streaming(new Controls.Streaming.Start(
                                    new StreamTerms(Sid.fresh(Sid.STREAM, talk.world), stream, false)))
                            .state());
            assertEquals(
                    ModificationStatus.State.APPLIED,
                    talk.streaming(new Controls.Streaming.Stop(terms.sid().text()))
                            .state());
            assertEquals(
                    ModificationStatus.State.CONFLICT,
                    talk.streaming(new Controls.Streaming.Stop("ear")).state());
            assertEquals(1, talk.line().said("stop").size());
            talk.end();
        }
    }

    // ---- both directions

    @Test
    void whatTheBotSaysIsHeardMarkedAndCleared() throws IOException {
        // docs/api/streams.md: media, mark, clear
        try (StreamTalk talk = new StreamTalk(5, CONNECT, (line, said) -> {})) {
            talk.documents.put("/done", "<Say>after</Say>");
            talk.begin().run(1_000);
            Line line = talk.line();
            assertEquals("café", field(line.said("start").getFirst(), "who"));
            int from = talk.heard.size();
            // Faster than it is heard.
            for (int i = 0; i < 20; i++) {
                line.says(media(BOT, 20));
            }
            line.says(mark("said"));
            talk.run(300);
            assertEquals(List.of(), line.said("mark"));
            talk.run(200);
            assertEquals(
                    List.of("said"),
                    line.said("mark").stream().map(m -> field(m, "name")).toList());
            assertEquals(20, talk.heard(from, BOT));
            line.says(media(BOT, 5_000));
            line.says(mark("cut"));
            talk.run(500);
            line.says("{\"event\":\"clear\"}");
            talk.run(40);
            int cleared = talk.heard.size();
            talk.run(500);
            assertEquals(0, talk.heard(cleared, BOT));
            assertTrue(talk.heard.size() - cleared > 20, "silence is sent");
            assertEquals("cut", field(line.said("mark").getLast(), "name"));
            int before = talk.heard.size();
            line.comes(new Sockets.Event.Closed(1000));
            talk.run(1_500);
            assertEquals(1, talk.asked("/done").size());
            assertEquals("bot", talk.asked("/done").getFirst().parameters().get("StreamName"));
            assertTrue(talk.heard(before, AFTER) > 40);
            assertEquals(List.of(), line.said("stop"));
            assertEquals(List.of("stream-started", "stream-stopped"), talk.events());
            assertEquals(List.of(), talk.codes());
            talk.end();
        }
    }

    @Test
    void aRedirectEndsAConnectWithOneStopAtWhateverMomentItComes() throws IOException {
        // CONTRACT section 2 "Rules"; peers.md part 4 row 21: the stop says that the call goes on
        for (int seed = 1; seed <= 16; seed++) {
            int at = seed;
            try (StreamTalk talk = new StreamTalk(seed, CONNECT, (line, said) -> {
                // Closes in the moment of the redirect, before it or after it.
                if (at % 4 == 0 && said.contains("\"chunk\":\"" + (20 + at / 4) + "\"")) {
                    line.comes(new Sockets.Event.Closed(1000));
                }
            })) {
                talk.begin();
                assertTrue(talk.world.runUntil(() -> talk.call.isPresent(), Duration.ofSeconds(5)));
                // Before the socket is open, when it opens, and while both talk.
                talk.run(at % 2 == 0 ? 480 + at * 2 : at * 4);
                talk.modify(Map.of("Rcml", "<Response><Say>after</Say><Pause length=\"60\"/></Response>"));
                talk.run(1_500);
                String where = "seed " + seed + ": " + talk.codes();
                assertTrue(talk.heard(0, AFTER) > 40, where);
                assertTrue(talk.asked("/done").size() <= 1, where);
                assertTrue(talk.bot.lines.size() <= 1, where);
                for (Line line : talk.bot.lines) {
                    long stops = line.said("stop").size();
                    assertTrue(at % 4 == 0 ? stops <= 1 : stops == 1, where);
                    line.said("stop").forEach(stop -> assertEquals("redirected", field(stop, "reason"), where));
                }
                assertEquals(
                        1,
                        talk.events().stream().filter("stream-stopped"::equals).count(),
                        where);
                assertEquals(List.of(), talk.codes(), where);
                talk.end();
            }
        }
    }

    @Test
    void anOverlayIsHeardOverTheBotWhichWaits() throws IOException {
        // ADR-0010: what runs goes on after it
        try (StreamTalk talk = new StreamTalk(6, CONNECT, (line, said) -> {})) {
            talk.begin().run(1_000);
            talk.line().says(media(BOT, 1_000));
            talk.run(300);
            talk.modify(Map.of("Rcml", "<Response><Say>after</Say></Response>", "Mode", "overlay"));
            talk.run(100);
            int from = talk.heard.size();
            talk.run(800);
            assertEquals(0, talk.heard(from, BOT));
            assertTrue(talk.heard(from, AFTER) >= 38);
            talk.run(2_000);
            assertTrue(talk.heard(from, BOT) > 25, "the rest of it");
            talk.end();
            assertEquals("ended", field(talk.line().said("stop").getFirst(), "reason"));
        }
    }

    // ---- servers that are not as they should be

    @ParameterizedTest
    @CsvSource({
        "AWAY, '', 31901",
        "REFUSES, '', 31920",
        "STUCK, '', 31921",
        "FINE, broken, 31921",
        "FINE, '1011', 31921",
        "FINE, large, 31924"
    })
    void aServerThatFailsIsANotificationAndTheNextVerb(Manner manner, String does, int code) throws IOException {
        // issue 4 "What bad input gets"
        String document = CONNECT.replace(" action=\"/done\"", "") + "<Say>after</Say><Pause length=\"60\"/>";
        try (StreamTalk talk = new StreamTalk(7, document, (line, said) -> {
            if (said.contains("\"start\"")) {
                switch (does) {
                    case "broken" -> line.comes(new Sockets.Event.Broken("reset"));
                    case "large" -> line.comes(new Sockets.Event.TooLarge());
                    case "" -> {}
                    default -> line.comes(new Sockets.Event.Closed(Integer.parseInt(does)));
                }
            }
        })) {
            talk.bot.manner = manner;
            talk.begin().run(12_500);
            assertEquals(List.of(code), talk.codes());
            assertTrue(talk.heard(0, AFTER) > 40);
            assertEquals("stream-error", talk.events().getLast());
            talk.bot.lines.forEach(line -> assertEquals(List.of(), line.said("stop")));
            talk.end();
        }
    }

    @Test
    void whatCannotBeUnderstoodIsIgnoredUntilItIsTooMuch() throws IOException {
        // docs/errors.md 31951, 31924
        List<String> garbage = List.of(
                "",
                "[]",
                "{",
                "{\"event\":3}",
                "{\"event\":\"media\"}",
                "{\"event\":\"media\",\"media\":{\"payload\":\"*\"}}",
                "{\"event\":\"mark\",\"mark\":{\"name\":\"\"}}",
                "{\"event\":\"clear\"}{}",
                "{\"a\":" + "[".repeat(1_000));
        try (StreamTalk talk = new StreamTalk(8, CONNECT, (line, said) -> {})) {
            talk.begin().run(1_000);
            Line line = talk.line();
            garbage.forEach(line::says);
            line.comes(new Sockets.Event.Binary());
            line.says("{\"event\":\"media\",\"more\":{\"media\":[1,{}]},\"n\":1.5,"
                    + media(BOT, 400).substring("{\"event\":\"media\",".length()));
            talk.run(1_000);
            assertEquals(List.of(31_951), talk.codes());
            assertEquals(20, talk.heard(0, BOT));
            for (int i = garbage.size() + 1; i <= 100; i++) {
                line.says("hello");
            }
            talk.run(1_000);
            assertEquals(List.of(31_951, 31_924), talk.codes());
            assertTrue(line.said.contains("close 1008"));
            talk.end();
        }
    }

    @Test
    void aSlowServerLosesItsOldestSoundAndNobodyElseNotices() throws IOException {
        // ADR-0020: the call does not wait for a server
        try (StreamTalk talk = new StreamTalk(9, FORK + "<Dial><Client>bob</Client></Dial>", (line, said) -> {})) {
            talk.bot.manner = Manner.SLOW;
            talk.begin().run(20_000);
            assertEquals(List.of(29_650), talk.codes());
            assertTrue(talk.house.streaming.framesLost() > 300, () -> talk.house.streaming.framesLost() + " lost");
            List<String> media = talk.line().said("media");
            long last = Long.parseLong(field(media.getLast(), "timestamp"));
            assertTrue(last > 15_000, () -> "not the oldest: " + last + " ms");
            assertEquals(
                    Integer.toString(media.size() + 1),
                    field(media.getLast(), "sequenceNumber"),
                    "nothing of ours is left out");
            int from = talk.heard.size();
            talk.run(1_000);
            assertTrue(talk.heard(from, BOB) >= 49, "the call is as it was");
            talk.end();
            assertEquals(1, talk.line().said("stop").size());
        }
    }

    @Test
    void moreSoundThanMayWaitIsLeftOut() throws IOException {
        // docs/errors.md 29651: ten minutes
        try (StreamTalk talk = new StreamTalk(10, CONNECT, (line, said) -> {})) {
            talk.begin().run(1_000);
            for (int i = 0; i < 13; i++) {
                talk.line().says(media(BOT, 60_000));
            }
            talk.run(1_000);
            assertEquals(List.of(29_651), talk.codes());
            talk.end();
        }
    }
}

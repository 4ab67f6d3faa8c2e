package teleapi.lab.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import teleapi.lab.phone.PhoneEvent;
import teleapi.media.Sound;
import teleapi.runtime.World;
import teleapi.runtime.real.RealWorld;

/** A room of three phones over real SIP, RTP and HTTP: who hears whom is measured by their tones. */
final class RoomsTest {
    private static final String PARTICIPANTS = "Conferences/team/Participants.json";
    private static final Pattern CONFERENCE = Pattern.compile("\"conference_sid\":\"(CF[0-9a-f]{32})\"");

    private final World world = RealWorld.create();
    private final Watch watch = new Watch(
            world,
            new Ladder(
                    new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                    false,
                    world.time().nanos()),
            Duration.ofSeconds(20));
    private final Map<Party, String> callSids = new LinkedHashMap<>();
    private final Premises premises;
    private final HttpServer sounds;
    private String conference = "";

    RoomsTest() throws Exception {
        premises = new Premises(world, watch);
        sounds = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] file = wav(Sound.tone(Party.NUMBER.tone(), Duration.ofSeconds(60), -12));
        sounds.createContext("/tone.wav", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "audio/wav");
            exchange.sendResponseHeaders(200, file.length);
            exchange.getResponseBody().write(file);
            exchange.close();
        });
        sounds.start();
    }

    /** RIFF, PCM, 16 bit, mono, 8 kHz. */
    private static byte[] wav(Sound sound) {
        int length = 2 * sound.length();
        ByteBuffer file = ByteBuffer.allocate(44 + length).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + length);
        file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        file.putShort((short) 1).putShort((short) 1).putInt(8_000).putInt(16_000);
        file.putShort((short) 2).putShort((short) 16);
        file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(length);
        for (short sample : sound.samples()) {
            file.putShort(sample);
        }
        return file.array();
    }

    @BeforeEach
    void threeAreCalledIntoARoom() {
        for (Party client : List.of(Party.BOB, Party.ALICE)) {
            ask("Clients.json", 201, "Login", client.user(), "Password", "secret");
            premises.phone(client).register(premises.sip(), "secret");
            assertEquals(200, watch.phone(client, PhoneEvent.Registered.class).status());
        }
        joins(Party.BOB, "client:bob");
        joins(Party.ALICE, "client:alice");
        joins(Party.SIP, premises.address(Party.SIP).toString());
        watch.hears(Map.of(
                Party.BOB, Set.of(Party.ALICE, Party.SIP),
                Party.ALICE, Set.of(Party.BOB, Party.SIP),
                Party.SIP, Set.of(Party.ALICE, Party.BOB)));
    }

    @AfterEach
    void close() throws Exception {
        premises.close();
        sounds.stop(0);
    }

    private void joins(Party party, String to) {
        String made = ask(PARTICIPANTS, 201, "From", "+15550001", "To", to, "Beep", "false");
        assertTrue(made.contains("\"status\":\"queued\""), made);
        Matcher sid = CONFERENCE.matcher(made);
        assertTrue(sid.find(), made);
        conference = sid.group(1);
        callSids.put(party, watch.phone(party, PhoneEvent.Invited.class).callSid());
        premises.phone(party).answer();
    }

    private String participant(Party party) {
        return "Conferences/" + conference + "/Participants/" + callSids.get(party) + ".json";
    }

    private String ask(String resource, int status, String... form) {
        var fields = new LinkedHashMap<String, String>();
        for (int i = 0; i < form.length; i += 2) {
            fields.put(form[i], form[i + 1]);
        }
        long request = premises.rest().post(resource, fields);
        Seen.Replied reply = watch.await(
                "an answer of the REST API",
                seen -> seen instanceof Seen.Replied there && there.request() == request
                        ? Optional.of(there)
                        : Optional.empty());
        assertEquals(status, reply.status(), reply.body());
        return reply.body();
    }

    private String tone() {
        return "http://127.0.0.1:" + sounds.getAddress().getPort() + "/tone.wav";
    }

    @Test
    void theCoachedHearsTheCoachAndTheOtherDoesNot() {
        // peers.md 2.6 Coaching; issue 3, 11
        String sid = Optional.ofNullable(callSids.get(Party.BOB)).orElseThrow();
        String shown = ask(participant(Party.ALICE), 200, "Coaching", "true", "CallSidToCoach", sid);
        assertTrue(shown.contains("\"coaching\":true") && shown.contains("\"call_sid_to_coach\":\"" + sid), shown);
        watch.hears(Map.of(
                Party.BOB, Set.of(Party.ALICE, Party.SIP),
                Party.ALICE, Set.of(Party.BOB, Party.SIP),
                Party.SIP, Set.of(Party.BOB)));
        shown = ask(participant(Party.ALICE), 200, "Coaching", "false");
        assertTrue(shown.contains("\"coaching\":false"), shown);
        watch.hears(Map.of(Party.SIP, Set.of(Party.ALICE, Party.BOB)));
    }

    @Test
    void oneOnHoldHearsMusicAndIsNotHeard() {
        // peers.md 2.6 Hold; issue 3, 11
        assertTrue(ask(participant(Party.BOB), 200, "Hold", "true").contains("\"hold\":true"));
        watch.hearsRinging(Party.BOB);
        watch.hears(Map.of(Party.ALICE, Set.of(Party.SIP), Party.SIP, Set.of(Party.ALICE)));
        assertTrue(ask(participant(Party.BOB), 200, "Hold", "false").contains("\"hold\":false"));
        watch.hears(Map.of(
                Party.BOB, Set.of(Party.ALICE, Party.SIP),
                Party.ALICE, Set.of(Party.BOB, Party.SIP)));
    }

    @Test
    void anAnnouncementIsHeardByAll() {
        // peers.md 2.6 AnnounceUrl; issue 3, 11
        ask("Conferences/" + conference + ".json", 200, "AnnounceUrl", tone(), "AnnounceMethod", "GET");
        watch.hears(Map.of(
                Party.BOB, Set.of(Party.ALICE, Party.SIP, Party.NUMBER),
                Party.SIP, Set.of(Party.ALICE, Party.BOB, Party.NUMBER)));
    }

    @Test
    void anAnnouncementIsHeardByOne() {
        // peers.md 2.6 AnnounceUrl; issue 3, 11
        ask(participant(Party.BOB), 200, "AnnounceUrl", tone(), "AnnounceMethod", "GET");
        watch.hears(Map.of(
                Party.BOB, Set.of(Party.ALICE, Party.SIP, Party.NUMBER), Party.SIP, Set.of(Party.ALICE, Party.BOB)));
    }

    @Test
    void twoMoveToAnotherRoomTogetherAndTheFirstIsEnded() {
        // issue 3, 11: moves between rooms in one operation; Status=completed
        ask(
                "Modifications.json",
                200,
                "Changes",
                "[{\"CallSid\":\"" + callSids.get(Party.BOB) + "\",\"MoveTo\":\"side\"},{\"CallSid\":\""
                        + callSids.get(Party.ALICE) + "\",\"MoveTo\":\"side\"}]");
        watch.hears(Map.of(
                Party.BOB, Set.of(Party.ALICE),
                Party.ALICE, Set.of(Party.BOB),
                Party.SIP, Set.of()));
        String ended = ask("Conferences/" + conference + ".json", 200, "Status", "completed");
        assertTrue(ended.contains("conference-ended-via-api"), ended);
        watch.phone(Party.SIP, PhoneEvent.Ended.class);
        watch.hears(Map.of(Party.BOB, Set.of(Party.ALICE), Party.ALICE, Set.of(Party.BOB)));
        assertTrue(ask("Conferences/" + conference + ".json", 409, "Status", "completed")
                .contains("29440"));
    }
}

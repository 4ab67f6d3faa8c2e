package teleapi.lab.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CONTRACT section 6 in one run: sipp calls as a carrier, baresip is Bob and Alice, sipp is a SIP URI and the trunk. */
final class StoryWithRealPeersTest {
    private static final String NUMBER = "+15550100";
    private static final Set<Integer> TONES = Set.of(450, 620, 790, 960, 1130);
    private static final Voice CALLER = new Voice("caller", 450, TONES);
    private static final Voice BOB = new Voice("bob", 620, TONES);
    private static final Voice ALICE = new Voice("alice", 790, TONES);
    private static final Voice CAROL = new Voice("carol", 960, TONES);
    private static final Voice DESK = new Voice("desk", 1130, TONES);

    @TempDir
    Path folder = Path.of("");

    @Test
    void theStory() {
        // CONTRACT section 6, every sentence of it, over the wire and with programs that share no code with the
        // product.
        int trunkPort = Sipp.freePort();
        try (var application = new ApplicationServer(Product.TOKEN);
                var teleapi = Product.start(folder, "--trunk", "sip:house:secret@127.0.0.1:" + trunkPort);
                var bob = Baresip.start(BOB, folder);
                var alice = Baresip.start(ALICE, folder);
                var carol = Sipp.answer(CAROL, "callee", folder, Sipp.freePort());
                var trunk = Sipp.answer(DESK, "trunk-with-digest", folder, trunkPort)) {
            application.has("/incoming", dial(application, "bob"));
            application.has("/CallToAlice", dial(application, "alice"));
            application.has("/Conference", "<Dial><Conference>sales</Conference></Dial>");
            teleapi.hasNumber(
                    NUMBER, application.url("/incoming"), application.url("/status"), application.url("/sms"));
            teleapi.hasClient("bob");
            teleapi.hasClient("alice");
            assertTrue(bob.registers("bob", Product.password("bob"), teleapi.sip(), true), bob::output);
            assertTrue(alice.registers("alice", Product.password("alice"), teleapi.sip(), true), alice::output);

            try (var caller = Sipp.call(CALLER, "caller", folder, "+15550111", NUMBER, teleapi.sip())) {
                // 1. A caller INVITEs a number; the application is told.
                var incoming = application.isAsked("/incoming");
                String callerSid = incoming.parameter("CallSid");
                assertEquals(
                        Map.of(
                                "From",
                                "+15550111",
                                "To",
                                NUMBER,
                                "Direction",
                                "inbound",
                                "CallStatus",
                                "ringing",
                                "SipHeader_X-Carrier",
                                "lab"),
                        some(incoming.parameters(), "From", "To", "Direction", "CallStatus", "SipHeader_X-Carrier"));
                assertTrue(incoming.signed(), "signed with the account's token");

                // 2. Bob is dialled; they talk.
                bob.takes("CALL_ESTABLISHED");
                hearEachOther(Map.of(CALLER, caller.hears(), BOB, bob.hears()));

                // 3. Bob asks for Alice.
                teleapi.expect(200, teleapi.post("Calls/" + callerSid, "Url", application.url("/CallToAlice")));
                bob.takes("CALL_CLOSED");
                alice.takes("CALL_ESTABLISHED");
                hearEachOther(Map.of(CALLER, caller.hears(), ALICE, alice.hears()));

                // 4. Both legs into a conference.
                teleapi.expect(
                        200,
                        teleapi.post(
                                "Calls/" + callerSid,
                                "Url",
                                application.url("/Conference"),
                                "MoveConnectedCallLeg",
                                "true"));
                application.isAsked(
                        "/Conference", asked -> asked.parameter("CallSid").equals(callerSid));
                String aliceSid = application
                        .isAsked(
                                "/Conference",
                                asked -> asked.parameter("ParentCallSid").equals(callerSid))
                        .parameter("CallSid");
                hearEachOther(Map.of(CALLER, caller.hears(), ALICE, alice.hears()));

                // 5. Bob joins, then a SIP URI, then a number over the trunk, which wants a digest.
                String bobSid = joins(teleapi, application, callerSid, "client:bob");
                bob.takes("CALL_ESTABLISHED");
                hearEachOther(Map.of(CALLER, caller.hears(), ALICE, alice.hears(), BOB, bob.hears()));
                String carolSid = joins(
                        teleapi,
                        application,
                        callerSid,
                        "sip:carol@127.0.0.1:" + carol.address().getPort());
                assertEquals(carolSid, carol.receives("INVITE").header("X-Teleapi-CallSid"));
                carol.receives("ACK");
                String deskSid = joins(teleapi, application, callerSid, "+15550199");
                trunk.receives("INVITE");
                Digest.assertRight(trunk.receives("INVITE"), "Proxy-Authorization", "house", "secret");
                trunk.sends("SIP/2.0 200");
                Map<Voice, Recording> all = Map.of(
                        CALLER,
                        caller.hears(),
                        ALICE,
                        alice.hears(),
                        BOB,
                        bob.hears(),
                        CAROL,
                        carol.hears(),
                        DESK,
                        trunk.hears());
                hearEachOther(all);

                // 6. Mute one; the others stop hearing it; unmute.
                teleapi.expect(200, teleapi.post("Calls/" + aliceSid, "Mute", "true"));
                all.forEach((voice, recording) -> recording.awaitTones(others(all.keySet(), voice, ALICE)));
                long muted = System.nanoTime();
                all.forEach((voice, recording) -> recording.awaitTones(others(all.keySet(), voice, ALICE)));
                long stillMuted = System.nanoTime();
                all.forEach((voice, recording) -> assertFalse(
                        recording.tonesBetween(muted, stillMuted).contains(ALICE.tone()),
                        voice.name() + " hears a muted party"));
                teleapi.expect(200, teleapi.post("Calls/" + aliceSid, "Mute", "false"));
                hearEachOther(all);

                // 7. Status=completed ends it.
                for (String sid : List.of(callerSid, aliceSid, bobSid, carolSid, deskSid)) {
                    assertEquals(
                            "completed",
                            teleapi.expect(200, teleapi.post("Calls/" + sid, "Status", "completed"))
                                    .text("status"));
                }
                caller.succeeds();
                carol.succeeds();
                trunk.succeeds();
                alice.takes("CALL_CLOSED");
                bob.takes("CALL_CLOSED");
                teleapi.awaitIdle();
                teleapi.terminate();
                assertEquals(0, teleapi.exit(), teleapi.output());
            }
            // Once the server has ended nothing more can come: one final callback for each of the six calls.
            assertEquals(
                    6,
                    application.requests().stream()
                            .filter(asked -> asked.path().equals("/status"))
                            .count(),
                    application.requests().toString());
            assertEquals(
                    6,
                    application.requests().stream()
                            .filter(asked -> asked.path().equals("/status"))
                            .filter(asked -> asked.parameter("CallStatus").equals("completed") && asked.signed())
                            .map(asked -> asked.parameter("CallSid"))
                            .collect(Collectors.toSet())
                            .size());
            // From the recordings as they lie there: who was in which call.
            assertEquals(Set.of(450), Tape.tones(BOB, bob.recordings().get(0)));
            assertEquals(
                    Set.of(450, 790, 960, 1130),
                    Tape.tones(BOB, bob.recordings().get(1)));
            assertEquals(
                    Set.of(450, 620, 960, 1130),
                    Tape.tones(ALICE, alice.recordings().getFirst()));
        }
    }

    private static String dial(ApplicationServer application, String client) {
        return "<Dial><Client statusCallback=\"" + application.url("/status") + "\">" + client + "</Client></Dial>";
    }

    private static String joins(Product teleapi, ApplicationServer application, String from, String to) {
        return teleapi.expect(
                        201,
                        teleapi.post(
                                "Calls",
                                "From",
                                from,
                                "To",
                                to,
                                "Url",
                                application.url("/Conference"),
                                "StatusCallback",
                                application.url("/status")))
                .text("sid");
    }

    private static void hearEachOther(Map<Voice, Recording> talking) {
        talking.forEach((voice, recording) -> recording.awaitTones(others(talking.keySet(), voice)));
    }

    private static Set<Integer> others(Set<Voice> all, Voice... but) {
        var others = new HashSet<>(all);
        others.removeAll(List.of(but));
        return others.stream().map(Voice::tone).collect(Collectors.toSet());
    }

    private static Map<String, String> some(Map<String, String> parameters, String... names) {
        return List.of(names).stream()
                .collect(Collectors.toMap(name -> name, name -> parameters.getOrDefault(name, "")));
    }
}

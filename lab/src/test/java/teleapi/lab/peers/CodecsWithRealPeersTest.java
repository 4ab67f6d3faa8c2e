package teleapi.lab.peers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A carrier's µ-law, a phone that speaks G.722 alone and one that speaks Opus alone: with other people's codecs. */
final class CodecsWithRealPeersTest {
    private static final String NUMBER = "+15550100";
    private static final Set<Integer> TONES = Set.of(450, 620, 790, 960);
    private static final Voice CALLER = new Voice("caller", 450, TONES);
    private static final Voice BOB = new Voice("bob", 620, TONES);
    private static final Voice ALICE = new Voice("alice", 790, TONES);
    private static final Voice CAROL = new Voice("carol", 960, TONES);

    @TempDir
    Path folder = Path.of("");

    @Test
    void whoSpeaksAnotherCodecIsHeard() {
        // ADR-0021: bridges of µ-law and G.722, of µ-law and Opus, of Opus with itself; and a room of all three.
        try (var application = new ApplicationServer(Product.TOKEN);
                var teleapi = Product.start(folder);
                var bob = Baresip.start(BOB, folder);
                var alice = Baresip.start(ALICE, folder);
                var carol = Baresip.start(CAROL, folder)) {
            application.has("/incoming", "<Dial><Client>bob</Client></Dial>");
            application.has("/CallToAlice", "<Dial><Client>alice</Client></Dial>");
            application.has("/Conference", "<Dial><Conference>all</Conference></Dial>");
            teleapi.hasNumber(
                    NUMBER, application.url("/incoming"), application.url("/status"), application.url("/sms"));
            registers(teleapi, bob, "bob", "G722/16000/1");
            registers(teleapi, alice, "alice", "opus/48000/2");
            registers(teleapi, carol, "carol", "opus/48000/2");
            try (var caller = Sipp.call(CALLER, "caller", folder, "+15550111", NUMBER, teleapi.sip())) {
                String sid = application.isAsked("/incoming").parameter("CallSid");
                bob.takes("CALL_ESTABLISHED");
                caller.hears().awaitTones(Set.of(620));
                bob.hears().awaitTones(Set.of(450));

                teleapi.expect(200, teleapi.post("Calls/" + sid, "Url", application.url("/CallToAlice")));
                alice.takes("CALL_ESTABLISHED");
                caller.hears().awaitTones(Set.of(790));
                alice.hears().awaitTones(Set.of(450));

                teleapi.expect(
                        200,
                        teleapi.post(
                                "Calls/" + sid, "Url", application.url("/Conference"), "MoveConnectedCallLeg", "true"));
                bob.takes("CALL_CLOSED");
                teleapi.expect(
                        201,
                        teleapi.post("Calls", "From", sid, "To", "client:bob", "Url", application.url("/Conference")));
                bob.takes("CALL_ESTABLISHED");
                caller.hears().awaitTones(Set.of(620, 790));
                bob.hears().awaitTones(Set.of(450, 790));
                alice.hears().awaitTones(Set.of(450, 620));
                caller.nudge();
                caller.succeeds();
            }
            alice.hangUp();
            bob.hangUp();
            teleapi.awaitIdle();

            carol.call("sip:alice@127.0.0.1:" + teleapi.sip().getPort());
            carol.takes("CALL_ESTABLISHED");
            alice.hears().awaitTones(Set.of(960));
            carol.hears().awaitTones(Set.of(790));
            carol.hangUp();
            teleapi.awaitIdle();
        }
    }

    private static void registers(Product teleapi, Baresip phone, String client, String codecs) {
        teleapi.hasClient(client);
        assertTrue(phone.registersSpeaking(codecs, client, Product.password(client), teleapi.sip()), phone::output);
    }
}

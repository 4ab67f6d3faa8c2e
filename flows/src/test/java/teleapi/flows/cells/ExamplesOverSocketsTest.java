package teleapi.flows.cells;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static teleapi.flows.cells.Player.ALICE;
import static teleapi.flows.cells.Player.BOB;
import static teleapi.flows.cells.Player.CALLER;
import static teleapi.flows.cells.Player.CAROL;

import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** The commands of docs/api/live-call-modification.md as they are printed, over real SIP, RTP and HTTP, and who hears whom after each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExamplesOverSocketsTest {
    private final RealHouse house;
    private final Map<String, Consumer<Shown>> plays = new LinkedHashMap<>();

    /** An example while it is played. */
    private record Shown(RealHouse house, Scene scene, Iterator<String> commands, Map<String, String> more) {
        /** Runs the next command. */
        void asks(int status) {
            String command = commands.next();
            Map<String, String> variables = new HashMap<>(house.variables());
            variables.put("APP", scene.stage.url(""));
            for (Player player : Player.values()) {
                scene.known(player).ifPresent(sid -> variables.put(player.name(), sid));
            }
            variables.putAll(more);
            RealHouse.Reply reply = house.send(Example.read(command, variables));
            scene.same(command + ": " + reply.body() + ", status", status, reply.status());
        }
    }

    ExamplesOverSocketsTest() throws Exception {
        house = new RealHouse(1);
        plays.put("redirect/transfer-by-url", ExamplesOverSocketsTest::transfer);
        plays.put("redirect/both-legs-to-a-conference", ExamplesOverSocketsTest::conference);
        plays.put("controls/hold-and-resume", ExamplesOverSocketsTest::hold);
        plays.put("legs/warm-transfer", ExamplesOverSocketsTest::warmTransfer);
        plays.put("record/live-through-a-redirect", ExamplesOverSocketsTest::record);
        plays.put("controls/say-over-both-legs", ExamplesOverSocketsTest::announcement);
        plays.put("overlay/bridge-and-back", ExamplesOverSocketsTest::overlay);
        plays.put("legs/connected-leg-gets-its-own-document", ExamplesOverSocketsTest::documentsOfTheirOwn);
        plays.put("legs/connected-leg-is-hung-up", ExamplesOverSocketsTest::calleeIsKept);
        plays.put("conference/coached-by-one-alone", ExamplesOverSocketsTest::whisper);
        plays.put("queue/first-in-first-out", ExamplesOverSocketsTest::pickUp);
        plays.put("", ExamplesOverSocketsTest::several);
    }

    @AfterAll
    void close() throws Exception {
        house.close();
    }

    @TestFactory
    Stream<DynamicTest> examples() throws IOException {
        // issue 3, 12: worked examples, each run as a test so that it cannot rot
        return Example.all().stream()
                .map(example -> DynamicTest.dynamicTest(example.title(), () -> {
                    Consumer<Shown> play = Optional.ofNullable(plays.get(example.flow()))
                            .orElseThrow(() -> new AssertionError("nothing plays " + example));
                    play(example, play);
                }));
    }

    @Test
    void eachPlayIsOfAnExample() throws IOException {
        // Otherwise an example could be taken out of the page unseen.
        assertEquals(
                List.copyOf(plays.keySet()),
                Example.all().stream().map(Example::flow).toList());
    }

    private void play(Example example, Consumer<Shown> play) {
        Iterator<String> commands = example.commands().iterator();
        house.play(scene -> play.accept(new Shown(house, scene, commands, new HashMap<>())));
        assertTrue(!commands.hasNext(), () -> "not played: " + commands.next());
    }

    // ---- how each begins, and what is heard

    /** The caller and Bob talk. */
    private static void talk(Scene scene) {
        scene.has("/CallToAlice", Situation.dial(scene, ALICE));
        scene.callsIn(CALLER, Situation.dial(scene, BOB));
        scene.joins(BOB);
        scene.talk(CALLER, BOB);
    }

    private static void transfer(Shown shown) {
        Scene scene = shown.scene();
        talk(scene);
        shown.asks(200);
        scene.getsBye(BOB);
        scene.joins(ALICE);
        scene.talk(CALLER, ALICE);
    }

    private static void conference(Shown shown) {
        Scene scene = shown.scene();
        scene.has("/Conference", "<Dial><Conference beep=\"false\">sales</Conference></Dial>");
        talk(scene);
        shown.asks(200);
        scene.talk(CALLER, BOB);
        // A third one: it was a bridge before.
        scene.creates(ALICE, "/Conference");
        scene.joins(ALICE);
        scene.hears(CALLER, Heard.of(BOB).and(Tone.ALICE));
        scene.hears(BOB, Heard.of(CALLER).and(Tone.ALICE));
    }

    private static void hold(Shown shown) {
        Scene scene = shown.scene();
        talk(scene);
        shown.asks(200);
        scene.hears(CALLER, Heard.OTHER);
        scene.hears(BOB, Heard.SILENCE);
        shown.asks(200);
        scene.talk(CALLER, BOB);
    }

    private static void warmTransfer(Shown shown) {
        Scene scene = shown.scene();
        talk(scene);
        shown.asks(200);
        scene.hears(CALLER, Heard.OTHER);
        scene.joins(ALICE);
        scene.talk(BOB, ALICE);
        scene.hears(CALLER, Heard.OTHER);
        scene.has("/done", "");
        shown.asks(200);
        scene.talk(CALLER, ALICE);
        scene.getsBye(BOB);
    }

    private static void record(Shown shown) {
        Scene scene = shown.scene();
        talk(scene);
        for (int i = 0; i < 4; i++) {
            shown.asks(200);
            scene.talk(CALLER, BOB);
        }
    }

    private static void announcement(Shown shown) {
        Scene scene = shown.scene();
        talk(scene);
        // Beside a voice speech is not told apart.
        scene.applied(CALLER, Map.of("Mute", "true"));
        scene.applied(BOB, Map.of("Mute", "true"));
        shown.asks(200);
        scene.hears(CALLER, Heard.OTHER);
        scene.hears(BOB, Heard.OTHER);
        scene.applied(CALLER, Map.of("Mute", "false"));
        scene.applied(BOB, Map.of("Mute", "false"));
        scene.hearsAtLast(CALLER, Heard.of(BOB));
        scene.hearsAtLast(BOB, Heard.of(CALLER));
    }

    private static void overlay(Shown shown) {
        Scene scene = shown.scene();
        scene.has("/news", "<Gather numDigits=\"1\" timeout=\"60\">" + scene.play(Tone.NEW) + "</Gather>");
        talk(scene);
        shown.asks(200);
        scene.hears(CALLER, Heard.of(Tone.NEW));
        scene.hears(BOB, Heard.SILENCE);
        scene.has("/news", "");
        scene.stage.phone(CALLER).press("5");
        scene.talk(CALLER, BOB);
    }

    private static void documentsOfTheirOwn(Shown shown) {
        Scene scene = shown.scene();
        scene.has("/forBob", scene.play(Tone.NEW));
        scene.has("/forCaller", scene.play(Tone.OTHERS));
        talk(scene);
        shown.asks(200);
        scene.hears(BOB, Heard.of(Tone.NEW));
        scene.hears(CALLER, Heard.of(Tone.OTHERS));
    }

    private static void calleeIsKept(Shown shown) {
        Scene scene = shown.scene();
        scene.has("/forBob", scene.play(Tone.NEW));
        talk(scene);
        shown.asks(200);
        scene.getsBye(CALLER);
        scene.hears(BOB, Heard.of(Tone.NEW));
    }

    /** In a room whose Sid is known afterwards. */
    private static void meet(Shown shown, Player... clients) {
        Scene scene = shown.scene();
        String room =
                "<Dial><Conference beep=\"false\" statusCallback=\"%s\" statusCallbackEvent=\"join\">%s</Conference></Dial>"
                        .formatted(scene.stage.url("/conference"), scene.stage.room());
        scene.has("/room", room);
        for (Player client : clients) {
            scene.creates(client, "/room");
            scene.joins(client);
        }
        String sid = scene.asked("/conference", asked -> true).parameters().getOrDefault("ConferenceSid", "");
        shown.more().put("CONFERENCE", sid);
    }

    private static void whisper(Shown shown) {
        Scene scene = shown.scene();
        meet(shown, BOB, ALICE);
        scene.callsIn(CALLER, "<Redirect>" + scene.stage.url("/room") + "</Redirect>");
        scene.hears(BOB, Heard.of(CALLER).and(Tone.ALICE));
        shown.asks(200);
        scene.hears(BOB, Heard.of(CALLER));
        scene.hears(CALLER, Heard.of(BOB).and(Tone.ALICE));
        scene.hears(ALICE, Heard.of(CALLER).and(Tone.BOB));
    }

    private static void pickUp(Shown shown) {
        Scene scene = shown.scene();
        scene.callsIn(CALLER, "<Enqueue>support</Enqueue>");
        scene.hears(CALLER, Heard.OTHER);
        shown.asks(201);
        scene.joins(BOB);
        scene.talk(CALLER, BOB);
        scene.applied(BOB, Map.of("StatusCallback", scene.stage.url("/status")));
    }

    private static void several(Shown shown) {
        Scene scene = shown.scene();
        scene.has("/closing", scene.play(Tone.NEW));
        meet(shown, ALICE, CAROL);
        scene.talk(ALICE, CAROL);
        scene.has("/other", Situation.dial(scene, Player.DAVE));
        scene.callsIn(CALLER, scene.play(Tone.OLD));
        scene.creates(BOB, "/other");
        scene.joins(BOB);
        scene.joins(Player.DAVE);
        scene.talk(BOB, Player.DAVE);
        shown.asks(200);
        scene.hears(CALLER, Heard.of(Tone.NEW));
        scene.hears(Player.DAVE, Heard.SILENCE);
        scene.hears(BOB, Heard.of(Player.DAVE));
        scene.getsBye(ALICE);
        scene.getsBye(CAROL);
    }
}

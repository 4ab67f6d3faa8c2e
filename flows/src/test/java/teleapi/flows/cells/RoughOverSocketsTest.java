package teleapi.flows.cells;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static teleapi.flows.cells.Player.ALICE;
import static teleapi.flows.cells.Player.BOB;
import static teleapi.flows.cells.Player.CALLER;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Rooms by REST, a disk that takes nothing, and documents that nobody should send: over real SIP, RTP and HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoughOverSocketsTest {
    private final RealHouse house;

    RoughOverSocketsTest() throws Exception {
        house = new RealHouse(1);
    }

    @AfterAll
    void close() throws Exception {
        house.close();
    }

    @Test
    void whoIsInARoomIsCoachedToldAndRemoved() {
        // issue 3, 11: announce, coach, kick by REST
        house.play(scene -> {
            scene.has(
                    "/room",
                    "<Dial><Conference beep=\"false\" statusCallback=\"%s\" statusCallbackEvent=\"join\">%s</Conference></Dial>"
                            .formatted(scene.stage.url("/joined"), scene.stage.room()));
            scene.has("/announced", "<Play loop=\"5\">" + scene.stage.url(Tone.OVER.file()) + "</Play>");
            for (Player client : new Player[] {BOB, ALICE}) {
                scene.creates(client, "/room");
                scene.joins(client);
            }
            scene.callsIn(CALLER, "<Redirect>" + scene.stage.url("/room") + "</Redirect>");
            scene.hears(BOB, Heard.of(CALLER).and(Tone.ALICE));
            String room = "Conferences/"
                    + scene.asked("/joined", asked -> true).parameters().getOrDefault("ConferenceSid", "");
            String alice = room + "/Participants/" + scene.sid(ALICE);
            changed(scene, room, Map.of("AnnounceUrl", scene.stage.url("/announced")));
            scene.hears(CALLER, Heard.of(BOB).and(Tone.ALICE).and(Tone.OVER));
            scene.hears(BOB, Heard.of(CALLER).and(Tone.ALICE).and(Tone.OVER));
            scene.hears(BOB, Heard.of(CALLER).and(Tone.ALICE));
            changed(scene, alice, Map.of("CallSidToCoach", scene.sid(CALLER)));
            scene.hears(BOB, Heard.of(CALLER));
            scene.hears(CALLER, Heard.of(BOB).and(Tone.ALICE));
            changed(scene, alice, Map.of("Coaching", "false"));
            scene.hears(BOB, Heard.of(CALLER).and(Tone.ALICE));
            scene.same("DELETE " + alice, 204, house.delete(alice).status());
            scene.getsBye(ALICE);
            scene.talk(CALLER, BOB);
        });
    }

    private void changed(Scene scene, String resource, Map<String, String> form) {
        RealHouse.Reply reply = house.post(resource, form);
        scene.same(form + ": " + reply.body() + ", status", 200, reply.status());
    }

    @Test
    void aDiskThatTakesNothingIsAnErrorOfTheRecordingAndNotOfTheCall() {
        // ADR-0014; reliability.md A10; docs/errors.md#29600
        house.play(scene -> {
            scene.callsIn(CALLER, Situation.dial(scene, BOB));
            scene.joins(BOB);
            scene.talk(CALLER, BOB);
            broken(true);
            scene.modifies(CALLER, Map.of("Record", "start"));
            String recordings = "Calls/" + scene.sid(CALLER) + "/Recordings.json";
            assertTrue(
                    scene.stage.until(() -> text(recordings).contains("\"status\":\"failed\""), RealStage.PATIENCE),
                    () -> text(recordings));
            assertTrue(text(recordings).contains("\"error_code\":\"29600\""), text(recordings));
            String notifications = text("Calls/" + scene.sid(CALLER) + "/Notifications.json");
            assertTrue(notifications.contains("29600"), notifications);
            scene.talk(CALLER, BOB);
            broken(false);
            var taping = new Taping(scene, CALLER, Heard.of(BOB), false);
            long from = scene.stage.nanos();
            taping.begins();
            taping.isRight(from, scene.stage.nanos());
            scene.talk(CALLER, BOB);
        });
    }

    /** Where the folder of recordings was there is a file, or the folder again. */
    private void broken(boolean disk) {
        try {
            Files.delete(house.recordings());
            if (disk) {
                Files.createFile(house.recordings());
            } else {
                Files.createDirectory(house.recordings());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private String text(String path) {
        return new String(house.get(path), StandardCharsets.UTF_8);
    }

    @Test
    void aDocumentThatNobodyShouldSendRunsOverNothing() {
        // issue 3 "slow and failing application servers"; reliability.md A5
        house.play(scene -> {
            String huge = "x".repeat(32 << 20);
            scene.stage.has("/huge", "<Response><Say>" + huge + "</Say></Response>");
            scene.stage.has("/attribute", "<Response><Say voice=\"" + huge + "\">a</Say></Response>");
            scene.stage.has("/deep", "<Response>" + "<Say>".repeat(6_000) + "</Response>");
            scene.stage.has("/numbers", "<Response><Play loop=\"" + "9".repeat(60_000) + "\">a</Play></Response>");
            scene.stage.has("/entity", "<!DOCTYPE a [<!ENTITY b \"bbb\">]><Response><Say>&b;</Say></Response>");
            scene.has("/again", "<Redirect>" + scene.stage.url("/again") + "</Redirect>");
            scene.callsIn(CALLER, Situation.dial(scene, BOB));
            scene.joins(BOB);
            scene.talk(CALLER, BOB);
            Map<String, String> expected = new LinkedHashMap<>();
            expected.put("/huge", "422 11750");
            expected.put("/attribute", "422 11750");
            expected.put("/endless", "422 11750");
            expected.put("/around", "422 11215");
            expected.put("/deep", "422 12100");
            expected.put("/entity", "422 12100");
            expected.put("/numbers", "200 0");
            expected.put("/again", "200 0");
            Map<String, String> answers = new LinkedHashMap<>();
            for (String path : expected.keySet()) {
                Answer answer = scene.modifies(CALLER, Map.of("Url", scene.stage.url(path), "Mode", "overlay"));
                answers.put(path, answer.status() + " " + answer.code());
                scene.hearsAtLast(CALLER, Heard.of(BOB));
                scene.hearsAtLast(BOB, Heard.of(CALLER));
            }
            assertEquals(expected, answers);
        });
    }
}

package teleapi.flows.cells;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static teleapi.flows.cells.Player.ALICE;
import static teleapi.flows.cells.Player.BOB;
import static teleapi.flows.cells.Player.CALLER;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import teleapi.lab.phone.PhoneEvent;

/** Failures of the peers that one hears or waits for, over real SIP, RTP and HTTP; in simulated time they are flows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeersFailuresOverSocketsTest {
    /** Restcomm's timers were of 500 ms and more; ours would show even on a busy machine. */
    private static final Duration NO_TIMER = Duration.ofMillis(400);

    private final RealHouse house;

    PeersFailuresOverSocketsTest() throws Exception {
        house = new RealHouse(1);
    }

    @AfterAll
    void close() throws Exception {
        house.close();
    }

    private void play(Consumer<Scene> flow) {
        house.play(flow);
        house.finals().forEach((call, times) -> assertEquals(1, times, "last callbacks of " + call));
    }

    private static void talks(Scene scene, Player other) {
        scene.joins(other);
        scene.talk(CALLER, other);
    }

    @Test
    void nothingIsWaitedForBetweenTheOldDocumentAndTheNewInvite() {
        // Restcomm #707: 500 and 1000 ms before the new document, formerly 2000 and 3000
        play(scene -> {
            scene.callsIn(CALLER, Situation.dial(scene, BOB));
            talks(scene, BOB);
            scene.has("/to-alice", Situation.dial(scene, ALICE));
            long posted = scene.stage.nanos();
            scene.applied(CALLER, Map.of("Url", scene.stage.url("/to-alice")));
            long answered = scene.stage.nanos();
            scene.getsBye(BOB);
            talks(scene, ALICE);
            for (long at : List.of(
                    answered, scene.when(BOB, PhoneEvent.Ended.class), scene.when(ALICE, PhoneEvent.Invited.class))) {
                assertTrue(at - posted < NO_TIMER.toNanos(), () -> (at - posted) / 1e6 + " ms after the request");
            }
        });
    }

    @Test
    void nothingOfTheOldDocumentIsHeardInTheRoomThatIsEntered() {
        // Restcomm #834: the old announcement went on, mixed into the conference
        play(scene -> {
            String room = "<Dial><Conference beep=\"false\">%s</Conference></Dial>".formatted(scene.stage.room());
            scene.has("/first", room);
            scene.creates(ALICE, "/first");
            scene.joins(ALICE);
            scene.callsIn(CALLER, scene.play(Tone.OLD));
            scene.hears(CALLER, Heard.of(Tone.OLD));
            int mark = scene.mark();
            scene.applied(CALLER, Map.of("Url", scene.stage.url("/first")));
            scene.talk(CALLER, ALICE);
            scene.gaveWay(CALLER, Heard.of(Tone.OLD), Heard.of(ALICE), mark);
            scene.neverHeard(ALICE, Tone.OLD);
        });
    }

    @Test
    void theCallThatALegIsTakenFromIsNotDropped() {
        // Restcomm #1404: the parent was dropped, or stayed without a script
        play(scene -> {
            scene.callsIn(CALLER, Situation.dial(scene, BOB));
            talks(scene, BOB);
            scene.applied(BOB, Map.of("Url", scene.document(Tone.NEW)));
            scene.hears(BOB, Heard.of(Tone.NEW));
            scene.hears(CALLER, Heard.of(Tone.AFTER));
            scene.same("requests for the action", 1L, scene.requests("/done", asked -> true));
            scene.applied(CALLER, Map.of("ConnectTo", scene.sid(BOB)));
            scene.talk(CALLER, BOB);
        });
    }

    @Test
    void whoWaitedInAMutedRoomIsHeardAfterwards() {
        // Restcomm #1585: no sound after a redirect out of a conference that was muted and had not started
        play(scene -> {
            scene.callsIn(
                    CALLER,
                    "<Dial><Conference muted=\"true\" startConferenceOnEnter=\"false\">%s</Conference></Dial>"
                            .formatted(scene.stage.room()));
            scene.hears(CALLER, Heard.OTHER);
            scene.has("/to-alice", Situation.dial(scene, ALICE));
            scene.applied(CALLER, Map.of("Url", scene.stage.url("/to-alice")));
            talks(scene, ALICE);
        });
    }
}

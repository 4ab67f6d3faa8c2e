package teleapi.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import teleapi.runtime.simulated.Weather;

/** The race conditions of RFC 5407 that concern INVITE, CANCEL, BYE and re-INVITE, as far as two of us can bring them about. */
final class RacesTest {
    private final Pair pair = new Pair(11);

    @AfterEach
    void nothingIsLeft() {
        pair.nothingIsLeft();
    }

    @Test
    void theFirst200LostIsRepeatedAndStillAnswered() {
        // RFC 3261 §13.3.1.4
        pair.bob.answers();
        pair.world.loseNext(Pair.message("SIP/2.0 200", "INVITE"));
        Phone.Line call = pair.alice.call(pair.bob.uri());
        pair.seconds(2);
        assertEquals(List.of("progressed 180", "answered"), call.story());
        assertEquals(List.of("acknowledged"), pair.bob.lines.getFirst().story());
        call.dialog().hangUp();
    }

    @Test
    void aLostAckIsSentAgainForTheRepeated200() {
        // RFC 5407 §3.1.1 (moratorium), RFC 3261 §13.2.2.4
        pair.bob.answers();
        pair.world.loseNext(Pair.message("ACK", ""));
        Phone.Line call = pair.alice.call(pair.bob.uri());
        pair.millis(300);
        assertEquals(List.of(), pair.bob.lines.getFirst().story());
        pair.seconds(1);
        assertEquals(List.of("acknowledged"), pair.bob.lines.getFirst().story());
        assertEquals(List.of("progressed 180", "answered"), call.story());
        call.dialog().hangUp();
    }

    @Test
    void withoutAnyAckTheCalleeGivesUpAndSaysBye() {
        // RFC 3261 §13.3.1.4: after 64 T1 the session is terminated
        pair.bob.answers();
        pair.world.weather(Pair.message("ACK", ""), Weather.LOST);
        Phone.Line call = pair.alice.call(pair.bob.uri());
        pair.seconds(31);
        assertEquals(List.of(), pair.bob.lines.getFirst().story());
        pair.seconds(2);
        assertEquals(List.of("ended by FAILURE"), pair.bob.lines.getFirst().story());
        assertEquals(List.of("progressed 180", "answered", "ended by FAR_END"), call.story());
    }

    @Test
    void aCalleeWhoHangsUpBeforeTheAckWaitsForItWithTheBye() {
        // RFC 3261 §15: no BYE on a dialog whose ACK is missing; RFC 5407 §3.1.2
        pair.world.loseNext(Pair.message("ACK", ""));
        pair.bob.onInvite = (line, invite) -> {
            invite.dialog().answer(Phone.SDP, List.of());
            invite.dialog().hangUp();
        };
        Phone.Line call = pair.alice.call(pair.bob.uri());
        pair.millis(300);
        assertEquals(List.of("ended by US"), pair.bob.lines.getFirst().story());
        assertEquals(List.of("answered"), call.story());
        pair.seconds(1);
        assertEquals(List.of("answered", "ended by FAR_END"), call.story());
    }

    @Test
    void aCancelThatCrossesThe200EndsInAckAndBye() {
        // RFC 5407 §3.1.2, RFC 6026 §7.2: the 2xx wins, the session is ended
        pair.bob.rings();
        Phone.Line call = pair.alice.call(pair.bob.uri());
        pair.millis(100);
        pair.bob.lines.getFirst().dialog().answer(Phone.SDP, List.of());
        call.dialog().hangUp();
        pair.millis(100);
        assertEquals(List.of("progressed 180", "refused 487"), call.story());
        assertEquals(
                List.of("acknowledged", "ended by FAR_END"),
                pair.bob.lines.getFirst().story());
        assertEquals(0, pair.alice.agent.counters().dialogs());
        assertEquals(0, pair.bob.agent.counters().dialogs());
    }

    @Test
    void anAnswerThatCrossesACancelIsDropped() {
        // Dialog: what does not fit the state any more is dropped
        pair.bob.rings();
        Phone.Line call = pair.alice.call(pair.bob.uri());
        pair.millis(100);
        call.dialog().hangUp();
        pair.millis(100);
        pair.bob.lines.getFirst().dialog().answer(Phone.SDP, List.of());
        pair.millis(100);
        assertEquals(List.of("canceled"), pair.bob.lines.getFirst().story());
        assertEquals(0, pair.bob.agent.counters().dialogs());
    }

    @Test
    void crossingByesAreBothAnswered() {
        // RFC 5407 §3.2.1
        Phone.Line call = pair.connected();
        call.dialog().hangUp();
        pair.bob.lines.getFirst().dialog().hangUp();
        pair.millis(100);
        assertEquals(List.of("progressed 180", "answered", "ended by US"), call.story());
        assertEquals(
                List.of("acknowledged", "ended by US"),
                pair.bob.lines.getFirst().story());
        assertEquals(0, pair.alice.agent.counters().dialogs());
        assertEquals(0, pair.bob.agent.counters().dialogs());
    }

    @Test
    void aByeThatNobodyAnswersEndsLocally() {
        // RFC 3261 §15.1.1: the session ends when the BYE is passed down, the dialog when it times out
        Phone.Line call = pair.connected();
        pair.world.weather(Weather.LOST);
        call.dialog().hangUp();
        pair.seconds(1);
        assertEquals(List.of("progressed 180", "answered", "ended by US"), call.story());
        assertEquals(1, pair.alice.agent.counters().dialogs());
        pair.seconds(32);
        assertEquals(0, pair.alice.agent.counters().dialogs());
        pair.world.clearUp();
        // Bob has not heard of it: his next request finds nobody, which ends it for him too
        pair.bob.lines.getFirst().dialog().inform("application/dtmf-relay", new byte[] {1});
        pair.seconds(1);
        assertEquals(
                List.of("acknowledged", "ended by FAILURE"),
                pair.bob.lines.getFirst().story());
    }

    @Test
    void aLostByeIsRepeated() {
        // RFC 3261 §17.1.2.2
        Phone.Line call = pair.connected();
        pair.world.loseNext(Pair.message("BYE", ""));
        call.dialog().hangUp();
        pair.millis(300);
        assertEquals(List.of("acknowledged"), pair.bob.lines.getFirst().story());
        pair.seconds(1);
        assertEquals(
                List.of("acknowledged", "ended by FAR_END"),
                pair.bob.lines.getFirst().story());
    }

    @Test
    void aByeThatMeetsAReinviteAnswersIt487() {
        // RFC 5407 §3.2.2: re-INVITE and BYE cross; RFC 3261 §15.1.2
        Phone.Line call = pair.connected();
        call.dialog().modify(Phone.OTHER_SDP);
        pair.millis(100);
        assertEquals(
                List.of("acknowledged", "offered"), pair.bob.lines.getFirst().story());
        pair.bob.lines.getFirst().dialog().hangUp();
        pair.millis(100);
        assertEquals("ended by FAR_END", call.story().getLast());
        assertEquals(1, call.finals());
    }

    @Test
    void theFarEndsByeWhileItsReinviteIsOpenEndsBoth() {
        // RFC 3261 §15.1.2
        Phone.Line call = pair.connected();
        call.dialog().modify(Phone.OTHER_SDP);
        call.dialog().hangUp();
        pair.millis(100);
        assertEquals(
                List.of("acknowledged", "offered", "ended by FAR_END"),
                pair.bob.lines.getFirst().story());
    }

    @Test
    void reinvitesThatMeetAreBothRetriedAndBothTakeEffect() {
        // RFC 5407 §3.3.1, RFC 3261 §14.1: 491, random retry, the owner of the Call-ID waits longer
        Phone.Line call = pair.connected();
        Phone.Line other = pair.bob.lines.getFirst();
        pair.alice.habit = pair.bob.habit = (line, event) -> {
            if (event instanceof DialogEvent.Offered) {
                line.dialog().accept(Phone.SDP);
            }
        };
        List<String> refused = new ArrayList<>();
        pair.world.onDatagram(passage -> {
            if (passage.datagram().text().startsWith("SIP/2.0 491")) {
                refused.add(passage.datagram().from().toString());
            }
        });
        call.dialog().modify(Phone.OTHER_SDP);
        other.dialog().modify(Phone.OTHER_SDP);
        pair.seconds(6);
        assertEquals(2, Set.copyOf(refused).size(), "both met the other's");
        assertEquals(
                1,
                call.story().stream().filter("modified"::equals).count(),
                call.story().toString());
        assertEquals(
                1,
                call.story().stream().filter("offered"::equals).count(),
                call.story().toString());
        assertEquals(
                1,
                other.story().stream().filter("modified"::equals).count(),
                other.story().toString());
        call.dialog().hangUp();
    }

    @Test
    void aReinviteIsOfferedAcceptedAndAcknowledged() {
        // RFC 3261 §14
        Phone.Line call = pair.connected();
        Phone.Line other = pair.bob.lines.getFirst();
        pair.bob.habit = (line, event) -> {
            if (event instanceof DialogEvent.Offered) {
                line.dialog().accept(Phone.OTHER_SDP);
            }
        };
        call.dialog().modify(Phone.OTHER_SDP);
        pair.millis(100);
        assertEquals(List.of("progressed 180", "answered", "modified"), call.story());
        assertEquals(List.of("acknowledged", "offered", "acknowledged"), other.story());
        call.dialog().hangUp();
    }

    @Test
    void aRefusedReinviteLeavesTheDialogAsItWas() {
        // RFC 3261 §14.1
        Phone.Line call = pair.connected();
        pair.bob.habit = (line, event) -> {
            if (event instanceof DialogEvent.Offered) {
                line.dialog().refuse(488, "Not Acceptable Here", List.of());
            }
        };
        call.dialog().modify(Phone.OTHER_SDP);
        pair.millis(100);
        assertEquals(List.of("progressed 180", "answered", "modify refused 488"), call.story());
        assertEquals(1, pair.alice.agent.counters().dialogs());
        call.dialog().hangUp();
    }

    @Test
    void offersOfOursThatPileUpAreSentOneAfterTheOtherAndOnlyTheNewest() {
        // RFC 3261 §14.1: no re-INVITE while one is in progress
        Phone.Line call = pair.connected();
        pair.bob.habit = (line, event) -> {
            if (event instanceof DialogEvent.Offered) {
                line.dialog().accept(Phone.SDP);
            }
        };
        call.dialog().modify(Phone.OTHER_SDP);
        call.dialog().modify(Phone.OTHER_SDP);
        call.dialog().modify(Phone.SDP);
        pair.seconds(1);
        assertEquals(2, call.story().stream().filter("modified"::equals).count());
        call.dialog().hangUp();
    }

    @Test
    void aModificationBeforeTheAnswerWaitsForIt() {
        // RFC 3261 §14.1: the first INVITE is in progress
        pair.bob.rings();
        Phone.Line call = pair.alice.call(pair.bob.uri());
        pair.millis(100);
        call.dialog().modify(Phone.OTHER_SDP);
        pair.millis(100);
        pair.bob.habit = (line, event) -> {
            if (event instanceof DialogEvent.Offered) {
                line.dialog().accept(Phone.SDP);
            }
        };
        pair.bob.lines.getFirst().dialog().answer(Phone.SDP, List.of());
        pair.millis(100);
        assertEquals(List.of("progressed 180", "answered", "modified"), call.story());
        call.dialog().hangUp();
    }

    @Test
    void aLostAckToAReinviteIsRepeated() {
        // RFC 3261 §14.2, §13.3.1.4
        Phone.Line call = pair.connected();
        pair.bob.habit = (line, event) -> {
            if (event instanceof DialogEvent.Offered) {
                line.dialog().accept(Phone.SDP);
            }
        };
        pair.world.loseNext(Pair.message("ACK", ""));
        call.dialog().modify(Phone.OTHER_SDP);
        pair.seconds(2);
        assertEquals(
                List.of("acknowledged", "offered", "acknowledged"),
                pair.bob.lines.getFirst().story());
        call.dialog().hangUp();
    }

    @Test
    void whoCallsItselfHasTwoDialogs() {
        // a user agent is both ends of a call to itself
        pair.bob.answers();
        Phone.Line call = pair.bob.call(pair.bob.uri(), Optional.of(Phone.SDP), Optional.empty());
        pair.seconds(1);
        assertEquals(2, pair.bob.agent.counters().dialogs());
        call.dialog().hangUp();
        pair.seconds(1);
        assertEquals(0, pair.bob.agent.counters().dialogs());
    }
}

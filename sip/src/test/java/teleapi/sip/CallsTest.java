package teleapi.sip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import teleapi.runtime.simulated.Weather;
import teleapi.sip.message.Header;

/** User agent against user agent, when nothing goes wrong and when nobody answers. */
final class CallsTest {
    private final Pair pair = new Pair(7);

    @AfterEach
    void nothingIsLeft() {
        pair.nothingIsLeft();
    }

    @Test
    void aCallRingsIsAnsweredAndEndedByTheCaller() {
        // RFC 3665 §3.1
        Phone.Line call = pair.connected();
        assertEquals(1, pair.alice.agent.counters().dialogs());
        assertEquals(1, pair.bob.agent.counters().dialogs());
        call.dialog().hangUp();
        pair.seconds(1);
        assertEquals(List.of("progressed 180", "answered", "ended by US"), call.story());
        assertEquals(
                List.of("acknowledged", "ended by FAR_END"),
                pair.bob.lines.getFirst().story());
        assertEquals(0, pair.alice.agent.counters().dialogs());
        assertEquals(0, pair.bob.agent.counters().dialogs());
    }

    @Test
    void theCalleeMayEndItToo() {
        // RFC 3261 §15.1
        Phone.Line call = pair.connected();
        pair.bob.lines.getFirst().dialog().hangUp();
        pair.seconds(1);
        assertEquals(List.of("progressed 180", "answered", "ended by FAR_END"), call.story());
        assertEquals(
                List.of("acknowledged", "ended by US"),
                pair.bob.lines.getFirst().story());
    }

    @Test
    void hangingUpTwiceEndsItOnce() {
        // Dialog.hangUp: safe to call twice
        Phone.Line call = pair.connected();
        call.dialog().hangUp();
        call.dialog().hangUp();
        pair.seconds(1);
        assertEquals(1, call.finals());
    }

    @Test
    void theFarEndsDescriptionAndHeadersAreHandedUp() {
        // the face: Answered carries SDP and headers, the INVITE carries ours
        pair.bob.onInvite = (line, invite) ->
                invite.dialog().answer(Phone.OTHER_SDP, List.of(new Header("X-Teleapi-CallSid", "CA1")));
        Phone.Line call = pair.alice.call(pair.bob.uri());
        pair.seconds(1);
        DialogEvent.Answered answered = (DialogEvent.Answered) call.events.getFirst();
        assertArrayEquals(Phone.OTHER_SDP, answered.sdp().orElseThrow());
        assertEquals(
                List.of("CA1"),
                answered.headers().stream()
                        .filter(header -> header.is("X-Teleapi-CallSid"))
                        .map(Header::value)
                        .toList());
        assertEquals("1", pair.bob.invites.getFirst().request().header("X-Test").orElseThrow());
        assertArrayEquals(Phone.SDP, pair.bob.invites.getFirst().request().body());
        call.dialog().hangUp();
    }

    @Test
    void earlyMediaComesWithTheProgress() {
        // RFC 3261 §13.2.1: SDP in a provisional response
        pair.bob.onInvite = (line, invite) -> invite.dialog().progress(183, Optional.of(Phone.SDP), List.of());
        Phone.Line call = pair.alice.call(pair.bob.uri());
        pair.seconds(1);
        DialogEvent.Progressed progressed = (DialogEvent.Progressed) call.events.getFirst();
        assertArrayEquals(Phone.SDP, progressed.sdp().orElseThrow());
        call.dialog().hangUp();
    }

    @Test
    void aBusyCalleeRefuses() {
        // RFC 3261 §21.4.24
        pair.bob.onInvite =
                (line, invite) -> invite.dialog().refuse(486, "Busy Here", List.of(new Header("X-Why", "lunch")));
        Phone.Line call = pair.alice.call(pair.bob.uri());
        pair.seconds(1);
        DialogEvent.Refused refused = (DialogEvent.Refused) call.events.getFirst();
        assertEquals(486, refused.status());
        assertEquals(List.of("ended by US"), pair.bob.lines.getFirst().story());
        assertEquals(
                1,
                refused.headers().stream().filter(header -> header.is("X-Why")).count());
    }

    @Test
    void hangingUpAnUnansweredCallDeclinesIt() {
        // the face: 603 to an unanswered inbound INVITE
        pair.bob.rings();
        Phone.Line call = pair.alice.call(pair.bob.uri());
        pair.seconds(1);
        pair.bob.lines.getFirst().dialog().hangUp();
        pair.seconds(1);
        assertEquals(List.of("progressed 180", "refused 603"), call.story());
    }

    @Test
    void whoIsNotAdmittedIsRefusedAtTheDoor() {
        // the face: Admission.Refuse
        pair.bob.verdict = Optional.of(new Admission.Refuse(404, "Not Found", List.of()));
        Phone.Line call = pair.alice.call(pair.bob.uri());
        pair.seconds(1);
        assertEquals(List.of("refused 404"), call.story());
        assertEquals(0, pair.bob.agent.counters().dialogs());
    }

    @Test
    void aCanceledCallEndsOnBothSides() {
        // RFC 3261 §9
        pair.bob.rings();
        Phone.Line call = pair.alice.call(pair.bob.uri());
        pair.seconds(1);
        call.dialog().hangUp();
        pair.seconds(1);
        assertEquals(List.of("progressed 180", "refused 487"), call.story());
        assertEquals(List.of("canceled"), pair.bob.lines.getFirst().story());
    }

    @Test
    void hangingUpBeforeAnyAnswerWaitsForOneBeforeTheCancel() {
        // RFC 3261 §9.1: no CANCEL before a provisional response
        pair.world.weather(Pair.message("SIP/2.0 1", ""), Weather.LOST);
        Phone.Line call = pair.alice.call(pair.bob.uri());
        pair.millis(100);
        call.dialog().hangUp();
        pair.millis(200);
        assertEquals(List.of("refused 487"), call.story());
        assertEquals(List.of(), pair.bob.lines.getFirst().story());
        pair.world.clearUp();
        pair.seconds(1);
        assertEquals(List.of("canceled"), pair.bob.lines.getFirst().story());
    }

    @Test
    void nobodyThereIs408AfterTimerB() {
        // RFC 3261 §17.1.1.2: 64 T1
        pair.world.weather(Weather.LOST);
        Phone.Line call = pair.alice.call(pair.bob.uri());
        pair.seconds(31);
        assertEquals(List.of(), call.story());
        pair.seconds(2);
        assertEquals(List.of("refused 408"), call.story());
    }

    @Test
    void aNameWithoutAddressIs503() {
        // reliability: an unreachable target is Refused, and DNS is no owner's work
        Phone.Line call = pair.alice.call(SipUri.of("bob", "nowhere.example", 5060));
        pair.seconds(1);
        assertEquals(List.of("refused 503"), call.story());
    }

    @Test
    void aNameIsLookedUpBesideTheWorker() {
        // ARCHITECTURE: nothing slow runs on an owner of others' work
        pair.bob.answers();
        pair.world.host("bob.example", pair.bob.agent.address().getAddress());
        pair.world.lookupTakes(java.time.Duration.ofSeconds(2));
        Phone.Line slow = pair.alice.call(SipUri.of("bob", "bob.example", 5060));
        Phone.Line quick = pair.alice.call(pair.bob.uri());
        pair.seconds(1);
        assertEquals(List.of("progressed 180", "answered"), quick.story());
        assertEquals(List.of(), slow.story());
        pair.seconds(2);
        assertEquals(List.of("progressed 180", "answered"), slow.story());
        slow.dialog().hangUp();
        quick.dialog().hangUp();
    }

    @Test
    void hangingUpWhileTheNameIsLookedUpSendsNothing() {
        // the face: hangUp ends it, whatever its state
        pair.world.host("bob.example", pair.bob.agent.address().getAddress());
        pair.world.lookupTakes(java.time.Duration.ofSeconds(2));
        Phone.Line call = pair.alice.call(SipUri.of("bob", "bob.example", 5060));
        pair.seconds(1);
        call.dialog().hangUp();
        pair.seconds(60);
        assertEquals(List.of("refused 487"), call.story());
        assertEquals(0, pair.bob.invites.size());
    }

    @Test
    void anInviteWithoutAnOfferIsAnsweredWithOneAndTheAckCarriesTheAnswer() {
        // RFC 3261 §13.2.1
        pair.bob.onInvite = (line, invite) -> invite.dialog().answer(Phone.SDP, List.of());
        pair.alice.habit = (line, event) -> {
            if (event instanceof DialogEvent.Answered) {
                line.dialog().accept(Phone.OTHER_SDP);
            }
        };
        Phone.Line call = pair.alice.call(pair.bob.uri(), Optional.empty(), Optional.empty());
        pair.seconds(1);
        DialogEvent.Acknowledged acknowledged =
                (DialogEvent.Acknowledged) pair.bob.lines.getFirst().events.getFirst();
        assertArrayEquals(Phone.OTHER_SDP, acknowledged.sdp().orElseThrow());
        call.dialog().hangUp();
    }

    @Test
    void anInfoIsToldAndAnswered() {
        // RFC 6086 §3
        Phone.Line call = pair.connected();
        call.dialog().inform("application/dtmf-relay", "Signal=5\r\n".getBytes(StandardCharsets.US_ASCII));
        pair.seconds(1);
        assertEquals(
                List.of("acknowledged", "informed application/dtmf-relay"),
                pair.bob.lines.getFirst().story());
        call.dialog().hangUp();
    }

    @Test
    void whenNewCallsAreRefusedOldOnesGoOn() {
        // CONTRACT §5: 503 with Retry-After
        Phone.Line old = pair.connected();
        pair.bob.agent.refuseNewCalls(7);
        Phone.Line late = pair.alice.call(pair.bob.uri());
        pair.seconds(1);
        DialogEvent.Refused refused = (DialogEvent.Refused) late.events.getFirst();
        assertEquals(503, refused.status());
        assertEquals(List.of("7"), retries(late));
        assertEquals(1, pair.bob.agent.counters().dialogs());
        old.dialog().hangUp();
    }

    @Test
    void whoeverHasNoRoomSaysWhenToComeAgain() {
        // RFC 3261 §21.5.4: a 503 without Retry-After counts as a 500
        pair.bob.onInvite = (line, invite) -> invite.dialog().refuse(503, "no port", List.of());
        Phone.Line first = pair.alice.call(pair.bob.uri());
        pair.seconds(1);
        pair.bob.verdict = Optional.of(new Admission.Refuse(503, "no thread", List.of()));
        Phone.Line second = pair.alice.call(pair.bob.uri());
        pair.seconds(1);
        assertEquals(List.of("5"), retries(first));
        assertEquals(List.of("5"), retries(second));
    }

    private static List<String> retries(Phone.Line refused) {
        return ((DialogEvent.Refused) refused.events.getFirst())
                .headers().stream()
                        .filter(header -> header.is("Retry-After"))
                        .map(Header::value)
                        .toList();
    }

    @Test
    void aCallToTelIsRefusedWithoutAWay() {
        // the face: an unreachable target is Refused
        Phone.Line call = pair.alice.call(SipUri.parse("tel:+4930123").orElseThrow());
        pair.seconds(1);
        assertEquals(List.of("refused 503"), call.story());
    }

    @Test
    void aReasonCannotBecomeAHeader() {
        // reliability S10: a serializer that lets no CR, LF or NUL through
        pair.bob.onInvite = (line, invite) -> invite.dialog().refuse(480, "gone\r\nX-Evil: 1", List.of());
        Phone.Line call = pair.alice.call(pair.bob.uri());
        pair.seconds(1);
        DialogEvent.Refused refused = (DialogEvent.Refused) call.events.getFirst();
        assertEquals(480, refused.status());
        assertEquals(
                0,
                refused.headers().stream().filter(header -> header.is("X-Evil")).count());
    }
}

package teleapi.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import teleapi.call.webhook.HttpReply;
import teleapi.media.sdp.OfferAnswer;
import teleapi.media.sdp.Outcome;
import teleapi.runtime.simulated.SimulatedWorld;
import teleapi.sip.Admission;
import teleapi.sip.Dialog;
import teleapi.sip.DialogEvent;
import teleapi.sip.Door;
import teleapi.sip.IncomingInvite;
import teleapi.sip.IncomingMessage;
import teleapi.sip.Invitation;
import teleapi.sip.MessageVerdict;
import teleapi.sip.SipSettings;
import teleapi.sip.SipUri;
import teleapi.sip.UserAgent;

/** An INVITE without an offer: our 200 has it, and the ACK must have the answer. */
class OfferlessTest {
    private static final InetSocketAddress FAR_END = new InetSocketAddress("10.0.0.77", 5060);

    private final SimulatedWorld world = new SimulatedWorld(1);
    private final List<DialogEvent> events = new ArrayList<>();
    private final House house;
    private final Dialog dialog;

    OfferlessTest() throws IOException {
        byte[] document =
                "<Response><Pause length=\"30\"/><Pause length=\"30\"/></Response>".getBytes(StandardCharsets.UTF_8);
        house = new House(
                world,
                new Application(
                        world,
                        ask -> Optional.of(new HttpReply.Received(200, ask.url(), "text/xml", document)),
                        asked -> {}));
        UserAgent farEnd = UserAgent.start(world, new SipSettings(FAR_END, "10.0.0.77", "far", "far", 1), new Nobody());
        dialog = farEnd.invite(
                new Invitation(
                        SipUri.of(House.NUMBER, "10.0.0.1", 5060),
                        Optional.empty(),
                        SipUri.of(House.NUMBER, "10.0.0.1", 5060),
                        SipUri.of("+15551", "10.0.0.77", 5060),
                        "",
                        List.of(),
                        Optional.empty(),
                        Optional.empty()),
                events::add);
        world.runFor(Duration.ofSeconds(32));
    }

    private static final class Nobody implements Door {
        @Override
        public Optional<String> password(String user) {
            return Optional.empty();
        }

        @Override
        public Admission invited(IncomingInvite invite) {
            return new Admission.Refuse(480, "Temporarily Unavailable", List.of());
        }

        @Override
        public int longestMessage() {
            return 1_600;
        }

        @Override
        public MessageVerdict messaged(IncomingMessage message) {
            return new MessageVerdict.Answer(480, "");
        }
    }

    private byte[] ourOffer() {
        return ((DialogEvent.Answered) events.stream()
                        .filter(DialogEvent.Answered.class::isInstance)
                        .findFirst()
                        .orElseThrow())
                .sdp()
                .orElseThrow();
    }

    @Test
    void anAckWithTheAnswerBeginsTheCall() {
        // RFC 3261 §13.2.1, RFC 3264 §5.
        var answer = assertInstanceOf(
                Outcome.Agreed.class, OfferAnswer.begin("10.0.0.77", 40_000, 1).answer(ourOffer()));
        dialog.accept(answer.next().sdp());
        world.runFor(Duration.ofSeconds(5));
        assertEquals(1, house.switchboard.live(house.account.sid()).size());
        house.close();
    }

    @Test
    void anAckWithoutAnAnswerThatCanBeUsedEndsTheCall() {
        // RFC 3261 §13.2.1: the call would be up and silent until its time limit.
        assertTrue(ourOffer().length > 0);
        dialog.accept("rubbish".getBytes(StandardCharsets.UTF_8));
        world.runFor(Duration.ofSeconds(5));
        assertInstanceOf(DialogEvent.Ended.class, events.getLast());
        assertEquals(0, house.switchboard.live(house.account.sid()).size());
        var last = house.memory.calls.values().iterator().next().getLast();
        assertEquals(Optional.of("error"), last.cause());
        house.close();
    }
}

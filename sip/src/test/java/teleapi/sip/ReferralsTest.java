package teleapi.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import teleapi.runtime.simulated.SimulatedWorld;
import teleapi.sip.message.Replaces;
import teleapi.sip.message.SipRequest;

/** REFER and NOTIFY in a dialog with a far end without a mind. */
final class ReferralsTest {
    private static final String TO_BOB = "Refer-To: <sip:bob@10.0.0.1>\n";

    private final SimulatedWorld world = new SimulatedWorld(17);
    private final Phone phone = new Phone(world, "alice", new InetSocketAddress("10.0.0.1", 5060));
    private final Puppet puppet = new Puppet(world, new InetSocketAddress("10.0.0.9", 5062));
    private int notifyAnswer = 200;
    private Optional<SipRequest> invite = Optional.empty();

    @AfterEach
    void nothingIsLeft() {
        phone.lines.forEach(line -> line.dialog().hangUp());
        assertTrue(world.runUntilQuiet(Duration.ofHours(3)), world.live().toString());
        assertEquals(0, phone.agent.counters().dialogs());
        assertEquals(0, phone.agent.counters().transactions());
        world.close();
    }

    private Phone.Line connected(Optional<Contact> contact) {
        puppet.onRequest = request -> {
            switch (request.method()) {
                case "INVITE" -> {
                    invite = Optional.of(request);
                    puppet.respond(request, 200, "one");
                }
                case "NOTIFY" -> puppet.respond(request, notifyAnswer, "one");
                case "REFER" -> puppet.respond(request, 202, "one");
                case "BYE" -> puppet.respond(request, 200, "one");
                default -> {}
            }
        };
        SipUri target = SipUri.of("puppet", "10.0.0.9", 5062);
        Phone.Line call = phone.call(new Invitation(
                target, contact, target, phone.uri(), "", List.of(), Optional.of(Phone.SDP), Optional.empty()));
        run();
        return call;
    }

    private Phone.Line connected() {
        return connected(Optional.empty());
    }

    private void run() {
        world.runFor(Duration.ofMillis(300));
    }

    /** A request of the puppet's in the dialog. */
    private void asks(String method, int sequence, String more) {
        SipRequest first = invite.orElseThrow();
        puppet.request(
                phone,
                method,
                method + sequence,
                first.callId(),
                sequence,
                "one",
                first.fromTag().orElseThrow(),
                more);
        run();
    }

    private List<String> told() {
        return puppet.heard("NOTIFY").stream()
                .map(notify -> notify.header("Event").orElse("") + " "
                        + notify.header("Subscription-State").orElse("") + " "
                        + new String(notify.body(), StandardCharsets.US_ASCII).strip())
                .toList();
    }

    @Test
    void whoAskedIsToldHowItGoes() {
        // RFC 3515 §2.4: 202, NOTIFY at once, NOTIFY with the final status ends the subscription
        Phone.Line call = connected();
        asks("REFER", 1, TO_BOB);
        assertEquals(List.of("answered", "referred to sip:bob@10.0.0.1"), call.story());
        call.dialog().acceptReferral();
        run();
        assertEquals(1, puppet.heard("202").size());
        call.dialog().tellReferrer(180);
        call.dialog().tellReferrer(200);
        run();
        assertEquals(
                List.of(
                        "refer active;expires=600 SIP/2.0 100 Trying",
                        "refer active;expires=600 SIP/2.0 180 Ringing",
                        "refer terminated;reason=noresource SIP/2.0 200 OK"),
                told());
        assertEquals("referrer told", call.story().getLast());
    }

    @Test
    void aRequestThatIsRepeatedIsAskedOnce() {
        // RFC 3261 §17.2.2: the transaction answers a retransmission
        Phone.Line call = connected();
        asks("REFER", 1, TO_BOB);
        asks("REFER", 1, TO_BOB);
        call.dialog().refuseReferral(603, "Decline");
        run();
        asks("REFER", 1, TO_BOB);
        assertEquals(2, puppet.heard("603").size());
        assertEquals(2, call.story().size());
    }

    @Test
    void oneIsAskedAtATimeAndTheNextHasAnId() {
        // RFC 3515 §2.4.6: NOTIFYs of a later REFER carry its CSeq
        Phone.Line call = connected();
        asks("REFER", 1, TO_BOB);
        asks("REFER", 2, TO_BOB);
        assertEquals(1, puppet.heard("491").size());
        call.dialog().acceptReferral();
        run();
        asks("REFER", 3, TO_BOB);
        assertEquals(2, puppet.heard("491").size());
        call.dialog().tellReferrer(486);
        run();
        asks("REFER", 4, TO_BOB);
        call.dialog().acceptReferral();
        run();
        assertEquals("refer;id=4 active;expires=600 SIP/2.0 100 Trying", told().getLast());
    }

    @Test
    void whoWantsToKnowNothingIsToldNothing() {
        // RFC 4488 §4
        Phone.Line call = connected();
        asks("REFER", 1, TO_BOB + "Refer-Sub: false\n");
        call.dialog().acceptReferral();
        call.dialog().tellReferrer(200);
        run();
        assertEquals("false", puppet.header("202", "Refer-Sub").orElseThrow());
        assertEquals(List.of(), told());
        assertEquals("referrer told", call.story().getLast());
    }

    @Test
    void whatIsNoReferIsRefused() {
        // RFC 3515 §2.4.2; RFC 3261 §8.2.2.1
        Phone.Line call = connected();
        asks("REFER", 1, "");
        asks("REFER", 2, TO_BOB + TO_BOB);
        asks("REFER", 3, "Refer-To: <sip:bob@10.0.0.1;method=BYE>\n");
        asks("REFER", 4, "Refer-To: <sip:bob@10.0.0.1?Replaces=1>\n");
        assertEquals(4, puppet.heard("400").size());
        asks("REFER", 5, "Refer-To: <http://10.0.0.1/>\n");
        assertEquals(1, puppet.heard("416").size());
        asks("NOTIFY", 6, "Event: presence\nSubscription-State: active\n");
        assertEquals(1, puppet.heard("489").size());
        asks("NOTIFY", 7, "Event: refer\nSubscription-State: active\n");
        assertEquals(1, puppet.heard("481").size());
        puppet.request(phone, "REFER", "out", "out", 1, "x", "", TO_BOB);
        run();
        assertEquals(1, puppet.heard("403").size());
        assertEquals(List.of("answered"), call.story());
    }

    @Test
    void aCallBringsTenTransfersAtMost() {
        // STYLE "Nothing is unbounded"
        Phone.Line call = connected();
        for (int sequence = 1; sequence <= 11; sequence++) {
            asks("REFER", sequence, TO_BOB);
            call.dialog().refuseReferral(480, "");
            run();
        }
        assertEquals(10, puppet.heard("480").size());
        assertEquals(1, puppet.heard("403").size());
    }

    @Test
    void theDialogToBeReplacedIsRead() {
        // RFC 3891 §6.1, escaped in Refer-To
        Phone.Line call = connected();
        asks("REFER", 1, "Refer-To: <sip:bob@10.0.0.1?Replaces=a%40b%3Bfrom-tag%3Df%3Bto-tag%3Dt>\n");
        assertEquals(
                Optional.of(new Replaces("a@b", "t", "f", false)),
                ((DialogEvent.Referred) call.events.getLast()).referral().replaces());
    }

    @Test
    void aFarEndThatHasForgottenItsReferKeepsTheCall() {
        // RFC 5057 §5.1: 481 to a NOTIFY ends the subscription alone
        Phone.Line call = connected();
        notifyAnswer = 481;
        asks("REFER", 1, TO_BOB);
        call.dialog().acceptReferral();
        run();
        call.dialog().tellReferrer(200);
        run();
        assertEquals(1, told().size());
        assertEquals("referrer told", call.story().getLast());
    }

    @Test
    void aClientThatAsksFromElsewhereBringsItsDigest() {
        // ADR-0018: what may cost money comes from where the client proved itself, or with its proof
        Puppet elsewhere = new Puppet(world, new InetSocketAddress("10.0.0.77", 5062));
        elsewhere.onRequest = request -> puppet.onRequest.accept(request);
        SipUri contact = SipUri.of("puppet", "10.0.0.9", 5062);
        Phone.Line call = connected(Optional.of(new Contact(contact, Transport.UDP, elsewhere.port.local())));
        asks("REFER", 1, TO_BOB);
        assertEquals(1, puppet.heard("407").size());
        assertEquals(List.of("answered"), call.story());
        Phone.Line there = connected(Optional.of(new Contact(contact, Transport.UDP, puppet.port.local())));
        asks("REFER", 2, TO_BOB);
        assertTrue(((DialogEvent.Referred) there.events.getLast()).referral().fromItsClient());
        there.dialog().refuseReferral(603, "");
    }

    @Test
    void ourReferIsFollowedToItsEnd() {
        // RFC 3515 §2.4.4, §2.4.5
        Phone.Line call = connected();
        call.dialog().refer(SipUri.of("bob", "10.0.0.1", 5060));
        run();
        assertEquals(
                "<sip:bob@10.0.0.1:5060>", puppet.header("REFER", "Refer-To").orElseThrow());
        notifies(1, "active", "SIP/2.0 180 Ringing");
        notifies(2, "terminated;reason=noresource", "SIP/2.0 486 Busy Here");
        notifies(3, "active", "SIP/2.0 200 OK");
        assertEquals(List.of("answered", "refer answered 202", "notified 180", "notified 486 last"), call.story());
        assertEquals(1, puppet.heard("481").size());
    }

    private void notifies(int sequence, String state, String fragment) {
        SipRequest first = invite.orElseThrow();
        String text = puppet.text(
                phone,
                "NOTIFY",
                "NOTIFY" + sequence,
                first.callId(),
                sequence,
                "one",
                first.fromTag().orElseThrow(),
                "Event: refer\nSubscription-State: " + state + "\nContent-Type: message/sipfrag;version=2.0\n");
        puppet.send(
                text.replace(
                        "Content-Length: 0\n\n",
                        "Content-Length: " + (fragment.length() + 2) + "\n\n" + fragment + "\n"),
                phone);
        run();
    }

    @Test
    void aReferThatMeetsNobodyIsToldAs408() {
        // RFC 3261 §8.1.3.1; the call is as it was
        Phone.Line call = connected();
        puppet.onRequest = request -> {};
        call.dialog().refer(SipUri.of("bob", "10.0.0.1", 5060));
        world.runFor(Duration.ofSeconds(40));
        assertEquals(List.of("answered", "refer answered 408"), call.story());
        puppet.onRequest = request -> puppet.respond(request, 200, "one");
    }
}

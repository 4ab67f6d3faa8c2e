package teleapi.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import teleapi.sip.message.Header;

/** A far end that is scripted, message by message, and is called by us. */
final class CalledStrangersTest extends BesideAStranger {
    private Phone.Line call() {
        return phone.call(SipUri.of("puppet", "10.0.0.9", 5062));
    }

    @Test
    void the2xxOfASecondBranchIsAcknowledgedAndEnded() {
        // RFC 3261 §13.2.2.4; reliability: forking
        puppet.onRequest = request -> {
            if (request.method().equals("INVITE")) {
                puppet.respond(request, 180, "one");
                puppet.respond(request, 180, "two");
                puppet.respond(request, 200, "one");
                puppet.respond(request, 200, "two");
                puppet.respond(request, 200, "two");
            } else if (!request.method().equals("ACK")) {
                puppet.respond(request, 200, "");
            }
        };
        Phone.Line call = call();
        world.runFor(Duration.ofSeconds(1));
        assertEquals(
                List.of("one", "two", "two"),
                puppet.heard("ACK").stream()
                        .map(ack -> ack.toTag().orElse(""))
                        .sorted()
                        .toList());
        assertEquals(
                List.of("two"),
                puppet.heard("BYE").stream().map(bye -> bye.toTag().orElse("")).toList());
        assertEquals(1, call.story().stream().filter("answered"::equals).count());
        assertEquals(1, phone.agent.counters().dialogs());
        call.dialog().hangUp();
        world.runFor(Duration.ofSeconds(1));
    }

    @Test
    void aLate180BehindThe200IsIgnored() {
        // RFC 6026 §7.2
        puppet.onRequest = request -> {
            if (request.method().equals("INVITE")) {
                puppet.respond(request, 200, "one");
                puppet.respond(request, 180, "one");
            } else if (request.method().equals("BYE")) {
                puppet.respond(request, 200, "");
            }
        };
        Phone.Line call = call();
        world.runFor(Duration.ofSeconds(1));
        assertEquals(List.of("answered"), call.story());
        call.dialog().hangUp();
        world.runFor(Duration.ofSeconds(1));
    }

    @Test
    void aResponseThatWasMeantForSomebodyElseIsDropped() {
        // RFC 3261 §8.1.3.3, RFC 4475 §3.3.10: more than one Via.
        puppet.onRequest = request -> {
            if (request.method().equals("INVITE")) {
                puppet.respond(request, 603, "one", new Header("Via", "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKother"));
                puppet.respond(request, 486, "one");
            }
        };
        Phone.Line call = call();
        world.runFor(Duration.ofSeconds(1));
        assertEquals(List.of("refused 486"), call.story());
    }

    @Test
    void aCancelThatBringsNothingEndsAfter64T1() {
        // RFC 3261 §9.1
        puppet.onRequest = request -> {
            if (request.method().equals("INVITE")) {
                puppet.respond(request, 180, "one");
            } else if (request.method().equals("CANCEL")) {
                puppet.respond(request, 200, "one");
            }
        };
        Phone.Line call = call();
        world.runFor(Duration.ofSeconds(1));
        call.dialog().hangUp();
        world.runFor(Duration.ofSeconds(31));
        assertEquals(1, phone.agent.counters().dialogs());
        world.runFor(Duration.ofSeconds(2));
        assertEquals(0, phone.agent.counters().dialogs());
        assertEquals(List.of("progressed 180", "refused 487"), call.story());
    }

    @Test
    void aBye408Or481EndsLocally() {
        // RFC 3261 §15.1.1, §12.2.1.2
        puppet.onRequest = request -> {
            if (request.method().equals("INVITE")) {
                puppet.respond(request, 200, "one");
            } else if (request.method().equals("BYE")) {
                puppet.respond(request, 481, "");
            }
        };
        Phone.Line call = call();
        world.runFor(Duration.ofSeconds(1));
        call.dialog().hangUp();
        world.runFor(Duration.ofSeconds(1));
        assertEquals(0, phone.agent.counters().dialogs());
    }

    @Test
    void aChallengeIsAnsweredOnceAndOnlyWithTheInvitationsCredentials() {
        // RFC 3261 §22.3; reliability S5
        Header challenge =
                new Header("Proxy-Authenticate", "Digest realm=\"trunk\", nonce=\"n\", algorithm=MD5, qop=\"auth\"");
        puppet.onRequest = request -> {
            if (request.method().equals("INVITE")) {
                puppet.respond(request, 407, "one", challenge);
            }
        };
        Phone.Line stranger = call();
        world.runFor(Duration.ofSeconds(1));
        assertEquals(1, puppet.heard("INVITE").size());
        assertEquals(List.of("refused 407"), stranger.story());
        Phone.Line known = phone.call(
                SipUri.of("puppet", "10.0.0.9", 5062), Optional.of(Phone.SDP), Optional.of(new Credentials("u", "p")));
        world.runFor(Duration.ofSeconds(1));
        assertEquals(3, puppet.heard("INVITE").size());
        assertEquals(List.of("refused 407"), known.story());
        var first = puppet.heard("INVITE").get(1);
        var second = puppet.heard("INVITE").get(2);
        assertEquals(first.callId(), second.callId());
        assertEquals(first.cseq().number() + 1, second.cseq().number());
        assertTrue(second.header("Proxy-Authorization").orElseThrow().contains("realm=\"trunk\""));
    }

    @Test
    void aChallengeToOurByeInACallersDialogGetsNoCredentials() {
        // reliability S5: the attacker calls, and answers our BYE with 407
        String tag = connected();
        puppet.onRequest = request -> {
            if (request.method().equals("BYE")) {
                puppet.respond(
                        request,
                        407,
                        "",
                        new Header("Proxy-Authenticate", "Digest realm=\"trunk\", nonce=\"n\", algorithm=MD5"));
            }
        };
        phone.lines.getFirst().dialog().hangUp();
        world.runFor(Duration.ofSeconds(1));
        assertEquals(1, puppet.heard("BYE").size());
        assertTrue(puppet.heard.stream()
                .noneMatch(message -> message.header("Proxy-Authorization").isPresent()));
        assertEquals(
                List.of("acknowledged", "ended by US"), phone.lines.getFirst().story(), tag);
    }

    @Test
    void recordRoutesLeadTheWayInReverse() {
        // RFC 3261 §12.1.2, §12.2.1.1
        Puppet proxy = new Puppet(world, new InetSocketAddress("10.0.0.5", 5060));
        puppet.onRequest = request -> {
            if (request.method().equals("INVITE")) {
                puppet.respond(
                        request,
                        200,
                        "one",
                        new Header("Record-Route", "<sip:10.0.0.5;lr>, <sip:10.0.0.6;lr>"),
                        new Header("Record-Route", "<sip:10.0.0.5:5060;lr>"));
            }
        };
        Phone.Line call = call();
        world.runFor(Duration.ofMillis(100));
        assertEquals(1, proxy.heard("ACK").size());
        assertEquals(
                List.of("<sip:10.0.0.5:5060;lr>", "<sip:10.0.0.6;lr>", "<sip:10.0.0.5;lr>"),
                proxy.heard("ACK").getFirst().headers("Route"));
        proxy.onRequest = request -> proxy.respond(request, 200, "");
        call.dialog().hangUp();
        world.runFor(Duration.ofSeconds(1));
        assertEquals(1, proxy.heard("BYE").size());
    }
}

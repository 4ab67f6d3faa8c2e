package teleapi.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import teleapi.runtime.simulated.SimulatedWorld;
import teleapi.runtime.simulated.Weather;

/** Registering, being found by it, and proving who one is. */
final class RegistrationTest {
    private final SimulatedWorld world = new SimulatedWorld(5);
    private final Phone server = new Phone(world, "server", new InetSocketAddress("10.0.0.1", 5060), 2);
    private final Phone bob = new Phone(world, "bob", new InetSocketAddress("10.0.0.2", 5060), 2);
    private final List<Integer> told = new ArrayList<>();
    private final Credentials right = new Credentials("bob", "secret");

    RegistrationTest() {
        server.passwords.put("bob", "secret");
    }

    @AfterEach
    void nothingIsLeft() {
        world.clearUp();
        bob.agent.close();
        server.agent.close();
        assertTrue(world.runUntilQuiet(Duration.ofHours(3)), world.live().toString());
        assertTrue(world.live().nothing(), world.live().toString());
        world.close();
    }

    private void register(Credentials credentials) {
        SipUri registrar = new SipUri(
                "sip",
                Optional.empty(),
                "10.0.0.1",
                java.util.OptionalInt.of(5060),
                java.util.Map.of(),
                java.util.Map.of());
        bob.agent.register(registrar, SipUri.of("bob", "10.0.0.1", 5060), credentials, told::add);
        world.runFor(Duration.ofSeconds(1));
    }

    @Test
    void aClientProvesItselfAndIsFound() {
        // RFC 3261 §10.3, §22.2
        register(right);
        assertEquals(List.of(200), told);
        assertEquals(1, server.agent.contacts("bob").size());
        assertEquals(
                bob.agent.address(), server.agent.contacts("bob").getFirst().source());
        assertEquals(1, server.agent.counters().registrations());
        assertEquals(List.of(), server.agent.contacts("alice"));
    }

    @Test
    void aCallToAContactGoesWhereItCameFrom() {
        // RFC 3261 §16.6, RFC 3581: through NAT, the source counts
        register(right);
        bob.answers();
        Contact contact = server.agent.contacts("bob").getFirst();
        Contact behindNat = new Contact(SipUri.of("bob", "192.168.7.7", 5060), contact.transport(), contact.source());
        Phone.Line call = server.call(new Invitation(
                SipUri.of("bob", "10.0.0.1", 5060),
                Optional.of(behindNat),
                SipUri.of("bob", "10.0.0.1", 5060),
                server.uri(),
                "",
                List.of(),
                Optional.of(Phone.SDP),
                Optional.empty()));
        world.runFor(Duration.ofSeconds(1));
        assertEquals(List.of("progressed 180", "answered"), call.story());
        assertEquals(
                "sip:bob@192.168.7.7:5060", bob.invites.getFirst().request().requestUri());
        call.dialog().hangUp();
        world.runFor(Duration.ofSeconds(1));
        assertEquals(
                List.of("acknowledged", "ended by FAR_END"),
                bob.lines.getFirst().story());
    }

    @Test
    void aWrongPasswordIsRefusedAndTriedAgainLater() {
        // the face: re-registers with back-off
        register(new Credentials("bob", "guess"));
        assertEquals(List.of(401), told);
        assertEquals(0, server.agent.counters().transactions());
        world.runFor(Duration.ofSeconds(6));
        assertEquals(List.of(401, 401), told);
        assertEquals(List.of(), server.agent.contacts("bob"));
    }

    @Test
    void nobodyRegistersForAnother() {
        // RFC 3261 §10.3 step 4; reliability S4
        server.passwords.put("mallory", "secret");
        register(new Credentials("mallory", "secret"));
        assertEquals(List.of(403), told);
        assertEquals(List.of(), server.agent.contacts("bob"));
    }

    @Test
    void aRegistrationIsRefreshedBeforeItEnds() {
        // RFC 3261 §10.2.4
        register(right);
        world.runFor(Duration.ofHours(3));
        assertEquals(List.of(200, 200, 200, 200), told);
        assertEquals(1, server.agent.contacts("bob").size());
    }

    @Test
    void whatIsNotRefreshedEnds() {
        // RFC 3261 §10.3
        register(right);
        world.weather(Weather.LOST);
        world.runFor(Duration.ofSeconds(3_595));
        assertEquals(1, server.agent.contacts("bob").size());
        world.runFor(Duration.ofSeconds(10));
        assertEquals(List.of(), server.agent.contacts("bob"));
        assertEquals(0, server.agent.counters().registrations());
    }

    @Test
    void aClosingClientUnregisters() {
        // RFC 3261 §10.2.2
        register(right);
        bob.agent.close();
        world.runFor(Duration.ofSeconds(1));
        assertEquals(List.of(), server.agent.contacts("bob"));
        assertEquals(List.of(200, 200), told);
    }

    @Test
    void anUnreachableRegistrarIs408AndTriedAgain() {
        // the face: told gets each final status
        world.weather(Weather.LOST);
        register(right);
        world.runFor(Duration.ofSeconds(33));
        assertEquals(List.of(408), told);
        world.clearUp();
        world.runFor(Duration.ofSeconds(10));
        assertEquals(List.of(408, 200), told);
    }

    @Test
    void aChallengedInviteWithTheRightPasswordIsKnownByName() {
        // RFC 3261 §22.3: 407
        server.challenges = true;
        server.answers();
        Phone.Line call = bob.call(server.uri(), Optional.of(Phone.SDP), Optional.of(right));
        world.runFor(Duration.ofSeconds(1));
        assertEquals(List.of("progressed 180", "answered"), call.story());
        assertEquals(Optional.of("bob"), server.invites.getFirst().client());
        call.dialog().hangUp();
        world.runFor(Duration.ofSeconds(1));
    }

    @Test
    void aChallengedInviteWithoutOrWithTheWrongPasswordIs407() {
        // RFC 3261 §22.3; reliability S7: the challenge leaves nothing behind
        server.challenges = true;
        Phone.Line none = bob.call(server.uri());
        Phone.Line wrong = bob.call(server.uri(), Optional.of(Phone.SDP), Optional.of(new Credentials("bob", "guess")));
        world.runFor(Duration.ofSeconds(1));
        assertEquals(List.of("refused 407"), none.story());
        assertEquals(List.of("refused 407"), wrong.story());
        assertEquals(0, server.invites.size());
        assertEquals(0, server.agent.counters().transactions());
    }

    @Test
    void overTcpTheContactIsReachedOnTheSameConnection() {
        // RFC 5626: the connection that the client opened is the way back
        SipUri registrar = SipUri.parse("sip:10.0.0.1:5060;transport=tcp").orElseThrow();
        bob.agent.register(registrar, SipUri.of("bob", "10.0.0.1", 5060), right, told::add);
        world.runFor(Duration.ofSeconds(1));
        assertEquals(List.of(200), told);
        Contact contact = server.agent.contacts("bob").getFirst();
        assertEquals(Transport.TCP, contact.transport());
        List<String> streams = world.live().streams();
        bob.answers();
        Phone.Line call = server.call(new Invitation(
                SipUri.of("bob", "10.0.0.1", 5060),
                Optional.of(contact),
                SipUri.of("bob", "10.0.0.1", 5060),
                server.uri(),
                "",
                List.of(),
                Optional.of(Phone.SDP),
                Optional.empty()));
        world.runFor(Duration.ofSeconds(1));
        assertEquals(List.of("progressed 180", "answered"), call.story());
        assertEquals(streams, world.live().streams());
        call.dialog().hangUp();
        world.runFor(Duration.ofSeconds(1));
        assertEquals(
                List.of("acknowledged", "ended by FAR_END"),
                bob.lines.getFirst().story());
    }
}

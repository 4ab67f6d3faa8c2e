package teleapi.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import teleapi.runtime.Mailbox;
import teleapi.runtime.real.RealWorld;

/** The same over sockets of the machine. Waiting is on events with a limit; nothing here depends on how fast they come. */
final class SocketsTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final RealWorld world = RealWorld.create();
    private final Mailbox<DialogEvent> heard = world.mailbox("heard", 100);
    private final UserAgent caller = start(2, invite -> new Admission.Challenge());
    private final UserAgent callee = start(2, invite -> {
        invite.dialog().progress(180, Optional.empty(), List.of());
        invite.dialog().answer(Phone.SDP, List.of());
        return new Admission.Admit(event -> {});
    });

    private interface Verdict {
        Admission on(IncomingInvite invite);
    }

    private UserAgent start(int workers, Verdict verdict) {
        Door door = new Door() {
            @Override
            public int longestMessage() {
                return 1_600;
            }

            @Override
            public MessageVerdict messaged(IncomingMessage message) {
                return new MessageVerdict.Answer(202, "");
            }

            @Override
            public Optional<String> password(String user) {
                return user.equals("bob") ? Optional.of("secret") : Optional.empty();
            }

            @Override
            public Admission invited(IncomingInvite invite) {
                return verdict.on(invite);
            }
        };
        try {
            InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            return UserAgent.start(world, new SipSettings(any, "127.0.0.1", "test", "teleapi", workers), door);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void close() {
        caller.close();
        callee.close();
        assertEquals(0, world.failures());
    }

    private SipUri target(Map<String, String> parameters) {
        return new SipUri(
                "sip",
                Optional.of("bob"),
                "127.0.0.1",
                OptionalInt.of(callee.address().getPort()),
                parameters,
                Map.of());
    }

    private DialogEvent next() {
        return heard.take(world.time().after(LIMIT)).orElseThrow(() -> new AssertionError("nothing happened"));
    }

    private void callOver(SipUri target) {
        Dialog dialog = caller.invite(
                new Invitation(
                        target,
                        Optional.empty(),
                        target.bare(),
                        SipUri.of("alice", "127.0.0.1", 5060),
                        "Alice",
                        List.of(),
                        Optional.of(Phone.SDP),
                        Optional.empty()),
                heard::post);
        assertTrue(next() instanceof DialogEvent.Progressed);
        assertTrue(next() instanceof DialogEvent.Answered);
        dialog.hangUp();
        assertTrue(next() instanceof DialogEvent.Ended);
    }

    @Test
    void aCallIsMadeOverUdp() {
        // RFC 3261 §18: UDP
        callOver(target(Map.of()));
    }

    @Test
    void aCallIsMadeOverTcp() {
        // RFC 3261 §18: TCP
        callOver(target(Map.of("transport", "tcp")));
    }

    @Test
    void bothSocketsHaveOnePort() {
        // the face: port 0 means any free one, the same for both
        assertThrows(IOException.class, () -> world.network().bindStream(callee.address()));
        assertThrows(IOException.class, () -> world.network().bindDatagram(callee.address()));
    }

    @Test
    void nobodyListeningOnTcpIs503AtOnce() {
        // the face: Refused 503 when it could not be sent
        int free = callee.address().getPort();
        callee.close();
        SipUri nobody = new SipUri(
                "sip", Optional.of("bob"), "127.0.0.2", OptionalInt.of(free), Map.of("transport", "tcp"), Map.of());
        caller.invite(
                new Invitation(
                        nobody,
                        Optional.empty(),
                        nobody.bare(),
                        SipUri.of("alice", "127.0.0.1", 5060),
                        "",
                        List.of(),
                        Optional.of(Phone.SDP),
                        Optional.empty()),
                heard::post);
        assertEquals(503, ((DialogEvent.Refused) next()).status());
    }

    @Test
    void aClientRegistersOverTcpAndIsFound() {
        // RFC 3261 §10
        Mailbox<Integer> told = world.mailbox("told", 10);
        SipUri registrar = SipUri.parse("sip:127.0.0.1:" + callee.address().getPort() + ";transport=tcp")
                .orElseThrow();
        caller.register(registrar, SipUri.of("bob", "127.0.0.1", 5060), new Credentials("bob", "secret"), told::post);
        assertEquals(200, told.take(world.time().after(LIMIT)).orElseThrow());
        assertEquals(Transport.TCP, callee.contacts("bob").getFirst().transport());
    }
}

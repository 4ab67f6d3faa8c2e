package teleapi.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import teleapi.runtime.Loop;
import teleapi.runtime.Stream;
import teleapi.runtime.StreamReceiver;
import teleapi.runtime.simulated.SimulatedWorld;
import teleapi.sip.message.Header;
import teleapi.sip.message.SipRequest;

/** Session timers of RFC 4028, connections of RFC 3261 §18, and who watches. */
final class SessionsTest {
    private final SimulatedWorld world = new SimulatedWorld(13);
    private final Phone phone = new Phone(world, "alice", new InetSocketAddress("10.0.0.1", 5060));
    private final Puppet puppet = new Puppet(world, new InetSocketAddress("10.0.0.9", 5062));

    @AfterEach
    void nothingIsLeft() {
        puppet.onRequest = request -> {};
        assertTrue(world.runUntilQuiet(Duration.ofHours(3)), world.live().toString());
        assertEquals(0, phone.agent.counters().dialogs());
        assertEquals(0, phone.agent.counters().transactions());
        world.close();
    }

    private void answer(SipRequest request, Header... more) {
        if (!request.method().equals("ACK")) {
            puppet.respond(request, 200, "one", more);
        }
    }

    @Test
    void weRefreshWhatTheFarEndAskedUsTo() {
        // RFC 4028 §7.2, §10: refresher=uac at half time, by UPDATE when the far end allows it
        Header expires = new Header("Session-Expires", "100;refresher=uac");
        puppet.onRequest = request -> answer(request, expires, new Header("Allow", "INVITE, ACK, BYE, UPDATE"));
        Phone.Line call = phone.call(SipUri.of("puppet", "10.0.0.9", 5062));
        world.runFor(Duration.ofSeconds(170));
        assertEquals(3, puppet.heard("UPDATE").size());
        assertEquals(
                "100;refresher=uac", puppet.header("UPDATE", "Session-Expires").orElseThrow());
        assertEquals(List.of("answered"), call.story());
        call.dialog().hangUp();
        world.runFor(Duration.ofSeconds(1));
    }

    @Test
    void aPeerWithoutUpdateIsRefreshedByTheSameOffer() {
        // RFC 4028 §7.4
        Header expires = new Header("Session-Expires", "100;refresher=uac");
        puppet.onRequest = request -> answer(request, expires, new Header("Allow", "INVITE, ACK, BYE"));
        Phone.Line call = phone.call(SipUri.of("puppet", "10.0.0.9", 5062));
        world.runFor(Duration.ofSeconds(60));
        assertEquals(2, puppet.heard("INVITE").size());
        assertEquals(
                new String(Phone.SDP, StandardCharsets.UTF_8),
                new String(puppet.heard("INVITE").getLast().body(), StandardCharsets.UTF_8));
        assertEquals(List.of("answered"), call.story());
        call.dialog().hangUp();
        world.runFor(Duration.ofSeconds(1));
    }

    @Test
    void aRefreshThatNobodyKnowsAnyMoreEndsTheCall() {
        // RFC 3261 §12.2.1.2: 481; reliability: half-open call
        Header expires = new Header("Session-Expires", "100;refresher=uac");
        puppet.onRequest = request -> {
            if (request.method().equals("UPDATE")) {
                puppet.respond(request, 481, "");
            } else {
                answer(request, expires, new Header("Allow", "INVITE, ACK, BYE, UPDATE"));
            }
        };
        Phone.Line call = phone.call(SipUri.of("puppet", "10.0.0.9", 5062));
        world.runFor(Duration.ofSeconds(60));
        assertEquals(List.of("answered", "ended by FAILURE"), call.story());
    }

    // ---- TCP

    private final List<String> back = new ArrayList<>();
    private boolean closed;

    private Stream connect() {
        Loop<Runnable> loop = world.loop("client", 10);
        Stream stream = loop.connect(phone.agent.address(), new StreamReceiver() {
            @Override
            public void received(Stream from, ByteBuffer bytes) {
                back.add(StandardCharsets.UTF_8.decode(bytes).toString());
            }

            @Override
            public void closed(Stream from) {
                closed = true;
            }
        });
        loop.start(Runnable::run);
        return stream;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aPingIsAnsweredByAPong() {
        // RFC 5626 §4.4.1
        Stream stream = connect();
        stream.send(bytes("\n\n"));
        world.runFor(Duration.ofSeconds(1));
        assertEquals(List.of("\r\n"), back);
        stream.close();
    }

    @Test
    void answersComeBackOnTheConnectionOfTheRequest() {
        // RFC 3261 §18.2.2
        Stream stream = connect();
        String one = puppet.text(phone, "OPTIONS", "1", "c1", 1, "p", "", "");
        String two = puppet.text(phone, "OPTIONS", "2", "c2", 1, "p", "", "");
        stream.send(bytes(one + two.substring(0, 60)));
        world.runFor(Duration.ofSeconds(1));
        stream.send(bytes(two.substring(60)));
        world.runFor(Duration.ofSeconds(1));
        assertEquals(2, String.join("", back).split("SIP/2.0 200", -1).length - 1);
        stream.close();
    }

    @Test
    void whoNeverFinishesAMessageIsCutOff() {
        // reliability S15: 10 s
        Stream stream = connect();
        stream.send(bytes("OPTIONS sip:a"));
        world.runFor(Duration.ofSeconds(9));
        assertEquals(false, closed);
        world.runFor(Duration.ofSeconds(2));
        assertTrue(closed);
        stream.close();
    }

    @Test
    void whoSendsRubbishIsCutOff() {
        // RFC 3261 §18.3: without a Content-Length nothing can be cut out of a stream
        Stream stream = connect();
        stream.send(bytes("hello world\n\n\n\n"));
        world.runFor(Duration.ofSeconds(1));
        assertTrue(closed);
        stream.close();
    }

    // ---- the watcher

    @Test
    void aTraceIsToldEveryMessage() throws java.io.IOException {
        // the face: SipTrace
        List<String> passed = new ArrayList<>();
        UserAgent watched = UserAgent.start(
                world,
                new SipSettings(new InetSocketAddress("10.0.0.3", 5060), "10.0.0.3", "test", "watched", 1),
                phone,
                (at, sent, transport, peer, message) -> passed.add((sent ? "> " : "< ")
                        + (message instanceof SipRequest request
                                ? request.method()
                                : message.cseq().toString())));
        phone.answers();
        List<DialogEvent> events = new ArrayList<>();
        Dialog dialog = watched.invite(
                new Invitation(
                        phone.uri(),
                        java.util.Optional.empty(),
                        phone.uri(),
                        SipUri.of("w", "10.0.0.3", 5060),
                        "",
                        List.of(),
                        java.util.Optional.of(Phone.SDP),
                        java.util.Optional.empty()),
                events::add);
        world.runFor(Duration.ofSeconds(1));
        dialog.hangUp();
        world.runFor(Duration.ofSeconds(1));
        assertEquals(
                List.of("> INVITE", "< 1 INVITE", "< 1 INVITE", "< 1 INVITE", "> ACK", "> BYE", "< 2 BYE"), passed);
    }
}

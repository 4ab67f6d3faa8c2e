package teleapi.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import teleapi.runtime.simulated.SimulatedWorld;
import teleapi.runtime.simulated.Weather;
import teleapi.sip.message.Header;
import teleapi.sip.message.SipRequest;

/** MESSAGE, both ways. */
final class MessagesTest {
    private static final String TEXT = "Content-Type: text/plain\n";

    private final SimulatedWorld world = new SimulatedWorld(5);
    private final Phone phone = new Phone(world, "alice", new InetSocketAddress("10.0.0.1", 5060));
    private final Phone other = new Phone(world, "bob", new InetSocketAddress("10.0.0.2", 5060));
    private final Puppet puppet = new Puppet(world, new InetSocketAddress("10.0.0.9", 5062));
    private final List<Integer> told = new ArrayList<>();
    private int ids;

    @AfterEach
    void nothingIsLeft() {
        puppet.onRequest = request -> {};
        world.weather(Weather.FAIR);
        assertTrue(world.runUntilQuiet(Duration.ofHours(3)), world.live().toString());
        assertEquals(0, phone.agent.counters().transactions());
        assertEquals(0, other.agent.counters().transactions());
        world.close();
    }

    private void run() {
        world.runFor(Duration.ofMillis(50));
    }

    private void send(SipUri target, String text, Optional<Credentials> credentials) {
        send("id" + ++ids, target, text, credentials);
    }

    private void send(String id, SipUri target, String text, Optional<Credentials> credentials) {
        phone.agent.send(
                new OutgoingMessage(
                        id,
                        target,
                        Optional.empty(),
                        target,
                        SipUri.of("alice", "10.0.0.1", 5060),
                        List.of(new Header("X-Case", "7")),
                        text,
                        credentials),
                told::add);
    }

    private static SipUri at(String user, String host, int port) {
        return SipUri.of(user, host, port);
    }

    // ---- what comes in

    @Test
    void aMessageIsTakenOnceHoweverOftenItComes() {
        // RFC 3428 §7; RFC 3261 §17.2.2
        puppet.message(phone, "m", "c1", 1, "", TEXT, "Hello, Älice");
        puppet.message(phone, "m", "c1", 1, "", TEXT, "Hello, Älice");
        run();
        puppet.message(phone, "m", "c1", 1, "", TEXT, "Hello, Älice");
        run();
        assertEquals(
                List.of("Hello, Älice"),
                phone.messages.stream().map(IncomingMessage::text).toList());
        assertEquals(List.of("202", "202", "202"), puppet.kinds());
        assertTrue(puppet.response("202").header("Contact").isEmpty(), "RFC 3428 §7: no Contact");
    }

    @Test
    void theSameOnAnotherWayIs482() {
        // RFC 3261 §8.2.2.2
        puppet.message(phone, "m1", "c1", 1, "", TEXT, "once");
        puppet.message(phone, "m2", "c1", 1, "", TEXT, "once");
        run();
        assertEquals(List.of("202", "482"), puppet.kinds());
        world.runFor(Duration.ofSeconds(33));
        puppet.message(phone, "m3", "c1", 1, "", TEXT, "much later");
        run();
        assertEquals(2, phone.messages.size());
    }

    @Test
    void whatIsNoTextIs415WithAccept() {
        // RFC 3428 §7; RFC 3994: typing indications are no messages
        puppet.message(phone, "m1", "c1", 1, "", "Content-Type: application/im-iscomposing+xml\n", "<x/>");
        run();
        assertEquals("text/plain", puppet.header("415", "Accept").orElseThrow());
        // and no other request has a text for a body
        puppet.send(
                puppet.text(phone, "INVITE", "i", "c2", 1, "p", "", TEXT)
                                .replace("Content-Length: 0\n\n", "Content-Length: 2\n\n")
                        + "hi",
                phone);
        run();
        assertTrue(puppet.header("415", "Accept").orElseThrow().contains("application/sdp"));
        assertTrue(phone.messages.isEmpty() && phone.invites.isEmpty());
    }

    @Test
    void whatIsNoTextIsNotTakenForOneThoughItsHandlingIsOptional() {
        // RFC 3261 §20.11: such a body may be left out, it is not read as something else; without it nothing is left of
        // a MESSAGE
        puppet.message(
                phone,
                "m1",
                "c1",
                1,
                "",
                "Content-Type: application/im-iscomposing+xml\nContent-Disposition: render;handling=optional\n",
                "<x/>");
        puppet.message(
                phone,
                "m2",
                "c2",
                1,
                "",
                "Content-Type: text/plain\nContent-Encoding: gzip\nContent-Disposition: render;handling=optional\n",
                "packed");
        run();
        assertEquals(List.of("415", "415"), puppet.kinds());
        assertEquals(List.of(), phone.messages);
    }

    @Test
    void aTextIsReadInItsOwnCharacters() {
        // RFC 2046 §4.1.2: charset; RFC 3261 §8.2.3: 415 for what is not understood, rather than a text that nobody can
        // read
        byte[] latin = puppet.text(
                        phone, "MESSAGE", "m1", "c1", 1, "p", "", "Content-Type: text/plain; charset=\"ISO-8859-1\"\n")
                .replace("Content-Length: 0\n\n", "Content-Length: 5\n\nÄlice")
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        puppet.send(latin, phone.agent.address());
        puppet.message(phone, "m2", "c2", 1, "", "Content-Type: text/plain;charset=utf-8\n", "Älice");
        puppet.message(phone, "m3", "c3", 1, "", "Content-Type: text/plain;charset=klingon\n", "nuqneH");
        puppet.message(phone, "m4", "c4", 1, "", "Content-Type: text/plain;charset=\"a b\"\n", "nuqneH");
        run();
        assertEquals(List.of("202", "202", "415", "415"), puppet.kinds());
        assertEquals(
                List.of("Älice", "Älice"),
                phone.messages.stream().map(IncomingMessage::text).toList());
    }

    @Test
    void aStrangerThatIsTurnedAwayLeavesNothingBehind() {
        // reliability S6, S7: what is refused to who has proved nothing costs no memory
        phone.textVerdict = new MessageVerdict.Answer(404, "");
        for (int i = 0; i < 10; i++) {
            puppet.message(phone, "m" + i, "c" + i, 1, "", TEXT, "is anybody there");
        }
        run();
        assertEquals(Collections.nCopies(10, "404"), puppet.kinds());
        assertEquals(0, phone.agent.counters().transactions());
    }

    @Test
    void anEmptyOneIs400AndOneTooLongIs413() {
        // ADR-0024: 1 to 1,600 characters
        puppet.message(phone, "m1", "c1", 1, "", TEXT, " \n");
        puppet.message(phone, "m2", "c2", 1, "", TEXT, "x".repeat(Phone.LONGEST_MESSAGE + 1));
        puppet.message(phone, "m3", "c3", 1, "", TEXT, "x".repeat(Phone.LONGEST_MESSAGE));
        run();
        assertEquals(List.of("400", "413", "202"), puppet.kinds());
        assertEquals(1, phone.messages.size());
    }

    @Test
    void whoMustProveItselfIsChallengedAndNothingIsLeftBehind() {
        // RFC 3261 §22.3; reliability S3, S5
        phone.textVerdict = new MessageVerdict.Challenge();
        puppet.message(phone, "m1", "c1", 1, "", TEXT, "let me in");
        run();
        assertTrue(puppet.header("407", "Proxy-Authenticate").isPresent());
        assertEquals(0, phone.agent.counters().transactions());
    }

    @Test
    void aMessageInADialogIsAMessage() {
        // RFC 3428 §4: allowed, if unwise
        phone.answers();
        puppet.request(phone, "INVITE", "1", "c1", 10, "p", "", "");
        run();
        String tag = puppet.tag("200");
        puppet.request(phone, "ACK", "2", "c1", 10, "p", tag, "");
        puppet.message(phone, "m", "c1", 11, tag, TEXT, "by the way");
        run();
        assertEquals("by the way", phone.messages.getFirst().text());
        puppet.request(phone, "BYE", "3", "c1", 12, "p", tag, "");
        run();
    }

    @Test
    void aServerThatTakesNoMoreSays503() {
        // RFC 3261 §21.5.4
        phone.agent.refuseNewCalls(7);
        puppet.message(phone, "m1", "c1", 1, "", TEXT, "late");
        run();
        assertEquals("7", puppet.header("503", "Retry-After").orElseThrow());
    }

    @Test
    void aTextThatFindsNoRoomMayComeAgain() {
        // RFC 3261 §21.5.4: a 503 without Retry-After counts as a 500
        phone.textVerdict = new MessageVerdict.Answer(503, "");
        puppet.message(phone, "m1", "c1", 1, "", TEXT, "one too many");
        run();
        assertEquals("5", puppet.header("503", "Retry-After").orElseThrow());
    }

    // ---- what goes out

    @Test
    void aMessageOfOursArrivesThoughTheNetworkLosesAndDoubles() {
        // RFC 3428 §4, §8; RFC 3261 §17.1.2
        world.weather(Weather.FAIR.withLoss(0.4).withDuplication(0.3));
        for (int i = 0; i < 20; i++) {
            send(at("bob", "10.0.0.2", 5060), "text " + i, Optional.empty());
        }
        world.runFor(Duration.ofSeconds(70));
        List<String> texts =
                other.messages.stream().map(IncomingMessage::text).distinct().toList();
        assertEquals(other.messages.size(), texts.size(), "none twice: " + texts);
        assertEquals(20, told.size());
        assertTrue(texts.size() >= 19, texts.toString());
        SipRequest one = other.messages.getFirst().request();
        assertTrue(one.header("Contact").isEmpty(), "RFC 3428 §4: no Contact");
        assertEquals("7", one.header("X-Case").orElseThrow());
    }

    @Test
    void aPhoneThatIsThereTwiceTakesItOnce() {
        // RFC 3261 §8.2.2.2: the same Call-ID, From tag and CSeq on two ways
        send("SM1", at("bob", "10.0.0.2", 5060), "hello", Optional.empty());
        send("SM1", at("bob-at-home", "10.0.0.2", 5060), "hello", Optional.empty());
        run();
        assertEquals(1, other.messages.size());
        assertEquals("SM1", other.messages.getFirst().request().callId());
        assertEquals(List.of(202, 482), told);
    }

    @Test
    void aChallengeIsAnsweredOnce() {
        // RFC 3261 §22.2
        other.passwords.put("house", "secret");
        other.textVerdict = new MessageVerdict.Challenge();
        send(at("bob", "10.0.0.2", 5060), "hello", Optional.of(new Credentials("house", "secret")));
        run();
        // it asks for a proof again and again
        assertEquals(List.of(407), told);
        assertEquals(2, other.messages.size());
        assertEquals(Optional.of("house"), other.messages.getLast().client());
        other.textVerdict = new MessageVerdict.Answer(200, "");
        send(at("bob", "10.0.0.2", 5060), "hello", Optional.empty());
        run();
        assertEquals(List.of(407, 200), told);
    }

    @Test
    void whoSaysNothingIs408AndWhatLeadsNowhereIs503() {
        // RFC 3261 §8.1.3.1
        send(at("nobody", "10.0.0.77", 5060), "hello", Optional.empty());
        send(SipUri.parse("sips:bob@10.0.0.2").orElseThrow(), "hello", Optional.empty());
        world.runFor(Duration.ofSeconds(33));
        assertEquals(List.of(503, 408), told);
    }
}

package teleapi.sip.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SipParserTest {
    private static final String TAIL = """
        From: <sip:a@example.com>;tag=1
        To: <sip:b@example.com>
        Call-ID: x
        CSeq: 1 OPTIONS

        """;
    private static final String VIA = "Via: SIP/2.0/UDP a.example.com;branch=z9hG4bK1\n";

    private static ParsedMessage parse(String text) {
        return SipParser.parse(ByteBuffer.wrap(Corpus.wire(text)));
    }

    private static ParsedMessage options(String headers) {
        return parse("OPTIONS sip:b@example.com SIP/2.0\n" + VIA + headers + TAIL);
    }

    private static int status(ParsedMessage parsed) {
        return assertInstanceOf(ParsedMessage.Malformed.class, parsed).status();
    }

    @Test
    void lineEndsAloneAreAKeepAlive() {
        // RFC 5626 §4.4.1
        assertInstanceOf(ParsedMessage.KeepAlive.class, parse("\n\n"));
        assertInstanceOf(ParsedMessage.KeepAlive.class, parse(""));
    }

    @Test
    void lineEndsBeforeTheStartLineAreIgnored() {
        // RFC 3261 §7.5
        assertInstanceOf(ParsedMessage.Message.class, parse("\n\nOPTIONS sip:b@example.com SIP/2.0\n" + VIA + TAIL));
    }

    @Test
    void whatIsNoSipIsSaidToBeNone() {
        // RFC 3261 §7.1, §7.2; a STUN request and HTTP
        assertInstanceOf(ParsedMessage.NotSip.class, parse("{{000100002112A442}}abcdefghijkl"));
        assertInstanceOf(ParsedMessage.NotSip.class, parse("GET / HTTP/1.1\n\n"));
        assertInstanceOf(ParsedMessage.NotSip.class, parse("x".repeat(5_000)));
        assertInstanceOf(ParsedMessage.NotSip.class, parse(" SIP/2.0\n\n"));
    }

    @Test
    void limitsAreKept() {
        // Bounds: 64 KiB, 200 headers, 70 Vias, 8 KiB a line, 32 KiB of headers, 2 KiB of Request-URI
        assertInstanceOf(ParsedMessage.NotSip.class, SipParser.parse(ByteBuffer.allocate(70_000)));
        assertInstanceOf(ParsedMessage.Message.class, options("X: y\n".repeat(195)));
        assertEquals(513, status(options("X: y\n".repeat(196))));
        assertInstanceOf(ParsedMessage.Message.class, options(VIA.repeat(69)));
        assertEquals(400, status(options(VIA.repeat(70))));
        assertEquals(400, status(options("Via: SIP/2.0/UDP a" + ", SIP/2.0/UDP a".repeat(69) + "\n")));
        assertInstanceOf(ParsedMessage.Message.class, options("X: " + "y".repeat(8_000) + "\n"));
        assertEquals(513, status(options("X: " + "y".repeat(8_200) + "\n")));
        assertEquals(513, status(options("X: y\n" + " y\n".repeat(4_000))));
        assertEquals(513, status(options(("X: " + "y".repeat(8_000) + "\n").repeat(5))));
        assertEquals(414, status(parse("OPTIONS sip:" + "b".repeat(2_050) + "@c SIP/2.0\n" + VIA + TAIL)));
    }

    @Test
    void aBareLineFeedIsNoLineEnd() {
        // RFC 3261 §7: CRLF; a line feed that one reader takes for a line end and another does not hides headers
        ParsedMessage parsed = parse("OPTIONS sip:b@example.com SIP/2.0\n" + VIA + "X: a{{0A}}Y: b\n" + TAIL);
        assertEquals(400, status(parsed));
        assertEquals(400, status(options("X: a{{0D}}b\n")));
        assertEquals(400, status(options("X: a{{00}}b\n")));
        assertEquals(400, status(options("X: \"a\\{{0A}}b\"\n")));
        assertEquals(400, status(options("X: a{{01}}b\n")));
    }

    @Test
    void aLineWithoutANameIsMalformed() {
        // RFC 3261 §7.3.1
        for (String line : List.of("nonsense\n", ": x\n", "a b: c\n", "X;y: z\n")) {
            assertEquals(400, status(options(line)), line);
        }
    }

    @Test
    void aDatagramThatEndsInItsHeadersIsMalformed() {
        // RFC 3261 §7: the empty line must be there
        byte[] whole = Corpus.wire("OPTIONS sip:b@example.com SIP/2.0\n" + VIA + TAIL);
        for (int length : new int[] {whole.length - 1, whole.length - 2, whole.length - 3, whole.length - 30}) {
            assertEquals(400, status(SipParser.parse(ByteBuffer.wrap(whole, 0, length))), String.valueOf(length));
        }
    }

    @Test
    void nobodyAnswersAnAckOrAResponseOrWhatHasNoVia() {
        // RFC 3261 §17.1.1.3, §18.2.2
        for (String text : List.of(
                "ACK sip:b@example.com SIP/2.0\n" + VIA + "Max-Forwards: x\n" + TAIL,
                "SIP/2.0 200 OK\n" + VIA + "Max-Forwards: x\n" + TAIL,
                "OPTIONS sip:b@example.com SIP/2.0\nMax-Forwards: x\n" + TAIL)) {
            assertEquals(
                    Optional.empty(),
                    assertInstanceOf(ParsedMessage.Malformed.class, parse(text)).request(),
                    text);
        }
    }

    @Test
    void compactFormsAreExpandedAndNamesSpelledAsUsual() {
        // RFC 3261 §7.3.3, §20
        SipMessage message =
                assertInstanceOf(ParsedMessage.Message.class, parse("""
                    OPTIONS sip:b@example.com SIP/2.0
                    v: SIP/2.0/UDP a
                    F: <sip:a@b>;tag=1
                    t: <sip:b@c>
                    I: x
                    cseq: 1 OPTIONS
                    k: timer
                    X: y
                    SESSION-EXPIRES: 90
                    x-teleapi-callsid: CA1
                    Odd-Name: z

                    """)).message();
        assertEquals(
                List.of(
                        "Via",
                        "From",
                        "To",
                        "Call-ID",
                        "CSeq",
                        "Supported",
                        "Session-Expires",
                        "Session-Expires",
                        "X-Teleapi-CallSid",
                        "Odd-Name"),
                message.headers().stream().map(Header::name).toList());
    }

    @Test
    void whatIsWrittenIsReadBack() {
        // RFC 3261 §7; Content-Length is the body's, whatever the headers said
        byte[] body = "v=0\r\n\0\u00FF".getBytes(StandardCharsets.ISO_8859_1);
        SipRequest request = Corpus.request(
                        Corpus.wire("OPTIONS sip:b@example.com SIP/2.0\n" + VIA + "Content-Length: 0\n" + TAIL))
                .withBody("application/sdp", body);
        SipRequest read = Corpus.request(SipWriter.bytes(request));
        assertArrayEquals(body, read.body());
        assertEquals(List.of(String.valueOf(body.length)), read.headers("Content-Length"));
    }

    @Test
    void ordinaryMessagesAreAllWellFormed() {
        // RFC 3261 §25 and extensions, as phones and trunks write them
        Corpus.read("ordinary.txt").forEach((name, bytes) -> assertEquals("serve", Corpus.verdict(bytes), name));
    }
}

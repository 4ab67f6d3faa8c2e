package teleapi.sip.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamFramerTest {
    private static byte[] message(String callId, String length, String body) {
        return Corpus.wire("""
            MESSAGE sip:bob@example.com SIP/2.0
            Via: SIP/2.0/TCP a.example.com;branch=z9hG4bK1
            From: <sip:a@example.com>;tag=1
            To: <sip:b@example.com>
            Call-ID: %s
            CSeq: 1 MESSAGE
            %s

            %s\
            """.formatted(callId, length, body));
    }

    private static final byte[] ONE = message("one", "Content-Length: 5", "hello");
    private static final byte[] TWO = message("two", "l: 0", "");

    private static byte[] join(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** What comes out when the bytes come in chunks of this size; the last element is null when the stream is broken. */
    private static List<String> cut(byte[] bytes, int chunk) {
        StreamFramer framer = new StreamFramer();
        List<String> seen = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += chunk) {
            boolean goesOn = framer.take(
                    ByteBuffer.wrap(bytes, at, Math.min(chunk, bytes.length - at)),
                    message -> seen.add(
                            switch (message) {
                                case ParsedMessage.Message(SipMessage well) -> well.callId() + ":" + well.body().length;
                                case ParsedMessage.Malformed malformed -> String.valueOf(malformed.status());
                                case ParsedMessage.KeepAlive _ -> "alive";
                                case ParsedMessage.NotSip _ -> "no SIP";
                            }));
            if (!goesOn) {
                seen.add("close");
                break;
            }
        }
        return seen;
    }

    @Test
    void messagesAreCutOutWhateverTheChunks() {
        // RFC 3261 §18.3: by Content-Length, not by segments
        byte[] stream = join(ONE, TWO, ONE, TWO, TWO);
        for (int chunk : new int[] {1, 2, 3, 7, 100, ONE.length, ONE.length + 1, stream.length}) {
            assertEquals(
                    List.of("one:5", "two:0", "one:5", "two:0", "two:0"), cut(stream, chunk), "chunks of " + chunk);
        }
    }

    @Test
    void theBodyArrivesByteForByte() {
        // RFC 3261 §7.4
        List<byte[]> bodies = new ArrayList<>();
        StreamFramer framer = new StreamFramer();
        framer.take(
                ByteBuffer.wrap(join(TWO, ONE)),
                parsed -> bodies.add(((ParsedMessage.Message) parsed).message().body()));
        assertArrayEquals(ascii("hello"), bodies.get(1));
        assertFalse(framer.isInMessage());
        framer.take(ByteBuffer.wrap(ONE, 0, 10), parsed -> bodies.add(new byte[0]));
        assertTrue(framer.isInMessage());
        assertEquals(2, bodies.size());
    }

    @Test
    void doubleLineEndsBetweenMessagesAreKeepAlives() {
        // RFC 5626 §4.4.1; RFC 3261 §7.5: single ones are ignored
        byte[] stream = join(ascii("\r\n"), ONE, ascii("\r\n\r\n\r\n\r\n"), TWO);
        assertEquals(List.of("one:5", "alive", "alive", "two:0"), cut(stream, 1));
        assertEquals(List.of("one:5", "alive", "alive", "two:0"), cut(stream, stream.length));
    }

    @Test
    void aStreamWithoutALengthIsBeyondRepair() {
        // RFC 3261 §20.14: over a stream Content-Length must be there
        assertEquals(List.of("400", "close"), cut(join(message("x", "Subject: y", "hello"), ONE), 9));
        assertEquals(List.of("400", "close"), cut(join(message("x", "l: -1", ""), ONE), 9));
        assertEquals(List.of("400", "close"), cut(join(message("x", "l: 0\nl: 5", "hello"), ONE), 9));
        assertEquals(List.of("513", "close"), cut(message("x", "l: 70000", ""), 9));
        assertEquals(List.of("513", "close"), cut(message("x", "l: 2147483647", ""), 9));
    }

    @Test
    void aMalformedMessageOfKnownLengthDoesNotEndTheStream() {
        // RFC 3261 §18.3: the next message begins where the length says
        byte[] bad = Corpus.wire("""
            MESSAGE sip:bob@example.com SIP/2.0
            Via: SIP/2.0/TCP a;branch=z9hG4bK1
            From: nonsense
            l: 2

            ab\
            """);
        assertEquals(List.of("400", "one:5"), cut(join(bad, ONE), 5));
    }

    @Test
    void whatIsNoSipEndsTheStream() {
        // RFC 3261 §7: a browser that finds the port
        assertEquals(List.of("no SIP", "close"), cut(ascii("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), 4));
    }

    @Test
    void headersWithoutAnEndAreCutOff() {
        // Bound: 32 KiB of headers, whatever the chunks
        byte[] endless = join(
                ascii("OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/TCP a;branch=z9hG4bK1\r\n"),
                ascii("X: y\r\n".repeat(20_000)));
        assertEquals(List.of("513", "close"), cut(endless, 1_000));
        assertEquals(List.of("no SIP", "close"), cut(ascii("x".repeat(100_000)), 1_000));
    }

    @Test
    void aWholeMessageOfTheLargestSizeFits() {
        // Bound: 64 KiB
        byte[] empty = message("big", "Content-Length: 00000", "");
        int room = SipParser.LONGEST_MESSAGE - empty.length;
        byte[] big = message("big", "Content-Length: " + room, "z".repeat(room));
        assertEquals(SipParser.LONGEST_MESSAGE, big.length);
        assertEquals(List.of("big:" + room, "one:5"), cut(join(big, ONE), 1_460));
        assertInstanceOf(ParsedMessage.Message.class, SipParser.parse(ByteBuffer.wrap(big)));
    }
}

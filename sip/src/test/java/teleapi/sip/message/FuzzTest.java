package teleapi.sip.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import teleapi.sip.SipUri;

/** Damaged messages from a seed; a failure shows the bytes that did it. */
class FuzzTest {
    private static final int MUTANTS = 100_000;
    private static final int LONGEST = 8_000;
    private static final List<byte[]> WORDS = Stream.of(
                    "\r\n",
                    "\r\n ",
                    "\n",
                    ",",
                    ";",
                    "\"",
                    "\\",
                    "<",
                    ">",
                    "%00",
                    "%",
                    ":",
                    "=",
                    "@",
                    "?",
                    "[::1]",
                    "\r\n\r\n",
                    " ",
                    "\t",
                    "*",
                    "99999999999999999999",
                    "-1",
                    ";tag=",
                    "Via: ",
                    "l: 4\r\n",
                    "SIP/2.0",
                    "sip:",
                    "tel:+1",
                    "\0",
                    "\u00FF",
                    "\u00C3",
                    "\u00E2\u0080",
                    "Contact: *\r\n",
                    ";a=b",
                    "\"\"",
                    "&x=y",
                    "::",
                    "()",
                    "00")
            .map(word -> word.getBytes(ISO_8859_1))
            .toList();

    private static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (String file : List.of(
                "ordinary.txt", "rfc4475-valid.txt", "rfc4475-invalid.txt", "rfc4475-application.txt", "rfc5118.txt")) {
            seeds.addAll(Corpus.read(file).values());
        }
        return seeds;
    }

    private static byte[] mutate(byte[] seed, byte[] other, SplittableRandom random) {
        byte[] bytes = seed;
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            int from = random.nextInt(bytes.length + 1);
            int to = Math.min(bytes.length, from + random.nextInt(20));
            bytes = switch (random.nextInt(7)) {
                case 0 -> join(bytes, from, new byte[] {(byte) random.nextInt(256)}, Math.min(from + 1, bytes.length));
                case 1, 2 -> join(bytes, from, WORDS.get(random.nextInt(WORDS.size())), from);
                case 3 -> join(bytes, from, new byte[0], to);
                case 4 -> join(bytes, from, Arrays.copyOfRange(bytes, from, to), from);
                case 5 -> {
                    int start = random.nextInt(other.length);
                    yield join(
                            bytes,
                            from,
                            Arrays.copyOfRange(other, start, Math.min(other.length, start + random.nextInt(80))),
                            to);
                }
                default -> random.nextInt(10) > 0 ? bytes : Arrays.copyOf(bytes, from);
            };
        }
        return bytes.length > LONGEST ? Arrays.copyOf(bytes, LONGEST) : bytes;
    }

    /** The bytes up to {@code to}, then the middle, then the bytes from {@code on}. */
    private static byte[] join(byte[] bytes, int to, byte[] middle, int on) {
        ByteBuffer all = ByteBuffer.allocate(to + middle.length + bytes.length - on);
        return all.put(bytes, 0, to)
                .put(middle)
                .put(bytes, on, bytes.length - on)
                .array();
    }

    @Test
    @Timeout(120)
    void noDamageBringsTheParserDownAndWhatItTakesItWritesBackTheSame() {
        // Every byte from the network is hostile: no exception, and parse(write(parse(x))) is parse(x)
        SplittableRandom random = new SplittableRandom(4475);
        List<byte[]> seeds = seeds();
        int taken = 0;
        for (int i = 0; i < MUTANTS; i++) {
            byte[] mutant = mutate(seeds.get(i % seeds.size()), seeds.get(random.nextInt(seeds.size())), random);
            try {
                taken += check(mutant) ? 1 : 0;
                checkStream(mutant, random);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("mutant " + i + ": " + HexFormat.of().formatHex(mutant), e);
            }
        }
        // the mutants are neither all broken nor all whole
        assertTrue(taken > MUTANTS / 10 && taken < MUTANTS * 9 / 10, "taken " + taken);
    }

    private static boolean check(byte[] mutant) {
        return switch (SipParser.parse(ByteBuffer.wrap(mutant))) {
            case ParsedMessage.Message(SipMessage message) -> {
                SipMessage again = Corpus.message(SipWriter.bytes(message));
                checkSame(message, again);
                checkValues(message);
                yield true;
            }
            case ParsedMessage.Malformed malformed -> {
                malformed.request().ifPresent(request -> {
                    SipResponse answer = SipResponse.to(request, malformed.status(), "tag");
                    assertTrue(SipWriter.bytes(answer).length < 3 * mutant.length + 300);
                    assertTrue(request.topVia().isPresent()
                            || request.header("Via").isPresent());
                });
                yield false;
            }
            case ParsedMessage.KeepAlive _, ParsedMessage.NotSip _ -> false;
        };
    }

    private static void checkSame(SipMessage first, SipMessage second) {
        switch (first) {
            case SipRequest a -> {
                SipRequest b = (SipRequest) second;
                assertEquals(a.method() + " " + a.requestUri(), b.method() + " " + b.requestUri());
                Corpus.RULES.refusal(a).ifPresent(refusal -> SipWriter.bytes(refusal.answer(a, "tag")));
            }
            case SipResponse a ->
                assertEquals(
                        a.status() + " " + a.reason(),
                        ((SipResponse) second).status() + " " + ((SipResponse) second).reason());
        }
        assertEquals(withoutLength(first), withoutLength(second));
        assertArrayEquals(first.body(), second.body());
    }

    private static List<Header> withoutLength(SipMessage message) {
        return message.headers().stream()
                .filter(header -> !header.is("Content-Length"))
                .toList();
    }

    /** Whatever a parsed message is asked for, it answers; typed values survive their text. */
    private static void checkValues(SipMessage message) {
        assertTrue(message.callId().length() + message.cseq().toString().length() > 0);
        assertEquals(message.via(), message.vias().getFirst());
        for (Via via : message.vias()) {
            assertEquals(Optional.of(via), Via.parse(via.toString()));
        }
        List<NameAddress> addresses = new ArrayList<>(List.of(message.from(), message.to()));
        addresses.addAll(message.addresses("Contact"));
        addresses.addAll(message.addresses("Route"));
        for (NameAddress address : addresses) {
            assertEquals(Optional.of(address), NameAddress.parse(address.toString()));
            address.sipUri().ifPresent(uri -> assertEquals(Optional.of(uri), SipUri.parse(uri.toString())));
        }
        for (Header header : message.headers()) {
            AuthParameters.parse(header.value())
                    .ifPresent(read -> assertTrue(read.parameters().size() <= 30));
        }
        message.contentType();
        message.expires();
        message.maxForwards();
        message.contact();
    }

    private static void checkStream(byte[] mutant, SplittableRandom random) {
        StreamFramer framer = new StreamFramer();
        int[] out = {0};
        int at = 0;
        boolean open = true;
        while (open && at < mutant.length) {
            int size = Math.min(mutant.length - at, 1 + random.nextInt(600));
            open = framer.take(ByteBuffer.wrap(mutant, at, size), parsed -> out[0]++);
            at += size;
        }
        assertTrue(out[0] <= mutant.length / 4 + 1);
    }

    @Test
    @Timeout(60)
    void longRepetitionsAreReadInLinearTime() {
        // Bound: 64 KiB of the same few characters, where a scan that begins again for each of them would take minutes
        for (byte[] word : WORDS) {
            for (String name : List.of("Via", "Contact", "To", "X", "CSeq", "Accept")) {
                byte[] start = ("OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP a;branch=z9hG4bK1\r\n" + name
                                + ": <sip:a@b>")
                        .getBytes(ISO_8859_1);
                ByteBuffer all = ByteBuffer.allocate(SipParser.LONGEST_MESSAGE).put(start);
                while (all.remaining() >= word.length) {
                    all.put(word);
                }
                check(Arrays.copyOf(all.array(), all.position()));
                check(Arrays.copyOf(all.array(), 8_000));
            }
        }
    }
}

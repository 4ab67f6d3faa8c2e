package teleapi.rcml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static teleapi.rcml.Documents.codes;
import static teleapi.rcml.Documents.invalid;
import static teleapi.rcml.Documents.parse;
import static teleapi.rcml.Documents.response;
import static teleapi.rcml.Documents.valid;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes from an application server that is hostile or broken. Source: reference/reliability.md A3. */
final class HostileDocumentTest {
    private static final int MUTANTS = 50_000;
    private static final String SYNTAX = "<>&;'\"/= \n0a!-[]?#:";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE Response><Response/>",
                "<!doctype html><Response/>",
                "<!-- x --><!DOCTYPE Response SYSTEM 'http://canary.invalid/x.dtd'><Response/>",
                "<?xml version='1.0'?><!DOCTYPE r [<!ENTITY a 'b'>]><Response><Say>&a;</Say></Response>",
                "<Response><!ENTITY a 'b'></Response>",
                "<Response><!DOCTYPE x></Response>"
            })
    void aDoctypeIsRefusedOutright(String document) {
        // reliability.md A3: also a harmless one.
        Parsed.Invalid invalid = invalid(parse(document));
        assertTrue(invalid.reason().contains("DOCTYPE"), invalid.reason());
    }

    @Test
    void aBillionLaughsAreRefused() {
        // reliability.md A3, group expansion.
        StringBuilder bomb = new StringBuilder("<?xml version='1.0'?><!DOCTYPE lolz [<!ENTITY lol0 'lol'>");
        for (int i = 1; i < 10; i++) {
            bomb.append("<!ENTITY lol" + i + " '" + ("&lol" + (i - 1) + ";").repeat(10) + "'>");
        }
        Parsed.Invalid invalid = invalid(parse(bomb + "]><Response><Say>&lol9;</Say></Response>"));
        assertEquals(new Position(1, 22), invalid.position());
    }

    @Test
    void anExternalEntityIsNotRead(@TempDir Path folder) throws Exception {
        // reliability.md A3, group xxe: in UTF-16 too, where a filter on bytes is blind.
        Path secret = Files.writeString(folder.resolve("secret"), "canary");
        String document = "<?xml version='1.0'?><!DOCTYPE r [<!ENTITY x SYSTEM '" + secret.toUri()
                + "'>]><Response><Say>&x;</Say></Response>";
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16, StandardCharsets.UTF_16LE)) {
            Parsed.Invalid invalid = invalid(RcmlParser.parse(document.getBytes(charset)));
            assertFalse(invalid.reason().contains("canary"));
        }
    }

    @Test
    void inclusionIsAnUnknownVerb() {
        // reliability.md A3: no XInclude.
        codes(
                response("<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='file:///etc/passwd'/>"),
                RcmlCode.SCHEMA_WARNING);
    }

    @Test
    void depthIsLimited() {
        // reliability.md A3: 32.
        valid(parse("<Response>" + "<x>".repeat(31) + "</x>".repeat(31) + "</Response>"));
        Parsed.Invalid invalid = invalid(parse("<Response>" + "<x>".repeat(32) + "</x>".repeat(32) + "</Response>"));
        assertEquals("elements are nested deeper than 32", invalid.reason());
        assertEquals(new Position(1, 11 + 31 * 3), invalid.position());
    }

    @Test
    void elementsAreLimited() {
        // reliability.md A3: 1,000.
        valid(parse("<Response>" + "<Hangup/>".repeat(999) + "</Response>"));
        assertEquals(
                "document has more than 1000 elements",
                invalid(parse("<Response>" + "<Hangup/>".repeat(1_000) + "</Response>"))
                        .reason());
    }

    @Test
    void attributesAreLimited() {
        // reliability.md A3: 64 each.
        valid(parse("<Response" + attributes(64) + "/>"));
        assertEquals(
                "element has more than 64 attributes",
                invalid(parse("<Response" + attributes(65) + "/>")).reason());
        assertEquals(
                "element has more than 64 attributes",
                invalid(parse("<Response" + attributes(6_500) + "/>")).reason());
    }

    private static String attributes(int count) {
        StringBuilder attributes = new StringBuilder();
        for (int i = 0; i < count; i++) {
            attributes.append(" a").append(i).append("=''");
        }
        return attributes.toString();
    }

    @Test
    void sizeIsLimited() {
        // reliability.md A3: 64 KiB.
        String document = "<Response><!--" + "x".repeat(65_536 - 28) + "--></Response>";
        assertEquals(65_536, document.length());
        valid(parse(document));
        assertEquals(
                "document has 65537 bytes, limit 65536",
                invalid(parse(document + " ")).reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "ISO-8859-1", "windows-1252"})
    void declaredEncodingsAreRead(String name) {
        // XML 1.0 appendix F.
        String document = "<?xml version=\"1.0\" encoding=\"" + name + "\"?>\n<Response><Say>grün</Say></Response>";
        RcmlDocument read = valid(RcmlParser.parse(document.getBytes(Charset.forName(name))));
        assertEquals("grün", ((Say) read.verbs().getFirst()).text());
        assertEquals(new Position(2, 11), read.verbs().getFirst().position());
        codes(read);
    }

    @Test
    void aByteOrderMarkWinsOverTheDeclaration() {
        // XML 1.0 appendix F.1.
        byte[] document = "\uFEFF<?xml version='1.0' encoding='iso-8859-1'?><Response><Say>ü</Say></Response>"
                .getBytes(StandardCharsets.UTF_8);
        assertEquals("ü", ((Say) valid(RcmlParser.parse(document)).verbs().getFirst()).text());
    }

    @Test
    void utf8DeclaredAsUtf16IsForgiven() {
        // Frameworks that write XML into a string declare the string's encoding.
        RcmlDocument document =
                valid(parse("<?xml version=\"1.0\" encoding=\"utf-16\"?><Response><Say>ü</Say></Response>"));
        codes(document, RcmlCode.SCHEMA_WARNING);
        assertEquals("ü", ((Say) document.verbs().getFirst()).text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-7", "UTF-32", "IBM037", "x-user-defined", "../../etc"})
    void exoticEncodingsAreRefused(String name) {
        // They only serve to hide a DOCTYPE.
        Parsed.Invalid invalid = invalid(parse("<?xml version='1.0' encoding='" + name + "'?><Response/>"));
        assertTrue(invalid.reason().startsWith("encoding "), invalid.reason());
    }

    @Test
    void bytesThatAreNotTheEncodingAreRefusedAtTheirPlace() {
        // RFC 3629 §10: malformed sequences are not to be guessed.
        byte[] document = "<Response>\n<Say>x?</Say></Response>".getBytes(StandardCharsets.UTF_8);
        document[17] = (byte) 0xC0;
        Parsed.Invalid invalid = invalid(RcmlParser.parse(document));
        assertEquals(new Position(2, 7), invalid.position());
    }

    @Test
    void nulsAndControlCharactersAreRefused() {
        // XML 1.0 §2.2; also when XML 1.1 is declared, which would allow them.
        invalid(parse("<Response><Say>a\0b</Say></Response>"));
        invalid(parse("<Response><Say>a&#0;b</Say></Response>"));
        invalid(parse("<Response><Say>a\u001bb</Say></Response>"));
        invalid(parse("<?xml version='1.1'?><Response><Say>a&#1;b</Say></Response>"));
        invalid(RcmlParser.parse(new byte[65_536]));
    }

    @Test
    void noMutantOfADocumentIsAnException() {
        // CONTRACT 3: every document has an outcome. The seed is fixed; a failure names the mutant.
        Random random = new Random(20_121_0424L);
        List<byte[]> seeds = seeds();
        int valid = 0;
        for (int i = 0; i < MUTANTS; i++) {
            byte[] mutant = mutant(seeds.get(i % seeds.size()), seeds.get(random.nextInt(seeds.size())), random);
            switch (outcome(mutant)) {
                case Parsed.Valid ignored -> valid++;
                case Parsed.Invalid invalid -> assertFalse(invalid.reason().isEmpty());
            }
        }
        // Else the mutants would all die in the XML parser and say nothing about the verbs.
        assertTrue(valid > MUTANTS / 10, "only " + valid + " mutants were valid");
    }

    private static Parsed outcome(byte[] mutant) {
        try {
            return RcmlParser.parse(mutant);
        } catch (RuntimeException escaped) {
            throw new AssertionError(new String(mutant, StandardCharsets.ISO_8859_1), escaped);
        }
    }

    private static byte[] mutant(byte[] one, byte[] other, Random random) {
        byte[] mutant = one.clone();
        for (int edits = 1 + random.nextInt(3); edits > 0 && mutant.length > 0; edits--) {
            int at = random.nextInt(mutant.length);
            int length = Math.min(1 + random.nextInt(12), mutant.length - at);
            switch (random.nextInt(6)) {
                case 0 -> mutant[at] = (byte) random.nextInt(256);
                case 1 -> mutant[at] = (byte) ('0' + random.nextInt(10));
                case 2 -> mutant[at] = (byte) SYNTAX.charAt(random.nextInt(SYNTAX.length()));
                case 3 -> mutant = spliced(mutant, at, at + length, new byte[0], 0, 0);
                case 4 -> mutant = spliced(mutant, at, at, mutant, at, at + length);
                default -> {
                    int from = random.nextInt(other.length);
                    mutant = spliced(mutant, at, at, other, from, Math.min(from + length * 4, other.length));
                }
            }
        }
        return mutant;
    }

    /** {@code into} with the bytes from..to replaced by those of {@code piece}. */
    private static byte[] spliced(byte[] into, int from, int to, byte[] piece, int start, int end) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(into, 0, from);
        out.write(piece, start, end - start);
        out.write(into, to, into.length - to);
        return out.toByteArray();
    }

    private static List<byte[]> seeds() {
        String all = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<!-- a --><Response>\n"
                + "<Say voice='woman' loop='2'>hi &amp; <b>bye</b></Say><Play digits='12w'>a.wav</Play><Pause"
                + " length='3'/><Gather action='/g?a=1&b=2' numDigits='4'"
                + " finishOnKey='*'><Say>x</Say></Gather><Redirect method='GET'>../x</Redirect><Reject"
                + " reason='busy'/><Hangup/></Response>";
        String dial = "<Response><Dial action='/d' timeout='20' callerId='+1'><Number sendDigits='1'"
                + " statusCallbackEvent='ringing'>+1 2</Number><Client url='/u'>bob?X-A=1</Client><Sip"
                + " username='u' password='p'>sip:a@b</Sip></Dial><Dial><Conference beep='onEnter'"
                + " maxParticipants='3'><![CDATA[r]]></Conference></Dial><Dial>a@b</Dial></Response>";
        String text = "<Response><Sms to='+1 2' from='client:a' action='/s' method='GET'>"
                + "your table is booked for eight ".repeat(8)
                + "</Sms><Message statusCallback='c'><Body>x</Body><Media>m</Media></Message></Response>";
        return List.of(
                text.getBytes(StandardCharsets.UTF_8),
                all.getBytes(StandardCharsets.UTF_8),
                dial.getBytes(StandardCharsets.UTF_8),
                dial.getBytes(StandardCharsets.UTF_16));
    }
}

package teleapi.rcml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static teleapi.rcml.Documents.codes;
import static teleapi.rcml.Documents.invalid;
import static teleapi.rcml.Documents.parse;
import static teleapi.rcml.Documents.response;
import static teleapi.rcml.Documents.valid;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The document as a whole: what is refused, what is forgiven, and where a finding points. */
final class RcmlParserTest {
    @Test
    void verbsComeInTheOrderOfTheDocument() {
        // CONTRACT 3: verbs run top to bottom.
        RcmlDocument document = response("<Say>a</Say><Play>b.wav</Play><Pause/><Redirect>c</Redirect><Hangup/>");
        assertEquals(
                List.of("Say", "Play", "Pause", "Redirect", "Hangup"),
                document.verbs().stream().map(Verb::name).toList());
        codes(document);
    }

    @Test
    void documentsThatAreReadAtOnceDoNotMix() throws Exception {
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Callable<List<String>>> readers = IntStream.range(0, 8)
                    .<Callable<List<String>>>mapToObj(thread -> () -> IntStream.range(0, 500)
                            .mapToObj(i -> thread + "." + i)
                            .filter(text -> !response("<Say>" + text + "</Say><Play>" + text + "</Play>")
                                    .verbs()
                                    .equals(List.of(
                                            new Say(
                                                    new Position(1, 11),
                                                    text,
                                                    Say.DEFAULT_VOICE,
                                                    Say.DEFAULT_LANGUAGE,
                                                    1),
                                            new Play(new Position(1, 22 + text.length()), text, "", 1))))
                            .toList())
                    .toList();
            for (var mixed : threads.invokeAll(readers)) {
                assertEquals(List.of(), mixed.get());
            }
        }
    }

    @Test
    void anEmptyResponseIsValidAndHasNoVerbs() {
        // restcomm.md 5.1: an exhausted document hangs up, so an empty one is a way to say so.
        assertEquals(new RcmlDocument(List.of(), List.of()), valid(parse("<Response/>")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<response/>", "<Request/>", "<html><Response/></html>", "<x:Response xmlns:x='u'/>"})
    void anyOtherRootIsInvalid(String document) {
        // CONTRACT 3: no Response root means FallbackUrl.
        assertEquals(
                RcmlCode.ROOT_NOT_RESPONSE.number(), invalid(parse(document)).code());
    }

    @Test
    void aDocumentThatIsNotWellFormedNamesThePlace() {
        // CONTRACT 1: check names line and column.
        Parsed.Invalid invalid = invalid(parse("<Response>\n  <Say>hello</Pay>\n</Response>"));
        assertEquals(RcmlCode.DOCUMENT_PARSE_FAILURE.number(), invalid.code());
        assertEquals(2, invalid.position().line());
        assertTrue(invalid.reason().startsWith("document is not well-formed: "), invalid.reason());
    }

    @Test
    void thePlaceOfAnErrorIsTheOneInTheDocumentAsSent() {
        // The repaired '&' before the error makes the parsed text longer than the sent one.
        Parsed.Invalid repaired = invalid(parse("<Response a='1&2&3'><Say></Pay></Response>"));
        Parsed.Invalid plain = invalid(parse("<Response a='1_2_3'><Say></Pay></Response>"));
        assertEquals(plain.position(), repaired.position());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "hello",
                "<Response>",
                "<Response/><Response/>",
                "<Response/>tail",
                "<Response a=1/>",
                "<Response a='1' a='2'/>",
                "<Response><Say>&nbsp;</Say></Response>",
                "\n<?xml version='1.0'?><Response/>",
                "<Response><!-- a -- b --></Response>",
                "<Response><![CDATA[</Response>",
                "<Response><!-- </Response>",
                "<Response><? </Response>",
                "{\"say\":\"hello\"}"
            })
    void whatIsNotWellFormedIsInvalid(String document) {
        // CONTRACT 3: not well-formed means FallbackUrl.
        assertEquals(
                RcmlCode.DOCUMENT_PARSE_FAILURE.number(),
                invalid(parse(document)).code());
    }

    @Test
    void anUnknownVerbIsLeftOutAndTheOthersRun() {
        // CONTRACT 3: a notification with line and column, and the call goes on with the next verb.
        RcmlDocument document = valid(parse("<Response>\n  <Sing>la</Sing>\n  <Hangup/>\n</Response>"));
        assertEquals(List.of(new Hangup(new Position(3, 3))), document.verbs());
        Finding finding = document.findings().getFirst();
        assertEquals(new Position(2, 3), finding.position());
        assertEquals(RcmlCode.SCHEMA_WARNING.number(), finding.code());
        assertEquals("element \"Sing\" of Response is no verb; it is skipped", finding.message());
    }

    @Test
    void namesAreCaseSensitiveAndTheFindingSaysWhichWasMeant() {
        // As TwiML: 'say' is no verb. Guessing would hide the mistake until the application meets another server.
        RcmlDocument document = response("<say>a</say><Say Voice='man'>b</Say>");
        assertEquals(1, document.verbs().size());
        assertTrue(document.findings().get(0).message().contains(": did you mean Say? (names are case-sensitive)"));
        assertTrue(document.findings().get(1).message().contains(": did you mean voice? (names are case-sensitive)"));
    }

    @Test
    void anUnknownAttributeIsFoundAtItsPlace() {
        // CONTRACT 3: unknown attributes are notified with line and column.
        RcmlDocument document = valid(parse("<Response><Say\n  voice='woman'\n  colour = 'red'>x</Say></Response>"));
        Finding finding = document.findings().getFirst();
        assertEquals(new Position(3, 3), finding.position());
        assertEquals("attribute \"colour\" of Say is unknown; it is ignored", finding.message());
        assertEquals(1, document.verbs().size());
    }

    @Test
    void aWrongValueIsFoundAtItsPlace() {
        // STYLE, errors: what, of what, why, and what is done instead.
        Finding finding = response("<Dial timeout='a>b' timeLimit=\"soon\">+49</Dial>")
                .findings()
                .get(1);
        assertEquals(new Position(1, 31), finding.position());
        assertEquals(
                "timeLimit of Dial is not a whole number from 1 to 86400: \"soon\"; 14400 is used", finding.message());
    }

    @Test
    void schemaAttributesAreNoFindings() {
        // TwiML documents often carry them; they say nothing about the call.
        codes(valid(parse("<Response xmlns='u' xmlns:xsi='v' xsi:noNamespaceSchemaLocation='w' xml:lang='en'/>")));
    }

    @Test
    void aBareAmpersandInAUrlIsRepaired() {
        // restcomm.md 5.1: bare & is repaired.
        RcmlDocument document = response("<Dial action='/a?b=1&c=2'>+1</Dial><Play>/p?x=1&y=2&amp;z=3&#52;</Play>");
        codes(document, RcmlCode.SCHEMA_WARNING, RcmlCode.SCHEMA_WARNING);
        assertEquals("/a?b=1&c=2", ((Dial) document.verbs().get(0)).action().orElseThrow());
        assertEquals("/p?x=1&y=2&z=34", ((Play) document.verbs().get(1)).url());
        assertEquals(new Position(1, 31), document.findings().getFirst().position());
    }

    @Test
    void anAmpersandInACommentOrCdataIsLeftAlone() {
        // XML 1.0 §2.4: there it is a character like any other.
        codes(response("<!-- a & b --><?x a & b?><Say><![CDATA[R&D <loud>]]></Say>"));
        assertEquals(
                "R&D <loud>",
                Documents.clean(Say.class, "<Say><![CDATA[R&D <loud>]]></Say>").text());
    }

    @Test
    void textBetweenVerbsIsIgnoredWithAFinding() {
        // Usually a template that lost its tag.
        codes(response("hello<Hangup/>"), RcmlCode.SCHEMA_WARNING);
    }

    @Test
    void linesEndInAnyWay() {
        // XML 1.0 §2.11.
        RcmlDocument document = valid(parse("<?xml version=\"1.0\"?>\r\n<Response>\r<Hangup/>\n</Response>"));
        assertEquals(new Position(3, 1), document.verbs().getFirst().position());
    }

    @Test
    void findingsAreBoundedAndTheLastSaysThatThereAreMore() {
        // ARCHITECTURE: nothing is unbounded.
        RcmlDocument document = response("<Foo/>".repeat(500));
        assertEquals(RcmlDocument.MAX_FINDINGS, document.findings().size());
        assertTrue(document.findings().getLast().message().contains("more than 99 findings"));
    }

    @Test
    void foreignTextInAFindingIsShortAndOnOneLine() {
        // reliability.md A14: one event, one line.
        String message = response("<Dial timeout='a\u2028\u202e&#10;" + "x".repeat(500) + "'>+1</Dial>")
                .findings()
                .getFirst()
                .message();
        assertTrue(message.length() < 150, message);
        assertTrue(message.contains("\"a???xxx"), message);
    }

    @Test
    void aPasswordIsNeverInAFinding() {
        // reliability.md A13.
        RcmlDocument document =
                response("<Dial><Sip password='" + "geheim".repeat(50) + "' username='a&#127;'>x@y</Sip></Dial>"
                        + "<Play>http://u:geheim@h/{}</Play><Redirect>http://u:geheim@h/{}</Redirect>");
        assertEquals(4, document.findings().size());
        assertTrue(document.findings().stream().noneMatch(f -> f.message().contains("geheim")));
        Dial dial = Documents.clean(Dial.class, "<Dial><Sip password='geheim'>x@y</Sip></Dial>");
        assertTrue(!dial.toString().contains("geheim"));
    }
}

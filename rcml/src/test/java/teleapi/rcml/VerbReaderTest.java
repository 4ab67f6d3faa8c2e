package teleapi.rcml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static teleapi.rcml.Documents.clean;
import static teleapi.rcml.Documents.codes;
import static teleapi.rcml.Documents.found;
import static teleapi.rcml.Documents.response;
import static teleapi.rcml.Documents.skipped;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every verb but Dial: attributes, defaults, limits. Source: reference/restcomm.md 5.2. */
final class VerbReaderTest {
    private static final Position FIRST = new Position(1, 11);

    @Test
    void sayHasItsDefaults() {
        // restcomm.md 5.2: voice man, loop 1.
        assertEquals(new Say(FIRST, "hello", "man", "en-US", 1), clean(Say.class, "<Say> hello\n</Say>"));
    }

    @Test
    void sayTakesItsAttributes() {
        // TwiML has more voices than man and woman; the speech engine decides.
        assertEquals(
                new Say(FIRST, "hallo", "Polly.Marlene", "de-DE", 0),
                clean(Say.class, "<Say voice='Polly.Marlene' language='de-DE' loop='0'>hallo</Say>"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1001", "1.5", "x", "", "99999999999"})
    void aWrongLoopIsOne(String loop) {
        // restcomm.md 5.2: bad loop means warning and default.
        assertEquals(
                1,
                found(Say.class, RcmlCode.SAY_LOOP, "<Say loop='" + loop + "'>x</Say>")
                        .loop());
        assertEquals(
                1,
                found(Play.class, RcmlCode.PLAY_LOOP, "<Play loop='" + loop + "'>x</Play>")
                        .loop());
    }

    @Test
    void loopMayBeAsLargeAsItsLimit() {
        // The limit itself is allowed.
        assertEquals(Say.MAX_LOOP, clean(Say.class, "<Say loop='1000'>x</Say>").loop());
        assertEquals(
                Play.MAX_LOOP, clean(Play.class, "<Play loop='1000'>x</Play>").loop());
    }

    @Test
    void aWrongVoiceOrLanguageIsTheDefault() {
        // restcomm.md 5.2: bad voice means warning and default.
        assertEquals(
                "man",
                found(Say.class, RcmlCode.SAY_VOICE, "<Say voice='a b'>x</Say>").voice());
        assertEquals(
                "en-US",
                found(Say.class, RcmlCode.SCHEMA_WARNING, "<Say language='klingon-as-spoken'>x</Say>")
                        .language());
    }

    @Test
    void sayWithoutOrWithTooMuchTextIsSkipped() {
        // 4,096 characters, as TwiML.
        skipped(RcmlCode.SAY_TEXT, "<Say/>");
        skipped(RcmlCode.SAY_TEXT, "<Say>" + "x".repeat(4_097) + "</Say>");
        assertEquals(
                4_096,
                clean(Say.class, "<Say>" + "x".repeat(4_096) + "</Say>").text().length());
    }

    @Test
    void speechMarkupIsSpokenWithoutIt() {
        // SSML is not supported; silence would be worse than plain speech.
        Say say = found(Say.class, RcmlCode.SCHEMA_WARNING, "<Say>one <emphasis>two</emphasis> three</Say>");
        assertEquals("one two three", say.text());
    }

    @Test
    void playTakesAUrlOrDigits() {
        // CONTRACT 3; the record holds exactly one of both.
        assertEquals(
                new Play(FIRST, "http://h/a%20b.wav", "", 1), clean(Play.class, "<Play> http://h/a b.wav </Play>"));
        assertEquals(new Play(FIRST, "", "1wW2*#A", 3), clean(Play.class, "<Play digits='1wW2*#A' loop='3'/>"));
        Play both = found(Play.class, RcmlCode.SCHEMA_WARNING, "<Play digits='1'>a.wav</Play>");
        assertEquals(new Play(FIRST, "", "1", 1), both);
    }

    @Test
    void playOfNothingIsSkipped() {
        // Neither a URL nor digits, or none that can be used.
        skipped(RcmlCode.SCHEMA_WARNING, "<Play/>");
        skipped(RcmlCode.SCHEMA_WARNING, "<Play>http://h/a\nb</Play>");
        skipped(RcmlCode.SCHEMA_WARNING, "<Play>" + "x".repeat(4_001) + "</Play>");
        codes(response("<Play digits='12x'/>"), RcmlCode.SCHEMA_WARNING, RcmlCode.SCHEMA_WARNING);
        codes(response("<Play digits='" + "1".repeat(129) + "'>a</Play>"), RcmlCode.SCHEMA_WARNING);
    }

    @Test
    void pauseIsASecondOrItsLength() {
        // restcomm.md 5.2: length 1.
        assertEquals(Duration.ofSeconds(1), clean(Pause.class, "<Pause/>").length());
        assertEquals(
                Duration.ofDays(1),
                clean(Pause.class, "<Pause length=' 86400 '/>").length());
        assertEquals(Duration.ZERO, clean(Pause.class, "<Pause length='0'/>").length());
        assertEquals(
                Duration.ofSeconds(1),
                found(Pause.class, RcmlCode.PAUSE_LENGTH, "<Pause length='86401'/>")
                        .length());
    }

    @Test
    void gatherHasItsDefaults() {
        // restcomm.md 5.2: method POST, timeout 5, finishOnKey #, numDigits unlimited.
        assertEquals(
                new Gather(
                        FIRST,
                        Optional.empty(),
                        HttpMethod.POST,
                        Duration.ofSeconds(5),
                        "#",
                        OptionalInt.empty(),
                        "0123456789*#",
                        false,
                        true,
                        Optional.empty(),
                        true,
                        List.of()),
                clean(Gather.class, "<Gather/>"));
    }

    @Test
    void gatherTakesItsAttributesAndPrompts() {
        // restcomm.md 5.2: children Say, Play, Pause.
        Gather gather = clean(
                Gather.class,
                "<Gather action='/a' method='get' timeout='600' finishOnKey='*' numDigits='255' input='dtmf'"
                        + " startInputKey='5*'"
                        + " actionOnEmptyResult='TRUE'><Say>x</Say><Pause/><Play>y</Play></Gather>");
        assertEquals(Optional.of("/a"), gather.action());
        assertEquals(HttpMethod.GET, gather.method());
        assertEquals(Duration.ofMinutes(10), gather.timeout());
        assertEquals("*", gather.finishOnKey());
        assertEquals("5*", gather.startInputKey());
        assertEquals(OptionalInt.of(255), gather.numDigits());
        assertTrue(gather.actionOnEmptyResult());
        assertEquals(
                List.of(Say.class, Pause.class, Play.class),
                gather.prompts().stream().map(Object::getClass).toList());
    }

    @Test
    void wrongValuesOfGatherAreTheDefaults() {
        // CONTRACT 3: the document goes on.
        assertEquals(
                Duration.ofSeconds(5),
                found(Gather.class, RcmlCode.GATHER_TIMEOUT, "<Gather timeout='601'/>")
                        .timeout());
        assertEquals(
                "#",
                found(Gather.class, RcmlCode.GATHER_FINISH_ON_KEY, "<Gather finishOnKey='##'/>")
                        .finishOnKey());
        assertEquals(
                OptionalInt.empty(),
                found(Gather.class, RcmlCode.GATHER_NUM_DIGITS, "<Gather numDigits='0'/>")
                        .numDigits());
        assertEquals(
                OptionalInt.empty(),
                found(Gather.class, RcmlCode.GATHER_NUM_DIGITS, "<Gather numDigits='256'/>")
                        .numDigits());
        assertEquals(
                HttpMethod.POST,
                found(Gather.class, RcmlCode.GATHER_METHOD, "<Gather method='PUT'/>")
                        .method());
        assertFalse(found(Gather.class, RcmlCode.GATHER_VALUE, "<Gather actionOnEmptyResult='maybe'/>")
                .actionOnEmptyResult());
        assertEquals(
                Optional.empty(),
                found(Gather.class, RcmlCode.GATHER_ACTION, "<Gather action='a{b'/>")
                        .action());
    }

    @Test
    void anEmptyFinishOnKeyMeansNone() {
        // TwiML: an empty value, so that # is a digit like any other.
        assertEquals("", clean(Gather.class, "<Gather finishOnKey=''/>").finishOnKey());
    }

    @Test
    void gatherListensForWhatItIsAsked() {
        // restcomm.md 5.2: input dtmf, speech or both; what is none of these is dtmf.
        assertFalse(clean(Gather.class, "<Gather input='speech'/>").dtmf());
        assertTrue(clean(Gather.class, "<Gather input='speech'/>").speech().isPresent());
        assertTrue(clean(Gather.class, "<Gather input='dtmf speech'/>").dtmf());
        assertTrue(clean(Gather.class, "<Gather input='speech dtmf'/>").speech().isPresent());
        assertEquals(
                Optional.empty(),
                found(Gather.class, RcmlCode.GATHER_VALUE, "<Gather input='telepathy'/>")
                        .speech());
        assertFalse(clean(Gather.class, "<Gather bargeIn='false'/>").bargeIn());
    }

    @Test
    void gatherTakesTheTermsOfSpeech() {
        // restcomm.md 5.2: language en-US, hints, partialResultCallback; TwiML: the timeout is the pause that ends
        // speech.
        assertEquals(
                new SpeechTerms("en-US", List.of(), Duration.ofSeconds(7), Optional.empty(), HttpMethod.POST),
                speech("timeout='7'"));
        assertEquals(
                new SpeechTerms(
                        "en-GB",
                        List.of("yes", "the sales department"),
                        Duration.ofSeconds(2),
                        Optional.of("/p"),
                        HttpMethod.GET),
                speech("language='en-GB' hints=' yes, the sales department,yes,' speechTimeout='2'"
                        + " partialResultCallback='/p' partialResultCallbackMethod='GET' speechModel='phone_call'"
                        + " enhanced='true' profanityFilter='false' debug='true'"));
        assertEquals(SpeechTerms.AUTO, speech("speechTimeout='auto'").pause());
        assertEquals(Duration.ofMillis(500), speech("timeout='0'").pause());
    }

    private static SpeechTerms speech(String attributes) {
        return clean(Gather.class, "<Gather input='speech' " + attributes + "/>")
                .speech()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "speechTimeout, 0, GATHER_TIMEOUT",
        "speechTimeout, 601, GATHER_TIMEOUT",
        "speechTimeout, soon, GATHER_TIMEOUT",
        "language, x y, GATHER_VALUE",
        "bargeIn, perhaps, GATHER_VALUE",
        "profanityFilter, mild, GATHER_VALUE",
        "partialResultCallback, a{b, GATHER_VALUE",
        "partialResultCallbackMethod, PUT, GATHER_METHOD"
    })
    void wrongTermsOfSpeechAreTheDefaults(String name, String value, RcmlCode code) {
        // Issue 4: a number out of range is the documented default and a notification.
        assertEquals(
                clean(Gather.class, "<Gather input='speech'/>"),
                found(Gather.class, code, "<Gather input='speech' " + name + "='" + value + "'/>"));
    }

    @Test
    void tooManyHintsOrTooLongOnesAreNone() {
        // Issue 4: everything has a limit; 500 phrases of 100 characters.
        String phrase = "x".repeat(SpeechTerms.MAX_HINT + 1);
        assertEquals(
                List.of(),
                found(Gather.class, RcmlCode.GATHER_VALUE, "<Gather input='speech' hints='yes," + phrase + "'/>")
                        .speech()
                        .orElseThrow()
                        .hints());
    }

    @Test
    void whatIsNoPromptIsSkippedInsideGather() {
        // restcomm.md 5.4: the nesting of Gather has its own code.
        Gather gather =
                found(Gather.class, RcmlCode.GATHER_NESTED_ELEMENT, "<Gather><Dial>+1</Dial><Say>x</Say></Gather>");
        assertEquals(1, gather.prompts().size());
    }

    @Test
    void redirectTakesUrlAndMethod() {
        // restcomm.md 5.2: method POST, bad value means POST and a warning.
        assertEquals(
                new Redirect(FIRST, "../next?a=1", HttpMethod.POST),
                clean(Redirect.class, "<Redirect>../next?a=1</Redirect>"));
        assertEquals(
                HttpMethod.GET,
                clean(Redirect.class, "<Redirect method='GET'>x</Redirect>").method());
        assertEquals(
                HttpMethod.POST,
                found(Redirect.class, RcmlCode.REDIRECT_METHOD, "<Redirect method='DELETE'>x</Redirect>")
                        .method());
    }

    @Test
    void anEmptyRedirectGoesOnWithTheNextVerb() {
        // restcomm.md 5.2: empty text means next verb.
        skipped(RcmlCode.SCHEMA_WARNING, "<Redirect> </Redirect>");
    }

    @Test
    void rejectIsRejectedOrBusy() {
        // restcomm.md 5.2: rejected is the default.
        assertFalse(clean(Reject.class, "<Reject/>").busy());
        assertFalse(clean(Reject.class, "<Reject reason='rejected'/>").busy());
        assertTrue(clean(Reject.class, "<Reject reason='busy'/>").busy());
        assertFalse(found(Reject.class, RcmlCode.SCHEMA_WARNING, "<Reject reason='tired'/>")
                .busy());
    }

    @Test
    void enqueueWaitsInAQueueByName() {
        // issue 4, 1; reference/peers.md part 2 "Queues": a size of 1 to 5,000.
        Enqueue plain = clean(Enqueue.class, "<Enqueue>support desk</Enqueue>");
        assertEquals("support desk", plain.queue());
        assertEquals(Optional.empty(), plain.action());
        assertEquals(Optional.empty(), plain.waitUrl());
        assertEquals(OptionalInt.empty(), plain.maxQueueSize());
        Enqueue full = clean(
                Enqueue.class,
                "<Enqueue action='/out' method='GET' waitUrl='/wait' waitUrlMethod='GET' maxQueueSize='3'>q</Enqueue>");
        assertEquals(Optional.of("/out"), full.action());
        assertEquals(HttpMethod.GET, full.method());
        assertEquals(Optional.of("/wait"), full.waitUrl());
        assertEquals(HttpMethod.GET, full.waitUrlMethod());
        assertEquals(OptionalInt.of(3), full.maxQueueSize());
        assertEquals(
                Optional.of(""),
                clean(Enqueue.class, "<Enqueue waitUrl=''>q</Enqueue>").waitUrl());
    }

    @Test
    void enqueueWithoutANameIsSkipped() {
        // A queue of nobody's would hold the call for ever.
        skipped(RcmlCode.SCHEMA_WARNING, "<Enqueue/>");
        skipped(RcmlCode.SCHEMA_WARNING, "<Enqueue>" + "a".repeat(129) + "</Enqueue>");
        found(Enqueue.class, RcmlCode.SCHEMA_WARNING, "<Enqueue maxQueueSize='5001'>q</Enqueue>");
    }

    @Test
    void leaveTakesNothing() {
        // issue 4, 1.
        clean(Leave.class, "<Leave/>");
        found(Leave.class, RcmlCode.SCHEMA_WARNING, "<Leave now='yes'/>");
    }

    @Test
    void hangupTakesNothing() {
        // restcomm.md 5.2.
        clean(Hangup.class, "<Hangup/>");
        found(Hangup.class, RcmlCode.SCHEMA_WARNING, "<Hangup reason='x'/>");
        found(Hangup.class, RcmlCode.SCHEMA_WARNING, "<Hangup>now</Hangup>");
        found(Hangup.class, RcmlCode.SCHEMA_WARNING, "<Hangup><Say>bye</Say></Hangup>");
    }

    @Test
    void referAsksToCallOneSipUri() {
        // restcomm.md has none; reference/peers.md 1.1 row 30; docs/rcml/refer.md.
        Refer refer = clean(Refer.class, "<Refer action='/a' method='GET'><Sip>sip:a@b</Sip></Refer>");
        assertEquals("sip:a@b", refer.uri());
        assertEquals(Optional.of("/a"), refer.action());
        assertEquals(HttpMethod.GET, refer.method());
        found(Refer.class, RcmlCode.SCHEMA_WARNING, "<Refer><Sip>sip:a@b</Sip><Sip>sip:c@d</Sip></Refer>");
        skipped(RcmlCode.LEG_ADDRESS, "<Refer/>");
        skipped(RcmlCode.LEG_ADDRESS, "<Refer><Sip>http://a</Sip></Refer>");
    }

    @Test
    void anUnknownAttributeIsFoundWhereverItStands() {
        // issue 4 "What bad input gets": unknown attributes are a notification with line and column.
        for (String verb : List.of(
                "<Say ?>a</Say>",
                "<Play ?>/a</Play>",
                "<Pause ?/>",
                "<Gather ?/>",
                "<Gather><Say ?>a</Say></Gather>",
                "<Gather><Play ?>/a</Play></Gather>",
                "<Gather><Pause ?/></Gather>",
                "<Record ?/>",
                "<Dial ?>+1</Dial>",
                "<Dial><Number ?>+1</Number></Dial>",
                "<Dial><Client ?>a</Client></Dial>",
                "<Dial><Client><Identity ?>a</Identity></Client></Dial>",
                "<Dial><Client><Identity>a</Identity><Parameter ? name='a' value='b'/></Client></Dial>",
                "<Dial><Sip ?>sip:a@b</Sip></Dial>",
                "<Dial><Uri ?>sip:a@b</Uri></Dial>",
                "<Dial><Conference ?>a</Conference></Dial>",
                "<Dial><Queue ?>a</Queue></Dial>",
                "<Enqueue ?>a</Enqueue>",
                "<Leave ?/>",
                "<Refer ?><Sip>sip:a@b</Sip></Refer>",
                "<Refer><Sip ?>sip:a@b</Sip></Refer>",
                "<Redirect ?>/a</Redirect>",
                "<Reject ?/>",
                "<Hangup ?/>",
                "<Start ?><Stream url='ws://a'/></Start>",
                "<Start><Stream ? url='ws://a'/></Start>",
                "<Start><Stream url='ws://a'><Parameter ? name='a' value='b'/></Stream></Start>",
                "<Stop ?><Stream name='a'/></Stop>",
                "<Stop><Stream ? name='a'/></Stop>",
                "<Connect ?><Stream url='ws://a'/></Connect>",
                "<Stream ? url='ws://a'/>",
                "<Sms ?>a</Sms>",
                "<Message ?>a</Message>",
                "<Message><Body ?>a</Body></Message>")) {
            var document = response(verb.replace("?", "colour='red'"));
            assertEquals(1, document.verbs().size(), verb);
            assertEquals(
                    List.of(RcmlCode.SCHEMA_WARNING.number()),
                    document.findings().stream().map(Finding::code).toList(),
                    verb);
        }
    }
}

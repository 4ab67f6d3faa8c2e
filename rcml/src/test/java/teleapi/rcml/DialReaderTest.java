package teleapi.rcml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static teleapi.rcml.Documents.clean;
import static teleapi.rcml.Documents.codes;
import static teleapi.rcml.Documents.found;
import static teleapi.rcml.Documents.response;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dial and its nouns: attributes, defaults, limits. Source: reference/restcomm.md 5.2 and 5.3. */
final class DialReaderTest {
    private static final Position FIRST = new Position(1, 11);

    @Test
    void dialHasItsDefaults() {
        // restcomm.md 5.2: method POST, timeout 30 s, timeLimit 14,400 s.
        Dial expected = new Dial(
                FIRST,
                Optional.empty(),
                HttpMethod.POST,
                Duration.ofSeconds(30),
                Duration.ofHours(4),
                Optional.empty(),
                false,
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                HttpMethod.POST,
                List.of(new Number(FIRST, "+4930123", "", LegOptions.none())));
        assertEquals(expected, clean(Dial.class, "<Dial>+49 (30) 12-3</Dial>"));
    }

    @Test
    void dialTakesItsAttributes() {
        // CONTRACT 3: the names are TwiML's.
        Dial dial = clean(
                Dial.class,
                "<Dial action='/d' method='GET' timeout='600' timeLimit='86400' callerId='+491' answerOnBridge='true'"
                        + " hangupOnStar='true' sequential='true' ringTone='de' referUrl='/r'"
                        + " referMethod='GET'>+1</Dial>");
        assertEquals(Optional.of("/d"), dial.action());
        assertEquals(HttpMethod.GET, dial.method());
        assertEquals(Dial.MAX_TIMEOUT, dial.timeout());
        assertEquals(Dial.MAX_TIME_LIMIT, dial.timeLimit());
        assertEquals(Optional.of("+491"), dial.callerId());
        assertTrue(dial.answerOnBridge());
        assertTrue(dial.hangupOnStar());
        assertTrue(dial.sequential());
        assertEquals(Optional.of("de"), dial.ringTone());
        assertEquals(Optional.of("/r"), dial.referUrl());
        assertEquals(HttpMethod.GET, dial.referMethod());
    }

    @ParameterizedTest
    @CsvSource({
        "true, false, false",
        "record-from-answer, false, false",
        "record-from-answer-dual, false, true",
        "record-from-ringing, true, false",
        "record-from-ringing-dual, true, true"
    })
    void aDialIsRecordedAsItSays(String record, boolean fromRinging, boolean dual) {
        // restcomm.md 5.2; peers.md 2.5.
        Dial dial = clean(
                Dial.class,
                "<Dial record='" + record + "' recordingStatusCallback='/r' recordingStatusCallbackMethod='GET'"
                        + " recordingStatusCallbackEvent='in-progress absent' media='audio_only'"
                        + " recordingTrack='inbound'>+1</Dial>");
        assertEquals(
                Optional.of(new DialRecording(
                        fromRinging,
                        dual,
                        "inbound",
                        new RecordingCallback(Optional.of("/r"), HttpMethod.GET, List.of("in-progress", "absent")))),
                dial.recording());
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "do-not-record"})
    void aDialIsNotRecordedUnlessItSaysSo(String record) {
        // restcomm.md 5.2: record false.
        assertEquals(
                Optional.empty(),
                clean(Dial.class, "<Dial record='" + record + "' recordingStatusCallback='/r'>+1</Dial>")
                        .recording());
    }

    @ParameterizedTest
    @CsvSource({
        "timeout, 0, DIAL_TIMEOUT",
        "timeout, 601, DIAL_TIMEOUT",
        "timeLimit, 0, DIAL_TIME_LIMIT",
        "timeLimit, 86401, DIAL_TIME_LIMIT",
        "method, PUT, DIAL_METHOD",
        "action, a|b, DIAL_ACTION",
        "hangupOnStar, 1, DIAL_HANGUP_ON_STAR",
        "answerOnBridge, yes, SCHEMA_WARNING",
        "callerId, a&#10;b, DIAL_CALLER_ID",
        "ringTone, d e, SCHEMA_WARNING",
        "record, record-from-dusk, SCHEMA_WARNING",
        "media, audio_video, SCHEMA_WARNING",
        "sequential, yes, SCHEMA_WARNING",
        "recordingTrack, left, SCHEMA_WARNING",
        "trim, do-not-trim, SCHEMA_WARNING"
    })
    void aWrongOrUnavailableValueIsTheDefault(String name, String value, RcmlCode code) {
        // CONTRACT 3: a finding, and the Dial runs as if the attribute were not there.
        Dial dial = found(Dial.class, code, "<Dial " + name + "='" + value + "'>+1</Dial>");
        assertEquals(clean(Dial.class, "<Dial>+1</Dial>"), dial);
    }

    @ParameterizedTest
    @CsvSource({
        "bob@example.com, sip:bob@example.com",
        "sip:bob@example.com, sip:bob@example.com",
        "sips:bob@example.com;transport=tls?X-A=1, sips:bob@example.com;transport=tls?X-A=1",
        "sip:example.com, sip:example.com"
    })
    void plainTextWithAnAtIsASipUri(String text, String uri) {
        // restcomm.md 5.2: has @ means SIP.
        assertEquals(
                new Sip(FIRST, uri, Optional.empty(), Optional.empty(), LegOptions.none()),
                target("<Dial>" + text + "</Dial>"));
    }

    @Test
    void plainTextThatBeginsWithClientIsAClient() {
        // restcomm.md 5.2: starts with client means client.
        assertEquals(new Client(FIRST, "bob", LegOptions.none()), target("<Dial>client:bob</Dial>"));
    }

    @Test
    void numberTakesDigitsAndLegOptions() {
        // restcomm.md 5.3.
        Number number = (Number) target("<Dial><Number sendDigits='ww12#' url='/s' method='GET' statusCallback='/cb'"
                + " statusCallbackMethod='GET' statusCallbackEvent='initiated ringing,Answered"
                + " ringing'>+1</Number></Dial>");
        assertEquals("ww12#", number.sendDigits());
        LegOptions expected = new LegOptions(
                Optional.of("/s"),
                HttpMethod.GET,
                Optional.of("/cb"),
                HttpMethod.GET,
                List.of("initiated", "ringing", "answered"));
        assertEquals(expected, number.options());
    }

    @Test
    void legsHaveTheirDefaults() {
        // restcomm.md 5.3: method POST, event completed.
        for (String noun : List.of("<Number>1</Number>", "<Client>c</Client>", "<Sip>s@h</Sip>")) {
            assertEquals(LegOptions.none(), ((Noun.Ringable) target("<Dial>" + noun + "</Dial>")).options());
        }
        assertEquals(List.of("completed"), LegOptions.none().statusCallbackEvents());
    }

    @Test
    void unknownEventsAreLeftOut() {
        // CONTRACT 4: initiated, ringing, answered, completed.
        Dial some = found(
                Dial.class,
                RcmlCode.SCHEMA_WARNING,
                "<Dial><Number statusCallbackEvent='ringing sung'>1</Number></Dial>");
        assertEquals(
                List.of("ringing"),
                ((Number) some.targets().getFirst()).options().statusCallbackEvents());
        Dial none = found(
                Dial.class, RcmlCode.SCHEMA_WARNING, "<Dial><Number statusCallbackEvent='sung'>1</Number></Dial>");
        assertEquals(
                List.of("completed"),
                ((Number) none.targets().getFirst()).options().statusCallbackEvents());
    }

    @Test
    void wrongValuesOfALegAreTheDefaults() {
        // restcomm.md 5.4.
        Dial dial = found(Dial.class, RcmlCode.NUMBER_SEND_DIGITS, "<Dial><Number sendDigits='call'>1</Number></Dial>");
        assertEquals("", ((Number) dial.targets().getFirst()).sendDigits());
        found(Dial.class, RcmlCode.LEG_METHOD, "<Dial><Client method='PATCH'>c</Client></Dial>");
        found(Dial.class, RcmlCode.LEG_METHOD, "<Dial><Client statusCallbackMethod='PATCH'>c</Client></Dial>");
    }

    @Test
    void clientMayCarryHeaders() {
        // CONTRACT 2: ?X-Name=value adds SIP headers.
        assertEquals("bob?X-A=1&X-B=2", ((Client) target("<Dial><Client>bob?X-A=1&amp;X-B=2</Client></Dial>")).name());
        assertEquals("bob", ((Client) target("<Dial><Client><Identity>bob</Identity></Client></Dial>")).name());
    }

    @Test
    void aClientHasParametersAsHeaders() {
        // peers.md 1.1: the custom parameters of a client; over SIP they are X- headers
        String client = "<Dial><Client><Identity>bob</Identity><Parameter name='Order' value='a b&amp;+c'/>"
                + "<Parameter name='n_2' value=''/></Client></Dial>";
        assertEquals("bob?X-Order=a%20b%26%2Bc&X-n_2=", ((Client) target(client)).name());
        Dial dial = (Dial) response("<Dial><Client>bob<Parameter name='a b' value='1'/></Client></Dial>")
                .verbs()
                .getFirst();
        assertEquals("bob", ((Client) dial.targets().getFirst()).name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"region", "jitterBufferSize"})
    void whatIsForOtherMachineryIsNoFinding(String name) {
        // restcomm.md has them not; TwiML has
        target("<Dial><Conference " + name + "='de1'>r</Conference></Dial>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sip", "Uri"})
    void sipTakesCredentials(String name) {
        // restcomm.md 5.3: Uri is the deprecated name of Sip.
        Sip sip = (Sip) target("<Dial><" + name + " username='u' password='p'>sip:b@h?X-A=1</" + name + "></Dial>");
        assertEquals(Optional.of("u"), sip.username());
        assertEquals(Optional.of("p"), sip.password());
        assertEquals("sip:b@h?X-A=1", sip.uri());
    }

    @Test
    void conferenceHasItsDefaults() {
        // restcomm.md 5.3: muted false, beep true, start true, end false, built-in music, POST, 40.
        Conference expected = new Conference(
                new Position(1, 17),
                "my room",
                false,
                true,
                false,
                true,
                true,
                Optional.empty(),
                HttpMethod.POST,
                40,
                Optional.empty(),
                HttpMethod.POST,
                List.of("start", "end"),
                Optional.empty(),
                Optional.empty());
        assertEquals(expected, target("<Dial><Conference>my room</Conference></Dial>"));
    }

    @Test
    void conferenceTakesItsAttributes() {
        // restcomm.md 5.3; an empty waitUrl is silence.
        Conference conference = (Conference)
                target("<Dial><Conference muted='true' startConferenceOnEnter='false' endConferenceOnExit='true'"
                        + " waitUrl='' waitMethod='GET' maxParticipants='250' statusCallback='/c'"
                        + " statusCallbackMethod='GET' statusCallbackEvent='join leave'"
                        + " coach='CA00000000000000000000000000000001'>r</Conference></Dial>");
        assertTrue(conference.muted());
        assertTrue(!conference.startConferenceOnEnter());
        assertTrue(conference.endConferenceOnExit());
        assertEquals(Optional.of(""), conference.waitUrl());
        assertEquals(HttpMethod.GET, conference.waitMethod());
        assertEquals(250, conference.maxParticipants());
        assertEquals(Optional.of("/c"), conference.statusCallback());
        assertEquals(HttpMethod.GET, conference.statusCallbackMethod());
        assertEquals(List.of("join", "leave"), conference.statusCallbackEvents());
        assertEquals(Optional.of("CA00000000000000000000000000000001"), conference.coach());
    }

    private static Optional<ConferenceRecording> recorded(String attributes) {
        return ((Conference) target("<Dial><Conference " + attributes + ">r</Conference></Dial>")).recording();
    }

    @Test
    void aConferenceSaysWhetherItIsRecorded() {
        // issue 4, 1; peers.md 2.6: record-from-start, trim-silence; who says nothing leaves it to others.
        var nobody = new RecordingCallback(Optional.empty(), HttpMethod.POST, List.of("completed"));
        assertEquals(Optional.empty(), recorded("beep='false'"));
        assertEquals(Optional.of(new ConferenceRecording(true, true, nobody)), recorded("record='record-from-start'"));
        assertEquals(
                Optional.of(new ConferenceRecording(true, false, nobody)),
                recorded("record='true' trim='do-not-trim'"));
        assertEquals(Optional.of(new ConferenceRecording(false, true, nobody)), recorded("record='do-not-record'"));
        assertEquals(Optional.of(new ConferenceRecording(false, true, nobody)), recorded("record='false'"));
        assertEquals(
                Optional.of(new ConferenceRecording(
                        true,
                        true,
                        new RecordingCallback(Optional.of("/r"), HttpMethod.GET, List.of("in-progress", "absent")))),
                recorded("record='true' recordingStatusCallback='/r' recordingStatusCallbackMethod='GET'"
                        + " recordingStatusCallbackEvent='in-progress absent'"));
        Dial wrong = found(
                Dial.class,
                RcmlCode.SCHEMA_WARNING,
                "<Dial><Conference record='record-from-answer'>r</Conference></Dial>");
        assertEquals(
                Optional.of(new ConferenceRecording(false, true, nobody)),
                ((Conference) wrong.targets().getFirst()).recording());
    }

    @ParameterizedTest
    @CsvSource({"true, true, true", "false, false, false", "onEnter, true, false", "ONEXIT, false, true"})
    void beepHasFourValues(String beep, boolean enter, boolean exit) {
        // CONTRACT 3, as TwiML.
        Conference conference = (Conference) target("<Dial><Conference beep='" + beep + "'>r</Conference></Dial>");
        assertEquals(enter, conference.beepOnEnter());
        assertEquals(exit, conference.beepOnExit());
    }

    @ParameterizedTest
    @CsvSource({
        "muted, x, CONFERENCE_MUTED",
        "beep, loud, CONFERENCE_BEEP",
        "startConferenceOnEnter, x, CONFERENCE_START_ON_ENTER",
        "endConferenceOnExit, x, CONFERENCE_END_ON_EXIT",
        "waitUrl, a{b, CONFERENCE_WAIT_URL",
        "waitMethod, x, CONFERENCE_WAIT_METHOD",
        "maxParticipants, 0, SCHEMA_WARNING",
        "maxParticipants, 251, SCHEMA_WARNING",
        "statusCallback, a{b, SCHEMA_WARNING",
        "statusCallbackMethod, x, SCHEMA_WARNING",
        "statusCallbackEvent, x, SCHEMA_WARNING"
    })
    void aWrongValueOfAConferenceIsTheDefault(String name, String value, RcmlCode code) {
        // CONTRACT 3: a finding, and the default.
        Dial dial = found(Dial.class, code, "<Dial><Conference " + name + "='" + value + "'>r</Conference></Dial>");
        assertEquals(
                target("<Dial><Conference>r</Conference></Dial>"),
                dial.targets().getFirst());
    }

    @Test
    void tenNounsRingAndTheEleventhIsLeftOut() {
        // restcomm.md 5.2: several nouns ring at once, at most 10.
        assertEquals(
                10,
                clean(Dial.class, "<Dial>" + "<Number>1</Number>".repeat(10) + "</Dial>")
                        .targets()
                        .size());
        Dial dial =
                found(Dial.class, RcmlCode.DIAL_NESTED_ELEMENT, "<Dial>" + "<Number>1</Number>".repeat(11) + "</Dial>");
        assertEquals(10, dial.targets().size());
    }

    @Test
    void aQueueHasANameAndADocumentForTheOneWhoWaits() {
        // issue 4, 1; reference/peers.md 1.1 row 27.
        Queue queue = (Queue) target("<Dial><Queue url='/before' method='get'>support desk</Queue></Dial>");
        assertEquals("support desk", queue.name());
        assertEquals(Optional.of("/before"), queue.url());
        assertEquals(HttpMethod.GET, queue.method());
        Queue plain = (Queue) target("<Dial><Queue>q</Queue></Dial>");
        assertEquals(Optional.empty(), plain.url());
        assertEquals(HttpMethod.POST, plain.method());
        found(Dial.class, RcmlCode.LEG_METHOD, "<Dial><Queue method='PUT'>q</Queue></Dial>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Conference>r</Conference><Number>1</Number>",
                "<Number>1</Number><Conference>r</Conference>",
                "<Conference>r</Conference><Conference>s</Conference>",
                "<Queue>q</Queue><Number>1</Number>",
                "<Number>1</Number><Queue>q</Queue>"
            })
    void aConferenceOrQueueStandsAloneAndTheFirstWins(String nouns) {
        // A call cannot ring and be in a room at once.
        Dial dial = found(Dial.class, RcmlCode.DIAL_NESTED_ELEMENT, "<Dial>" + nouns + "</Dial>");
        assertEquals(1, dial.targets().size());
        assertEquals(nouns.startsWith("<Number"), dial.targets().getFirst() instanceof Number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<Application>q</Application>", "<Sing>la</Sing>", "<number>1</number>", "text"})
    void whatCannotBeDialledIsLeftOut(String other) {
        // restcomm.md 5.4, and the other nouns ring.
        Dial dial = found(Dial.class, RcmlCode.DIAL_NESTED_ELEMENT, "<Dial>" + other + "<Client>c</Client></Dial>");
        assertEquals(1, dial.targets().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Number>bob</Number>",
                "<Number>+</Number>",
                "<Number>1+2</Number>",
                "<Number>123456789012345678901234567890123</Number>",
                "<Client>a b</Client>",
                "<Client/>",
                "<Sip>bob</Sip>",
                "<Sip>sip:</Sip>",
                "<Sip>sip:a b@h</Sip>",
                "<Sip>&lt;sip:a@h&gt;</Sip>",
                "<Sip>tel:+1</Sip>",
                "<Conference/>",
                "<Conference>a&#9;b</Conference>",
                "<Queue/>",
                "<Queue>a&#9;b</Queue>"
            })
    void aDialWithNobodyToDialIsSkipped(String noun) {
        // Two findings: the noun, and the Dial that is left with none.
        RcmlDocument document = response("<Dial>" + noun + "</Dial>");
        assertEquals(List.of(), document.verbs());
        codes(document, RcmlCode.LEG_ADDRESS, RcmlCode.LEG_ADDRESS);
    }

    @Test
    void longAddressesAreRefused() {
        // restcomm.md 5.3: URI 255, headers 1,024 characters; room names 128 as TwiML.
        for (String noun : List.of(
                "<Sip>sip:" + "a".repeat(1_280) + "@h</Sip>",
                "<Client>" + "a".repeat(1_281) + "</Client>",
                "<Conference>" + "a".repeat(129) + "</Conference>")) {
            codes(response("<Dial>" + noun + "</Dial>"), RcmlCode.LEG_ADDRESS, RcmlCode.LEG_ADDRESS);
        }
    }

    @Test
    void aRecordThatBreaksARuleCannotBeMade() {
        // STYLE, input: a type that cannot be wrong.
        Position at = new Position(1, 1);
        assertThrows(IllegalArgumentException.class, () -> new Position(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new Pause(at, Duration.ofSeconds(-1)));
        assertThrows(IllegalArgumentException.class, () -> new Play(at, "", "", 1));
        assertThrows(IllegalArgumentException.class, () -> new Say(at, "x", "man", "en", 1_001));
        Dial dial = clean(Dial.class, "<Dial>+1</Dial>");
        assertThrows(
                IllegalArgumentException.class,
                () -> new Dial(
                        at,
                        dial.action(),
                        dial.method(),
                        dial.timeout(),
                        dial.timeLimit(),
                        dial.callerId(),
                        false,
                        false,
                        false,
                        dial.ringTone(),
                        dial.recording(),
                        dial.referUrl(),
                        dial.referMethod(),
                        List.of()));
    }

    private static Noun target(String dial) {
        return clean(Dial.class, dial).targets().getFirst();
    }
}

package teleapi.rcml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

/** The Record element. Source: reference/restcomm.md 5.2; peers.md 2.5. */
final class RecordTest {
    private static final Record USUAL = new Record(
            new Position(1, 11),
            Optional.empty(),
            HttpMethod.POST,
            Duration.ofSeconds(5),
            "1234567890*#",
            Duration.ofSeconds(3600),
            true,
            true,
            new RecordingCallback(Optional.empty(), HttpMethod.POST, List.of("completed")),
            Optional.empty());

    @Test
    void recordHasItsDefaults() {
        // restcomm.md 5.2: timeout 5 s, maxLength 3600 s, a beep; peers.md 2.5: trim-silence.
        assertEquals(USUAL, clean(Record.class, "<Record/>"));
    }

    @Test
    void recordTakesItsAttributes() {
        // restcomm.md 5.2; the callback as a Dial's.
        assertEquals(
                new Record(
                        new Position(1, 11),
                        Optional.of("/done"),
                        HttpMethod.GET,
                        Duration.ofSeconds(2),
                        "#",
                        Duration.ofSeconds(30),
                        false,
                        false,
                        new RecordingCallback(
                                Optional.of("/r"), HttpMethod.GET, List.of("in-progress", "completed", "absent")),
                        Optional.empty()),
                clean(
                        Record.class,
                        "<Record action='/done' method='GET' timeout='2' finishOnKey='#' maxLength='30'"
                                + " playBeep='false' trim='do-not-trim' media='audio_only' transcribe='false'"
                                + " recordingStatusCallback='/r' recordingStatusCallbackMethod='GET'"
                                + " recordingStatusCallbackEvent='in-progress completed absent'/>"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1"})
    void noKeyMayFinish(String none) {
        // restcomm.md 5.2: -1 is none.
        assertEquals(
                "", clean(Record.class, "<Record finishOnKey='" + none + "'/>").finishOnKey());
    }

    @ParameterizedTest
    @CsvSource({
        "timeout, 0, RECORD_LENGTH",
        "timeout, 601, RECORD_LENGTH",
        "maxLength, 0, RECORD_LENGTH",
        "maxLength, 14401, RECORD_LENGTH",
        "method, PUT, RECORD_METHOD",
        "finishOnKey, x, RECORD_FINISH_ON_KEY",
        "action, a|b, SCHEMA_WARNING",
        "playBeep, loud, SCHEMA_WARNING",
        "trim, all, SCHEMA_WARNING",
        "media, video_only, SCHEMA_WARNING",
        "recordingChannels, dual, SCHEMA_WARNING"
    })
    void aWrongValueIsTheDefault(String name, String value, RcmlCode code) {
        // Issue 4: a number out of range is the documented default and a notification.
        assertEquals(USUAL, found(Record.class, code, "<Record " + name + "='" + value + "'/>"));
    }

    @Test
    void whatIsRecordedBecomesTextWhenThatIsAsked() {
        // restcomm.md 5.2: transcribe false; TwiML: a callback alone asks for it.
        assertEquals(
                Optional.of(new Transcribe(Optional.empty(), HttpMethod.POST)),
                clean(Record.class, "<Record transcribe='true'/>").transcribe());
        assertEquals(
                Optional.of(new Transcribe(Optional.of("/t"), HttpMethod.GET)),
                clean(Record.class, "<Record transcribeCallback='/t' transcribeCallbackMethod='GET'/>")
                        .transcribe());
    }

    @Test
    void itHasNothingInIt() {
        // restcomm.md 5.2: no text, no nested elements.
        RcmlDocument document = response("<Record>text<Say>x</Say></Record>");
        codes(document, RcmlCode.SCHEMA_WARNING, RcmlCode.SCHEMA_WARNING);
        assertFalse(document.verbs().isEmpty());
    }
}

package teleapi.rcml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static teleapi.rcml.Documents.response;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VocabularyTest {
    /** reference/restcomm.md 5.2 and 5.3, whole; and what peers.md has beside them. */
    private static final Map<String, List<String>> FAMILY = Map.ofEntries(
            Map.entry("Say", List.of("voice", "language", "loop")),
            Map.entry("Play", List.of("loop", "digits")),
            Map.entry("Pause", List.of("length")),
            Map.entry("Hangup", List.of()),
            Map.entry("Reject", List.of("reason")),
            Map.entry("Redirect", List.of("method")),
            Map.entry(
                    "Gather",
                    List.of(
                            "action method timeout finishOnKey numDigits input startInputKey language hints"
                                    + " partialResultCallback partialResultCallbackMethod actionOnEmptyResult"
                                    + " speechTimeout",
                            "speechModel enhanced profanityFilter bargeIn")),
            Map.entry(
                    "Record",
                    List.of(
                            "action method timeout finishOnKey maxLength transcribe transcribeCallback playBeep media",
                            "trim recordingStatusCallback recordingStatusCallbackMethod recordingStatusCallbackEvent")),
            Map.entry(
                    "Dial",
                    List.of(
                            "action method timeout timeLimit callerId record media hangupOnStar answerOnBridge"
                                    + " ringTone",
                            "trim recordingTrack sequential referUrl referMethod recordingStatusCallback",
                            "recordingStatusCallbackMethod recordingStatusCallbackEvent")),
            Map.entry(
                    "Number",
                    List.of("url method statusCallback statusCallbackMethod statusCallbackEvent sendDigits byoc")),
            Map.entry("Client", List.of("url method statusCallback statusCallbackMethod statusCallbackEvent")),
            Map.entry("Parameter", List.of("name value")),
            Map.entry(
                    "Sip",
                    List.of("url method statusCallback statusCallbackMethod statusCallbackEvent username password")),
            Map.entry(
                    "Uri",
                    List.of("url method statusCallback statusCallbackMethod statusCallbackEvent username password")),
            Map.entry(
                    "Conference",
                    List.of(
                            "muted beep startConferenceOnEnter endConferenceOnExit waitUrl waitMethod maxParticipants",
                            "record trim region participantLabel jitterBufferSize eventCallbackUrl coach"
                                    + " statusCallback",
                            "statusCallbackMethod statusCallbackEvent recordingStatusCallback",
                            "recordingStatusCallbackMethod recordingStatusCallbackEvent")),
            Map.entry("Queue", List.of("url method reservationSid postWorkActivitySid")),
            Map.entry("Enqueue", List.of("action method waitUrl waitUrlMethod maxQueueSize workflowSid")),
            Map.entry("Leave", List.of()),
            Map.entry("Sms", List.of("to from action method statusCallback")),
            Map.entry("Message", List.of("to from action method statusCallback")));

    @Test
    void everythingThatDocumentsOfThisFamilyHaveIsKnown() {
        // issue 4, 1 and 5: implemented, or answered with what to do instead
        var known = Vocabulary.known();
        FAMILY.forEach((element, names) -> {
            assertTrue(known.containsKey(element), element);
            names.stream()
                    .flatMap(some -> Texts.words(some).stream())
                    .forEach(name -> assertTrue(known.get(element).containsKey(name), element + " " + name));
        });
    }

    @Test
    void whatIsNotSupportedSaysWhatToDo() {
        // restcomm.md 5.2: the verbs that are not of a telephone; 5.3 Video
        assertTrue(Vocabulary.unsupported()
                .keySet()
                .containsAll(Set.of("Fax", "Email", "UssdCollect", "UssdMessage", "Language", "Geolocation", "Video")));
        Vocabulary.unsupported().forEach((name, instead) -> {
            assertFalse(instead.isBlank(), name);
            String message = response("<" + name + "/><Dial><" + name + "/><Number>1</Number></Dial>")
                    .findings()
                    .toString();
            assertTrue(message.contains("is not supported: " + instead), message);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"Number", "Client", "Sip"})
    void whoAsksWhetherAMachineAnsweredIsToldWhatToDo(String noun) {
        // reference/peers.md 2.1 row "dial amd": the family's names, none of which is acted on here.
        String text = noun.equals("Sip") ? "sip:1@a.example" : "1";
        for (String name : List.of("machineDetection", "machineDetectionTimeout", "amdStatusCallback")) {
            String findings = response("<Dial><" + noun + " " + name + "=\"Enable\">" + text + "</" + noun + "></Dial>")
                    .findings()
                    .toString();
            assertTrue(
                    findings.contains(name + " of " + noun + " is not supported: give a url whose document asks for a"
                            + " key, which no machine presses; it is ignored"),
                    findings);
        }
    }

    @Test
    void aRuleSaysWhatTheParserDoes() {
        // the docs and check --list are made of it
        assertEquals(new AttributeRule("timeout", "0 to 600 s", "5", 13313, true), rule("Gather", "timeout"));
        assertEquals(new AttributeRule("method", "GET, POST", "POST", 13312, true), rule("Gather", "method"));
        assertEquals(
                new AttributeRule(
                        "statusCallbackEvent", "of answered, completed, initiated, ringing", "completed", 12200, true),
                rule("Client", "statusCallbackEvent"));
        assertFalse(rule("Enqueue", "workflowSid").supported());
        assertEquals(new AttributeRule("to", "+number, client:name or sip:uri", "", 14101, true), rule("Sms", "to"));
        assertEquals(new AttributeRule("method", "GET, POST", "POST", 14104, true), rule("Message", "method"));
    }

    private static AttributeRule rule(String element, String attribute) {
        return Optional.ofNullable(Vocabulary.known().get(element))
                .map(rules -> rules.get(attribute))
                .orElseThrow();
    }
}

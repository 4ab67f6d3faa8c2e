package teleapi.rcml;

import java.util.List;
import java.util.Map;

/** Verbs, nouns and attributes that documents of this family may have and that nothing runs; with what to do instead. */
final class Unsupported {
    /** restcomm.md 5.2, and what TwiML has beside it. */
    static final Map<String, String> VERBS = Map.ofEntries(
            Map.entry("Fax", "send it from the application"),
            Map.entry("Email", "send it from the application"),
            Map.entry("Geolocation", "ask for the place from the application"),
            Map.entry("UssdCollect", "there is no USSD; use Gather"),
            Map.entry("UssdMessage", "there is no USSD; use Say"),
            Map.entry("Language", "there is no USSD; use the language of Say"),
            Map.entry("Pay", "collect the digits with Gather while the recording is paused"),
            Map.entry("Prompt", "use Gather with nested Say or Play"),
            Map.entry("Echo", "there is no echo test"),
            Map.entry("Siprec", "use the recording of the call"));

    /** Of a Dial. restcomm.md 5.3, and what TwiML has beside it. */
    static final Map<String, String> NOUNS = Map.of(
            "Video", "there is no video",
            "Sim", "use Number",
            "WhatsApp", "use Number or Sip",
            "Application", "use Redirect");

    /** Of a Number, Client or Sip: whether a machine has answered. */
    static final List<String> MACHINE_DETECTION = List.of(
            "machineDetection",
            "machineDetectionTimeout",
            "machineDetectionSpeechThreshold",
            "machineDetectionSpeechEndThreshold",
            "machineDetectionSilenceTimeout",
            "amdStatusCallback",
            "amdStatusCallbackMethod");

    static final String ASK_FOR_A_KEY = "give a url whose document asks for a key, which no machine presses";

    private Unsupported() {}
}

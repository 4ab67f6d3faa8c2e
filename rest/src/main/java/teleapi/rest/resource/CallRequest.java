package teleapi.rest.resource;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import teleapi.call.NewCall;
import teleapi.call.NewDocument;
import teleapi.call.StatusCallback;
import teleapi.rcml.HttpMethod;
import teleapi.rest.http.Ask;
import teleapi.rest.http.Code;
import teleapi.rest.http.Parameters;
import teleapi.rest.http.Refused;

/** Reads {@code POST Calls}. */
final class CallRequest {
    static final int LONGEST_ADDRESS = 2_048;
    static final int LONGEST_DIGITS = 32;
    private static final int USUAL_TIMEOUT_SECONDS = 60;
    private static final int LONGEST_TIMEOUT_SECONDS = 600;
    private static final int LONGEST_CALL_SECONDS = 14_400;
    private static final String DIGITS = "0123456789*#ABCDabcdwW";

    private CallRequest() {}

    static NewCall read(Ask ask) {
        NewDocument document = Documents.read(ask.parameters())
                .orElseThrow(() -> Refused.parameter(Code.URL_INVALID, "Url", "is missing, and so is Rcml"));
        return read(ask, document);
    }

    /** The same, of a call whose document is known. */
    static NewCall read(Ask ask, NewDocument document) {
        Parameters parameters = ask.parameters();
        String to = to(parameters);
        String from = parameters
                .address("From", LONGEST_ADDRESS)
                .orElseThrow(() -> Refused.parameter(Code.FROM_MISSING, "From", "is missing"));
        if (!address(from)) {
            throw Refused.parameter(
                    Code.FROM_INVALID, "From", "must be a number, client:name, sip:uri or the Sid of a live call");
        }
        return new NewCall(
                ask.account().sid(),
                from,
                to,
                document,
                statusCallback(parameters),
                Duration.ofSeconds(
                        parameters.number("Timeout", 1, LONGEST_TIMEOUT_SECONDS).orElse(USUAL_TIMEOUT_SECONDS)),
                Duration.ofSeconds(
                        parameters.number("TimeLimit", 1, LONGEST_CALL_SECONDS).orElse(LONGEST_CALL_SECONDS)),
                sendDigits(parameters),
                RecordingRequest.fromTheAnswer(parameters));
    }

    static String to(Parameters parameters) {
        String to = parameters
                .address("To", LONGEST_ADDRESS)
                .orElseThrow(() -> Refused.parameter(Code.TO_MISSING, "To", "is missing"));
        if (!address(to)) {
            throw Refused.parameter(Code.TO_INVALID, "To", "must be a number, client:name or sip:uri");
        }
        return to;
    }

    /** Whether it is worth asking the switchboard: no spaces, nothing that would need quoting in a URI. */
    static boolean address(String text) {
        return text.chars().noneMatch(c -> c <= ' ' || c == 0x7F || c == '<' || c == '>' || c == '"' || c == '\\');
    }

    private static Optional<StatusCallback> statusCallback(Parameters parameters) {
        Set<StatusCallback.Event> events = events(parameters);
        HttpMethod method = parameters.method("StatusCallbackMethod").orElse(HttpMethod.POST);
        return parameters.url("StatusCallback").map(url -> new StatusCallback(url, method, events));
    }

    /** Repeated, or several in one with spaces; completed when there is none. */
    private static Set<StatusCallback.Event> events(Parameters parameters) {
        Set<StatusCallback.Event> events = EnumSet.noneOf(StatusCallback.Event.class);
        for (String value : parameters.form().all("StatusCallbackEvent")) {
            for (String word : value.split(" ", -1)) {
                if (!word.isEmpty()) {
                    events.add(event(word));
                }
            }
        }
        return events.isEmpty() ? Set.of(StatusCallback.Event.COMPLETED) : events;
    }

    private static StatusCallback.Event event(String word) {
        for (StatusCallback.Event event : StatusCallback.Event.values()) {
            if (event.text().equals(word)) {
                return event;
            }
        }
        throw Refused.parameter(
                Code.EVENT_INVALID, "StatusCallbackEvent", "must be of initiated, ringing, answered, completed");
    }

    private static String sendDigits(Parameters parameters) {
        return digits(parameters.text("SendDigits", LONGEST_DIGITS).orElse(""));
    }

    static String digits(String digits) {
        if (digits.chars().anyMatch(c -> DIGITS.indexOf(c) < 0)) {
            throw Refused.parameter(Code.SEND_DIGITS_INVALID, "SendDigits", Code.SEND_DIGITS_INVALID.title());
        }
        return digits;
    }
}

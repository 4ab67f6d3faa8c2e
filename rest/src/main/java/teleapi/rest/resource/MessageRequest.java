package teleapi.rest.resource;

import java.util.Optional;
import teleapi.call.messaging.NewMessage;
import teleapi.rcml.HttpMethod;
import teleapi.rcml.Message;
import teleapi.rest.http.Ask;
import teleapi.rest.http.Code;
import teleapi.rest.http.Parameters;
import teleapi.rest.http.Refused;

/** Reads {@code POST Messages}. */
final class MessageRequest {
    private MessageRequest() {}

    static NewMessage read(Ask ask) {
        Parameters parameters = ask.parameters();
        String to = CallRequest.to(parameters);
        String from = parameters
                .address("From", CallRequest.LONGEST_ADDRESS)
                .orElseThrow(() -> Refused.parameter(Code.FROM_MISSING, "From", "is missing"));
        if (!CallRequest.address(from)) {
            throw Refused.parameter(Code.FROM_INVALID, "From", "must be a number, client:name or sip:uri");
        }
        String body = body(parameters);
        encoding(parameters);
        HttpMethod method = parameters.method("StatusCallbackMethod").orElse(HttpMethod.POST);
        return new NewMessage(
                ask.account().sid(),
                Optional.empty(),
                from,
                to,
                body,
                parameters.url("StatusCallback").map(url -> new NewMessage.Callback(url, method)));
    }

    /** Any text, of several lines too. */
    private static String body(Parameters parameters) {
        String body = parameters
                .raw("Body")
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> Refused.parameter(Code.BODY_MISSING, "Body", "is missing"));
        if (body.length() > Message.MAX_BODY) {
            throw Refused.parameter(
                    Code.BODY_TOO_LONG, "Body", body.length() + " characters, limit " + Message.MAX_BODY);
        }
        return body;
    }

    /** What goes out is UTF-8 (RFC 3428 §9); how a network writes it behind a trunk is the trunk's affair. */
    private static void encoding(Parameters parameters) {
        Optional<String> encoding = parameters.text("Encoding");
        if (encoding.isPresent()
                && !encoding.get().equals("GSM")
                && !encoding.get().equals("UCS-2")) {
            throw Refused.parameter(Code.INVALID_PARAMETER, "Encoding", "must be GSM or UCS-2");
        }
    }
}

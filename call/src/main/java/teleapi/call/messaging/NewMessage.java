package teleapi.call.messaging;

import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.webhook.Urls;
import teleapi.rcml.HttpMethod;
import teleapi.rcml.Message;

/**
 * {@code POST SMS/Messages}, or a verb, already checked.
 *
 * @param callSid whose document it is
 * @param from +number, client:name or sip:uri
 * @param to the same; {@code ?X-Name=value&…} adds SIP headers
 * @param body 1 to 1,600 characters
 * @param statusCallback told of its last status
 */
public record NewMessage(
        Sid account, Optional<Sid> callSid, String from, String to, String body, Optional<Callback> statusCallback) {
    /** Whom to tell. */
    public record Callback(String url, HttpMethod method) {}

    /** Whom a verb wants told; empty when nobody, or when its URL is none. */
    public static Optional<Callback> callback(Message verb, String baseUrl) {
        return verb.statusCallback()
                .flatMap(url -> Urls.resolve(baseUrl, url))
                .map(url -> new Callback(url, verb.statusCallbackMethod()));
    }
}

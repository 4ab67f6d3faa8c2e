package teleapi.call.directory;

import java.util.Optional;
import teleapi.call.Sid;
import teleapi.rcml.HttpMethod;

/**
 * What runs on a text message that comes to a number.
 *
 * @param applicationSid wins over {@code smsUrl}
 */
public record MessageSettings(
        Optional<String> smsUrl,
        HttpMethod smsMethod,
        Optional<String> fallbackUrl,
        HttpMethod fallbackMethod,
        Optional<Sid> applicationSid) {
    public static final MessageSettings NONE =
            new MessageSettings(Optional.empty(), HttpMethod.POST, Optional.empty(), HttpMethod.POST, Optional.empty());

    /** Where the document to run is; empty when there is none, and the number takes no messages. */
    public Optional<String> document(Directory directory) {
        return directory.document(applicationSid, smsUrl);
    }
}

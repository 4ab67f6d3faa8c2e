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

    /** Whether there is a document to run. */
    public boolean answers() {
        return smsUrl.isPresent() || applicationSid.isPresent();
    }
}

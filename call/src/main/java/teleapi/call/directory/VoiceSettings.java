package teleapi.call.directory;

import java.util.Optional;
import teleapi.call.Sid;
import teleapi.rcml.HttpMethod;

/**
 * What runs on a call that reaches (or comes from) a number or client.
 *
 * @param applicationSid wins over {@code voiceUrl}
 */
public record VoiceSettings(
        Optional<String> voiceUrl,
        HttpMethod voiceMethod,
        Optional<String> fallbackUrl,
        HttpMethod fallbackMethod,
        Optional<Sid> applicationSid,
        Optional<String> statusCallback,
        HttpMethod statusCallbackMethod) {
    public static final VoiceSettings NONE = new VoiceSettings(
            Optional.empty(),
            HttpMethod.POST,
            Optional.empty(),
            HttpMethod.POST,
            Optional.empty(),
            Optional.empty(),
            HttpMethod.POST);

    /** Where the document to run is; empty when there is none. */
    public Optional<String> document(Directory directory) {
        return directory.document(applicationSid, voiceUrl);
    }

    /** Whether an application handles its calls: nobody may go round it. */
    public boolean handledByApplication() {
        return voiceUrl.isPresent() || applicationSid.isPresent();
    }
}

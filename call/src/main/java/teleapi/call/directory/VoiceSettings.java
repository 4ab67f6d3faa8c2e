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
}

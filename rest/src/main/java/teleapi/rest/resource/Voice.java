package teleapi.rest.resource;

import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.directory.Directory;
import teleapi.call.directory.VoiceSettings;
import teleapi.rcml.HttpMethod;
import teleapi.rest.http.Ask;
import teleapi.rest.http.Code;
import teleapi.rest.http.Fields;
import teleapi.rest.http.Parameters;
import teleapi.rest.http.Refused;

/** The parameters and fields that numbers and clients have in common. */
final class Voice {
    private Voice() {}

    /** What was sent replaces what was there; what was sent empty removes it. */
    static VoiceSettings read(Ask ask, VoiceSettings before, Directory directory) {
        Parameters parameters = ask.parameters();
        return new VoiceSettings(
                url(parameters, "VoiceUrl", before.voiceUrl()),
                method(parameters, "VoiceMethod", before.voiceMethod()),
                url(parameters, "VoiceFallbackUrl", before.fallbackUrl()),
                method(parameters, "VoiceFallbackMethod", before.fallbackMethod()),
                parameters.has("VoiceApplicationSid")
                        ? application(ask, "VoiceApplicationSid", directory)
                        : before.applicationSid(),
                url(parameters, "StatusCallback", before.statusCallback()),
                method(parameters, "StatusCallbackMethod", before.statusCallbackMethod()));
    }

    static Fields describe(Fields fields, VoiceSettings voice) {
        return fields.text("voice_url", voice.voiceUrl())
                .text("voice_method", voice.voiceMethod().name())
                .text("voice_fallback_url", voice.fallbackUrl())
                .text("voice_fallback_method", voice.fallbackMethod().name())
                .text("voice_application_sid", voice.applicationSid().map(Sid::text))
                .text("status_callback", voice.statusCallback())
                .text("status_callback_method", voice.statusCallbackMethod().name());
    }

    static Optional<String> url(Parameters parameters, String name, Optional<String> before) {
        return parameters.has(name) ? parameters.url(name) : before;
    }

    static HttpMethod method(Parameters parameters, String name, HttpMethod before) {
        return parameters.method(name).orElse(before);
    }

    static Optional<Sid> application(Ask ask, String name, Directory directory) {
        Optional<Sid> sid = ask.parameters()
                .text(name)
                .map(text -> Sid.parse(Sid.APPLICATION, text)
                        .filter(found -> directory
                                .application(found)
                                .filter(application -> application
                                        .accountSid()
                                        .equals(ask.account().sid()))
                                .isPresent())
                        .orElseThrow(() ->
                                Refused.parameter(Code.APPLICATION_INVALID, name, Code.APPLICATION_INVALID.title())));
        return sid;
    }
}

package teleapi.rest.resource;

import teleapi.call.Sid;
import teleapi.call.directory.Directory;
import teleapi.call.directory.MessageSettings;
import teleapi.rest.http.Ask;
import teleapi.rest.http.Fields;
import teleapi.rest.http.Parameters;

/** The parameters and fields of a number that are about text messages. */
final class Texting {
    private Texting() {}

    /** What was sent replaces what was there; what was sent empty removes it. */
    static MessageSettings read(Ask ask, MessageSettings before, Directory directory) {
        Parameters parameters = ask.parameters();
        return new MessageSettings(
                Voice.url(parameters, "SmsUrl", before.smsUrl()),
                Voice.method(parameters, "SmsMethod", before.smsMethod()),
                Voice.url(parameters, "SmsFallbackUrl", before.fallbackUrl()),
                Voice.method(parameters, "SmsFallbackMethod", before.fallbackMethod()),
                parameters.has("SmsApplicationSid")
                        ? Voice.application(ask, "SmsApplicationSid", directory)
                        : before.applicationSid());
    }

    static Fields describe(Fields fields, MessageSettings sms) {
        return fields.text("sms_url", sms.smsUrl())
                .text("sms_method", sms.smsMethod().name())
                .text("sms_fallback_url", sms.fallbackUrl())
                .text("sms_fallback_method", sms.fallbackMethod().name())
                .text("sms_application_sid", sms.applicationSid().map(Sid::text));
    }
}

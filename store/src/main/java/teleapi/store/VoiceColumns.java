package teleapi.store;

import java.sql.SQLException;
import teleapi.call.directory.VoiceSettings;
import teleapi.rcml.HttpMethod;

/** The columns that numbers and clients have in common. */
final class VoiceColumns {
    private VoiceColumns() {}

    static Row add(Row row, VoiceSettings voice) {
        return row.text("voice_url", voice.voiceUrl())
                .text("voice_method", voice.voiceMethod().name())
                .text("voice_fallback_url", voice.fallbackUrl())
                .text("voice_fallback_method", voice.fallbackMethod().name())
                .sid("voice_application_sid", voice.applicationSid())
                .text("status_callback", voice.statusCallback())
                .text("status_callback_method", voice.statusCallbackMethod().name());
    }

    static VoiceSettings read(Columns columns) throws SQLException {
        return new VoiceSettings(
                columns.maybeText("voice_url"),
                method(columns.text("voice_method")),
                columns.maybeText("voice_fallback_url"),
                method(columns.text("voice_fallback_method")),
                columns.maybeSid("voice_application_sid"),
                columns.maybeText("status_callback"),
                method(columns.text("status_callback_method")));
    }

    static HttpMethod method(String text) {
        return text.equals("GET") ? HttpMethod.GET : HttpMethod.POST;
    }
}

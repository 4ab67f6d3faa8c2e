package teleapi.rcml;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who is told of a recording.
 *
 * @param url nobody when it is empty
 * @param events of in-progress, completed, absent
 */
public record RecordingCallback(Optional<String> url, HttpMethod method, List<String> events) {
    public static final Set<String> EVENTS = Set.of("in-progress", "completed", "absent");
    public static final List<String> DEFAULT_EVENTS = List.of("completed");

    public RecordingCallback {
        events = Checked.events("events of a recording", events, EVENTS);
    }

    static RecordingCallback read(Attributes attributes) {
        return new RecordingCallback(
                attributes.url("recordingStatusCallback", RcmlCode.SCHEMA_WARNING),
                attributes.method("recordingStatusCallbackMethod", RcmlCode.SCHEMA_WARNING),
                attributes.events("recordingStatusCallbackEvent", EVENTS, DEFAULT_EVENTS));
    }
}

package teleapi.rcml;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a Dial is recorded: what the caller says and hears.
 *
 * @param fromRinging from the beginning of the Dial; else from when the caller is joined to somebody
 * @param dual two channels: first what the caller says, second what it hears; else one with both
 * @param statusCallbackEvents of in-progress, completed, absent
 */
public record DialRecording(
        boolean fromRinging,
        boolean dual,
        Optional<String> statusCallback,
        HttpMethod statusCallbackMethod,
        List<String> statusCallbackEvents) {
    public static final Set<String> EVENTS = Set.of("in-progress", "completed", "absent");
    public static final List<String> DEFAULT_EVENTS = List.of("completed");

    public DialRecording {
        statusCallbackEvents = Checked.events("recordingStatusCallbackEvents", statusCallbackEvents, EVENTS);
    }
}

package teleapi.rcml;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What Number, Client and Sip have in common.
 *
 * @param url a document that runs on the dialled leg before it is joined
 * @param statusCallbackEvents of initiated, ringing, answered, completed
 */
public record LegOptions(
        Optional<String> url,
        HttpMethod method,
        Optional<String> statusCallback,
        HttpMethod statusCallbackMethod,
        List<String> statusCallbackEvents) {
    public static final Set<String> EVENTS = Set.of("initiated", "ringing", "answered", "completed");
    public static final List<String> DEFAULT_EVENTS = List.of("completed");

    public LegOptions {
        statusCallbackEvents = Checked.events("statusCallbackEvents of a leg", statusCallbackEvents, EVENTS);
    }

    /** What a noun without attributes has. */
    public static LegOptions none() {
        return new LegOptions(Optional.empty(), HttpMethod.POST, Optional.empty(), HttpMethod.POST, DEFAULT_EVENTS);
    }
}

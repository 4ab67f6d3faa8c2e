package teleapi.lab.trace;

import java.time.Instant;
import java.util.Map;

/** An entry of a call's journal as the API tells it. */
record TracedEvent(
        TracedCall call,
        long number,
        Instant time,
        String kind,
        String direction,
        String peer,
        String what,
        Map<String, String> details) {
    String detail(String name) {
        return details.getOrDefault(name, "");
    }
}

package teleapi.rest;

import java.util.Map;
import java.util.Optional;

/**
 * How the server is.
 *
 * @param trouble why it should get no more calls; empty while all is well
 * @param details shown with it, by name
 */
public record Health(Optional<String> trouble, Map<String, String> details) {
    public Health {
        details = Map.copyOf(details);
    }
}

package teleapi.call.records;

import java.time.Instant;
import java.util.Optional;

/**
 * Which messages a list shows; all conditions must hold.
 *
 * @param body a part of the text, in any case
 */
public record MessageFilter(
        Optional<String> from,
        Optional<String> to,
        Optional<Instant> createdFrom,
        Optional<Instant> createdBefore,
        Optional<String> body) {}

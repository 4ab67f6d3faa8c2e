package teleapi.rest.http;

import java.util.Optional;

/**
 * What makes two identical requests without a key one request that was sent twice.
 *
 * @param subject what it changes: an earlier one counts only while nothing else has changed that. Empty when it makes something new
 * @param harmless doing it twice is as doing it once, so that a repeat may share an answer that is still to come
 */
public record Folding(Optional<String> subject, boolean harmless) {}

package teleapi.rcml;

import java.util.Optional;

/**
 * The party talks with whoever is behind the WebSocket, until the server closes it.
 *
 * @param action requested then; empty: the next verb runs
 */
public record Connect(Position position, Optional<String> action, HttpMethod method, Stream stream) implements Verb {}

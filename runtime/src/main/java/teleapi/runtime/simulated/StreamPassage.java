package teleapi.runtime.simulated;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * Something that arrived on a stream.
 *
 * @param arrived virtual nanoseconds; the present when it is told
 * @param bytes a copy, the reader's to keep; empty unless {@code kind} is BYTES
 */
public record StreamPassage(long arrived, InetSocketAddress from, InetSocketAddress to, Kind kind, byte[] bytes) {
    /** What arrived. */
    public enum Kind {
        /** A connection, at the listener. */
        OPENED,
        /** A connection, where nobody listens. */
        REFUSED,
        BYTES,
        CLOSED
    }

    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

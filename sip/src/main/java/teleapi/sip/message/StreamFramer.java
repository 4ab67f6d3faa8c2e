package teleapi.sip.message;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Cuts one connection's bytes into messages by their Content-Length.
 *
 * <pre>
 * Thread  the connection's
 * Errors  a message that cannot be cut out (no or a bad Content-Length, too long) is given out as Malformed or NotSip and ends it: close the stream
 * Source  RFC 3261 §18.3, §7.5
 * </pre>
 */
public final class StreamFramer {
    // Owned by the thread that reads the connection.

    /** Takes a chunk and gives out each message it completes; false when the stream is beyond repair: close it. */
    public boolean take(ByteBuffer chunk, Consumer<ParsedMessage> out) {
        throw new UnsupportedOperationException();
    }
}

package teleapi.sip.message;

import java.nio.ByteBuffer;

/**
 * Bytes to messages: linear in their number, bounded, never an exception.
 *
 * <pre>
 * Thread  any: it has no state
 * Source  RFC 3261 §7, §18.3, §25; RFC 4475
 * </pre>
 */
public final class SipParser {
    /** Of a whole message: a datagram cannot be longer. */
    public static final int LONGEST_MESSAGE = 65_536;

    private SipParser() {}

    /** Reads one datagram: all that remains in the buffer. */
    public static ParsedMessage parse(ByteBuffer datagram) {
        throw new UnsupportedOperationException();
    }
}

package teleapi.sip.message;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to messages: linear in their number, bounded, never an exception.
 *
 * <p>A message is read in two steps. {@link Head} finds the start line and the header lines and goes on after a mistake, so that a wrong request
 * can still be answered; {@link Grammar} then says whether what every message needs is there and well-formed.
 *
 * <pre>
 * Thread  any: it has no state
 * Source  RFC 3261 §7, §18.3, §25; RFC 4475
 * </pre>
 */
public final class SipParser {
    /** Of a whole message: a datagram cannot be longer. */
    public static final int LONGEST_MESSAGE = 65_536;

    private static final byte[] NO_BODY = {};

    private SipParser() {}

    /** Reads one datagram: all that remains in the buffer, which is consumed. */
    public static ParsedMessage parse(ByteBuffer datagram) {
        if (datagram.remaining() > LONGEST_MESSAGE) {
            datagram.position(datagram.limit());
            return new ParsedMessage.NotSip();
        }
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        int start = 0;
        // §7.5: line ends before the start line are to be ignored
        while (start < bytes.length && (bytes[start] == '\r' || bytes[start] == '\n')) {
            start++;
        }
        if (start == bytes.length) {
            return new ParsedMessage.KeepAlive();
        }
        Head head = Head.read(bytes, start, bytes.length);
        if (head == null) {
            return new ParsedMessage.NotSip();
        }
        // §18.3: without a Content-Length the body reaches to the end of the datagram; bytes behind the body are
        // ignored
        int left = bytes.length - head.end();
        int length = head.contentLength() < 0 ? left : head.contentLength();
        if (head.problem() == null && length > left) {
            return malformed(Problem.bad("Content-Length beyond the datagram"), head);
        }
        return complete(
                head,
                length == 0 ? NO_BODY : Arrays.copyOfRange(bytes, head.end(), head.end() + Math.min(length, left)));
    }

    /** The verdict on a head with its body. */
    static ParsedMessage complete(Head head, byte[] body) {
        Problem problem = head.problem();
        @Nullable SipMessage message = head.message(body);
        if (problem == null && message != null) {
            problem = Grammar.problem(message);
            if (problem == null) {
                return new ParsedMessage.Message(message);
            }
        }
        return malformed(problem == null ? Problem.bad("start line") : problem, head);
    }

    static ParsedMessage.Malformed malformed(Problem problem, Head head) {
        // A response, an ACK, and what no Via leads back from are never answered (§17.1.1.3, §18.2.2).
        Optional<SipRequest> request = Optional.empty();
        if (head.message(NO_BODY) instanceof SipRequest half
                && !half.method().equals("ACK")
                && half.header("Via").isPresent()) {
            request = Optional.of(half);
        }
        return new ParsedMessage.Malformed(problem.status(), problem.reason(), request);
    }
}

package teleapi.sip.message;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts one connection's bytes into messages by their Content-Length.
 *
 * <pre>
 * Shape   CRLF CRLF between messages is given out as a keep-alive (answer it with CRLF, RFC 5626 §4.4.1)
 * Thread  the connection's
 * Errors  what cannot be cut out (no or a bad Content-Length, too long, no SIP) is given out as Malformed or NotSip and ends it: answer, then
 *         close the stream. A malformed message of known length is given out and the stream goes on
 * Source  RFC 3261 §18.3, §7.5
 * </pre>
 */
public final class StreamFramer {
    // Owned by the thread that reads the connection.

    private static final int FIRST_SIZE = 4_096;
    private static final byte[] NO_BODY = {};

    private byte[] bytes = new byte[FIRST_SIZE];
    private int length;
    /** Where the search for the end of the headers goes on, so that a slow sender costs no more than a fast one. */
    private int searched;
    /** The head of a message whose body is not complete. */
    private @Nullable Head head;

    private int lineEnds;
    private boolean broken;

    /** Takes a chunk and gives out each message it completes; false when the stream is beyond repair: close it. */
    public boolean take(ByteBuffer chunk, Consumer<ParsedMessage> out) {
        while (chunk.hasRemaining() && !broken) {
            int part = Math.min(chunk.remaining(), SipParser.LONGEST_MESSAGE - length);
            reserve(part);
            chunk.get(bytes, length, part);
            length += part;
            cut(out);
        }
        chunk.position(chunk.limit());
        return !broken;
    }

    /** Whether it holds the beginning of a message: the sender's time to complete it runs. */
    public boolean isInMessage() {
        return length > 0;
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(
                    bytes, Math.min(SipParser.LONGEST_MESSAGE, Math.max(length + more, bytes.length * 2)));
        }
    }

    private void cut(Consumer<ParsedMessage> out) {
        int start = 0;
        while (!broken && start < length) {
            if (head == null && isLineEnd(bytes[start])) {
                start++;
                searched = start;
                if (++lineEnds == 4) {
                    lineEnds = 0;
                    out.accept(new ParsedMessage.KeepAlive());
                }
                continue;
            }
            lineEnds = 0;
            int end = cutOne(start, out);
            if (end < 0) {
                break;
            }
            start = end;
            searched = end;
        }
        if (broken) {
            length = 0;
            bytes = NO_BODY;
            return;
        }
        System.arraycopy(bytes, start, bytes, 0, length - start);
        length -= start;
        searched = Math.max(0, searched - start);
        if (length == 0 && bytes.length > FIRST_SIZE) {
            bytes = new byte[FIRST_SIZE];
        }
    }

    /** Where the next message begins, or negative when more bytes are needed or the stream is broken. */
    private int cutOne(int start, Consumer<ParsedMessage> out) {
        Head known = head;
        if (known == null) {
            int headEnd = headEnd(start);
            if (headEnd < 0 && length - start < Head.LONGEST_BLOCK) {
                return -1;
            }
            known = Head.read(bytes, start, headEnd < 0 ? length : headEnd);
            if (known == null) {
                return broken(new ParsedMessage.NotSip(), out);
            }
            int most = SipParser.LONGEST_MESSAGE - (known.end() - start);
            if (!known.ended() || known.contentLength() > most) {
                return broken(SipParser.malformed(new Problem(513, "message too long"), known), out);
            }
            if (known.contentLength() < 0) {
                return broken(SipParser.malformed(Problem.bad("stream without Content-Length"), known), out);
            }
        }
        int bodyStart = known.end();
        if (length - bodyStart < known.contentLength()) {
            // The head was read where it lies now; it moves to the front of the buffer with its message.
            head = start == 0 ? known : null;
            return -1;
        }
        head = null;
        out.accept(SipParser.complete(known, Arrays.copyOfRange(bytes, bodyStart, bodyStart + known.contentLength())));
        return bodyStart + known.contentLength();
    }

    private int broken(ParsedMessage last, Consumer<ParsedMessage> out) {
        broken = true;
        out.accept(last);
        return -1;
    }

    /** Behind the empty line, or negative when it has not come. */
    private int headEnd(int start) {
        for (int i = Math.max(start, searched - 3); i + 3 < length; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n' && bytes[i + 2] == '\r' && bytes[i + 3] == '\n') {
                return i + 4;
            }
        }
        searched = length;
        return -1;
    }

    private static boolean isLineEnd(byte b) {
        return b == '\r' || b == '\n';
    }
}

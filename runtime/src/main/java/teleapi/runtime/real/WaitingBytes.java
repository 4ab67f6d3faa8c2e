package teleapi.runtime.real;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;

/** Copies of what a stream was given and the system has not taken yet. */
final class WaitingBytes {
    // Owner: whoever holds the stream's lock.
    /** {@link teleapi.runtime.Stream}: a peer that does not read is cut off. */
    private static final int LIMIT = 1 << 20;

    private final ArrayDeque<ByteBuffer> parts = new ArrayDeque<>();
    private int size;

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** False, and nothing has happened, if that would be too much. */
    boolean add(ByteBuffer bytes) {
        int count = bytes.remaining();
        if (size + count > LIMIT) {
            return false;
        }
        size += count;
        parts.add(ByteBuffer.allocate(count).put(bytes).flip());
        return true;
    }

    /** Writes until nothing is left or the channel takes no more. */
    void writeTo(WritableByteChannel channel) throws IOException {
        for (ByteBuffer first = parts.peek(); first != null; first = parts.peek()) {
            size -= channel.write(first);
            if (first.hasRemaining()) {
                return;
            }
            parts.remove();
        }
    }

    void clear() {
        parts.clear();
        size = 0;
    }
}

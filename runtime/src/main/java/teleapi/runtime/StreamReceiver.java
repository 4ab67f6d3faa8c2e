package teleapi.runtime;

import java.nio.ByteBuffer;

/** Gets the bytes of a stream on its loop's thread. */
public interface StreamReceiver {
    /** {@code bytes} is the loop's and is used again after the return: copy what must stay. */
    void received(Stream stream, ByteBuffer bytes);

    /** The stream is gone: closed by either side, broken, or never opened. Told once. */
    void closed(Stream stream);
}

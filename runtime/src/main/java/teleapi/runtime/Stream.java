package teleapi.runtime;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * A TCP connection.
 *
 * <pre>
 * Thread  send, close: any, without waiting
 * Errors  send answers false when the stream is closed or more than 1 MiB is waiting to be written (the stream is then closed)
 * </pre>
 */
public interface Stream {
    InetSocketAddress local();

    InetSocketAddress remote();

    /** Copies or writes what is between position and limit; the buffer is the caller's again on return. */
    boolean send(ByteBuffer bytes);

    void close();
}

package teleapi.runtime;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * A bound UDP socket.
 *
 * <pre>
 * Thread  send: any, without waiting. close: any
 * Errors  send answers false when the system refused the datagram; the caller counts it
 * </pre>
 */
public interface DatagramPort {
    InetSocketAddress local();

    /** Sends what is between position and limit; the buffer is the caller's again on return. Allocates nothing. */
    boolean send(ByteBuffer payload, InetSocketAddress to);

    void close();
}

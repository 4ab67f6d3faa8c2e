package teleapi.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Sockets for SIP and RTP, and names to addresses.
 *
 * <pre>
 * Thread  any; bind does not wait, resolve may wait for seconds and is called only from work started with {@link World#start}
 * Errors  IOException with the address in its message when it cannot be bound
 * </pre>
 */
public interface Network {
    DatagramPort bindDatagram(InetSocketAddress local) throws IOException;

    StreamListener bindStream(InetSocketAddress local) throws IOException;

    /** The addresses of a host name or literal, best first; empty when there are none. */
    List<InetAddress> resolve(String host);
}

package teleapi.sip.transport;

import java.net.InetSocketAddress;
import java.util.Optional;
import teleapi.runtime.Stream;
import teleapi.sip.Transport;

/**
 * Which way a message came or is to go.
 *
 * @param remote the packet's source, or where to send
 * @param stream the connection it came on; answers go back on it. Empty: UDP, or whichever connection leads to {@code remote}
 */
public record Path(Transport transport, InetSocketAddress remote, Optional<Stream> stream) {
    public static Path udp(InetSocketAddress remote) {
        return new Path(Transport.UDP, remote, Optional.empty());
    }

    public static Path to(Transport transport, InetSocketAddress remote) {
        return new Path(transport, remote, Optional.empty());
    }

    /** Whether the transport itself retransmits. */
    public boolean reliable() {
        return transport == Transport.TCP;
    }
}

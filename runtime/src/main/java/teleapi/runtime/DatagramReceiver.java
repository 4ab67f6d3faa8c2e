package teleapi.runtime;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Gets the datagrams of a port on its loop's thread. */
@FunctionalInterface
public interface DatagramReceiver {
    /** {@code payload} is the loop's and is used again after the return: copy what must stay. At most 65,535 bytes. */
    void received(DatagramPort port, ByteBuffer payload, InetSocketAddress from);
}

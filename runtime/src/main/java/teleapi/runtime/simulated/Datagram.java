package teleapi.runtime.simulated;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * A datagram on the wire.
 *
 * @param bytes a copy, the reader's to keep; not to be changed
 */
public record Datagram(InetSocketAddress from, InetSocketAddress to, byte[] bytes) {
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

package teleapi.media.mix;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import teleapi.media.MediaSettings;
import teleapi.media.sdp.AddressPolicy;
import teleapi.runtime.DatagramPort;
import teleapi.runtime.World;

/**
 * Finds free port pairs. The system knows which ports are free, so it is asked: nothing here can leak or disagree with it.
 *
 * <pre>
 * Thread  any; no state
 * Errors  empty when no pair is free
 * </pre>
 */
public final class PortRange {
    /** The system gives odd ports and ports with a busy neighbour too; this many in a row mean that there is nothing. */
    private static final int SYSTEM_TRIES = 64;

    private final World world;
    private final InetAddress host;
    private final int low;
    private final int pairs;

    public PortRange(World world, MediaSettings settings) {
        this.world = world;
        this.host = AddressPolicy.literal(settings.bindHost())
                .or(() -> world.network().resolve(settings.bindHost()).stream().findFirst())
                .orElseThrow(() -> new IllegalArgumentException("no address for media host " + settings.bindHost()));
        this.low = settings.lowPort() + (settings.lowPort() & 1);
        this.pairs = Math.max(0, (settings.highPort() - low + 1) / 2);
    }

    /** Whether {@code sockets} bound are all there can be: says no without asking the system thousands of times. */
    public boolean dry(int sockets) {
        return low != 0 && sockets >= pairs * PortPair.SOCKETS;
    }

    Optional<PortPair> bind() {
        return low == 0 ? anywhere() : inRange();
    }

    private Optional<PortPair> anywhere() {
        Optional<PortPair> found = Optional.empty();
        for (int i = 0; i < SYSTEM_TRIES && found.isEmpty(); i++) {
            found = bind(0).flatMap(this::completed);
        }
        return found;
    }

    private Optional<PortPair> inRange() {
        // From a random place: ports that were just given back rest for a while, and nobody can tell the next.
        int first = pairs == 0 ? 0 : world.random().below(pairs);
        Optional<PortPair> found = Optional.empty();
        for (int i = 0; i < pairs && found.isEmpty(); i++) {
            found = bind(low + 2 * ((first + i) % pairs)).flatMap(this::completed);
        }
        return found;
    }

    private Optional<PortPair> completed(DatagramPort rtp) {
        int port = rtp.local().getPort();
        Optional<PortPair> pair =
                port % 2 != 0 ? Optional.empty() : bind(port + 1).map(rtcp -> new PortPair(rtp, rtcp));
        if (pair.isEmpty()) {
            rtp.close();
        }
        return pair;
    }

    private Optional<DatagramPort> bind(int port) {
        try {
            return Optional.of(world.network().bindDatagram(new InetSocketAddress(host, port)));
        } catch (IOException taken) {
            return Optional.empty();
        }
    }
}

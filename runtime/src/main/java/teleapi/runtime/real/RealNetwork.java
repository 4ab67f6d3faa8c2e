package teleapi.runtime.real;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import teleapi.runtime.DatagramPort;
import teleapi.runtime.Network;
import teleapi.runtime.StreamListener;

/** The machine's sockets and its resolver. */
final class RealNetwork implements Network {
    // Any thread.
    /**
     * The system's resolver blocks in native code: on a virtual thread it would hold one of the few carriers, and a handful of slow
     * names would stop every call. It gets platform threads of its own, and a limit to what waits for them.
     */
    private static final int RESOLVERS = 16;

    private static final int RESOLUTIONS_WAITING = 1024;
    private static final long RESOLUTION_SECONDS = 10;

    /** RFC 1035 §2.3.4 allows 255 octets; an IPv6 literal with a zone is shorter. */
    private static final int LONGEST_NAME = 255;

    private final Census census;
    private final ThreadPoolExecutor resolvers;

    RealNetwork(Census census) {
        this.census = census;
        resolvers = new ThreadPoolExecutor(
                RESOLVERS,
                RESOLVERS,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(RESOLUTIONS_WAITING),
                Thread.ofPlatform().daemon().name("resolver-", 0).factory());
        resolvers.allowCoreThreadTimeOut(true);
    }

    @Override
    public DatagramPort bindDatagram(InetSocketAddress local) throws IOException {
        return RealDatagramPort.bind(local, census);
    }

    @Override
    public StreamListener bindStream(InetSocketAddress local) throws IOException {
        return RealStreamListener.bind(local, census);
    }

    @Override
    public List<InetAddress> resolve(String host) {
        // The JDK takes an empty name for the loopback address.
        if (host.isBlank() || host.length() > LONGEST_NAME) {
            return List.of();
        }
        try {
            return List.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            return lookUp(host);
        }
    }

    private List<InetAddress> lookUp(String host) {
        try {
            return CompletableFuture.supplyAsync(() -> allByName(host), resolvers)
                    .completeOnTimeout(List.of(), RESOLUTION_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (RejectedExecutionException e) {
            return List.of();
        }
    }

    private static List<InetAddress> allByName(String host) {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException | RuntimeException e) {
            return List.of();
        }
    }
}

package teleapi.runtime.real;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import teleapi.runtime.DatagramPort;

/** An unconnected, non-blocking datagram channel: unconnected, so that no ICMP error closes or confuses it. */
final class RealDatagramPort implements DatagramPort {
    // Any thread sends and closes; the attachment is its loop's.
    /** Asked for; the system gives what its limits allow. 1 MiB is half a second of 64 kbit/s for 100 legs. */
    private static final int BUFFER = 1 << 20;

    private final DatagramChannel channel;
    private final InetSocketAddress local;
    private final Census census;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicReference<@Nullable DatagramAttachment> attachment = new AtomicReference<>();

    private RealDatagramPort(DatagramChannel channel, InetSocketAddress local, Census census) {
        this.channel = channel;
        this.local = local;
        this.census = census;
        census.datagramPorts.incrementAndGet();
    }

    static RealDatagramPort bind(InetSocketAddress local, Census census) throws IOException {
        DatagramChannel channel = DatagramChannel.open(
                local.getAddress() instanceof Inet4Address
                        ? StandardProtocolFamily.INET
                        : StandardProtocolFamily.INET6);
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER);
            channel.bind(local);
            return new RealDatagramPort(channel, (InetSocketAddress) channel.getLocalAddress(), census);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw new IOException("cannot bind UDP " + local + ": " + e.getMessage(), e);
        }
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    @Override
    public boolean send(ByteBuffer payload, InetSocketAddress to) {
        int position = payload.position();
        try {
            return channel.send(payload, to) > 0 || position == payload.limit();
        } catch (IOException | IllegalArgumentException e) {
            // IllegalArgumentException: an unresolved address, or an IPv6 one on an IPv4 socket.
            return false;
        } finally {
            payload.position(position);
        }
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        census.datagramPorts.decrementAndGet();
        try {
            channel.close();
        } catch (IOException e) {
            census.failed(toString(), "closing", e);
        }
        DatagramAttachment current = attachment.get();
        if (current != null) {
            // The system's socket goes when the selector forgets it, which it does in its next turn.
            current.loop().wake();
        }
    }

    @Override
    public String toString() {
        return "UDP " + local;
    }

    DatagramChannel channel() {
        return channel;
    }

    boolean attached(DatagramAttachment candidate) {
        return attachment.get() == candidate;
    }

    /** Moves the port here, also from another loop. Loop thread. */
    void attach(DatagramAttachment next, Selector selector) throws IOException {
        DatagramAttachment former = attachment.getAndSet(next);
        if (former != null && former.loop() != next.loop()) {
            former.loop().forget(channel);
        }
        channel.register(selector, SelectionKey.OP_READ, next);
    }
}

package teleapi.runtime.real;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import teleapi.runtime.StreamListener;

/** A listening, non-blocking server socket. */
final class RealStreamListener implements StreamListener {
    // Any thread closes; the rest is its loop's.
    /** Connections the system keeps for us between two turns. */
    private static final int BACKLOG = 1024;

    private final ServerSocketChannel channel;
    private final InetSocketAddress local;
    private final Census census;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicReference<@Nullable RealLoop<?>> loop = new AtomicReference<>();

    private RealStreamListener(ServerSocketChannel channel, InetSocketAddress local, Census census) {
        this.channel = channel;
        this.local = local;
        this.census = census;
        census.listeners.incrementAndGet();
    }

    static RealStreamListener bind(InetSocketAddress local, Census census) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(local, BACKLOG);
            return new RealStreamListener(channel, (InetSocketAddress) channel.getLocalAddress(), census);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw new IOException("cannot listen on TCP " + local + ": " + e.getMessage(), e);
        }
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        census.listeners.decrementAndGet();
        try {
            channel.close();
        } catch (IOException e) {
            census.failed(toString(), "closing", e);
        }
        RealLoop<?> current = loop.get();
        if (current != null) {
            current.wake();
        }
    }

    @Override
    public String toString() {
        return "TCP listener " + local;
    }

    ServerSocketChannel channel() {
        return channel;
    }

    /** Before the channel is registered with that loop, so that a close on another thread wakes it. */
    void on(RealLoop<?> owner) {
        loop.set(owner);
    }
}

package teleapi.runtime.real;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import teleapi.runtime.Stream;
import teleapi.runtime.StreamReceiver;

/**
 * A TCP connection on a loop. Bytes are written by whoever sends them; what the system does not take waits here and goes out on the
 * loop's thread, and so does everything that is sent before the connection is open.
 */
final class RealStream implements Stream, Attached {
    // Owner: the loop's thread; what any thread may touch is guarded by the lock.
    /** How long a stream that we closed may take to deliver what waits. */
    private static final long LINGER_NANOS = 5_000_000_000L;

    private static final InetSocketAddress UNKNOWN = new InetSocketAddress(0);

    private final RealLoop<?> loop;
    private final SocketChannel channel;
    private final InetSocketAddress remote;

    private final ReentrantLock lock = new ReentrantLock();
    private final WaitingBytes waiting = new WaitingBytes();
    private boolean open;
    /** Closed by us; what waits is still written. */
    private boolean closing;

    private boolean gone;
    private InetSocketAddress local = UNKNOWN;
    private @Nullable SelectionKey key;

    private @Nullable StreamReceiver receiver;
    private boolean told;

    private RealStream(RealLoop<?> loop, SocketChannel channel, InetSocketAddress remote) {
        this.loop = loop;
        this.channel = channel;
        this.remote = remote;
        loop.census().streams.incrementAndGet();
    }

    /** Any thread; {@link #connect} follows on the loop's. */
    static RealStream connecting(RealLoop<?> loop, InetSocketAddress remote, StreamReceiver receiver)
            throws IOException {
        RealStream stream = new RealStream(loop, SocketChannel.open(), remote);
        stream.receiver = receiver;
        return stream;
    }

    /** Loop thread. */
    static void accepted(RealLoop<?> loop, SocketChannel channel, Function<Stream, StreamReceiver> onAccept) {
        InetSocketAddress remote;
        try {
            channel.configureBlocking(false);
            remote = (InetSocketAddress) channel.getRemoteAddress();
        } catch (IOException e) {
            // The peer is gone already.
            closeQuietly(channel);
            return;
        }
        RealStream stream = new RealStream(loop, channel, remote);
        try {
            stream.opened();
            stream.receiver = onAccept.apply(stream);
            stream.register();
        } catch (IOException e) {
            stream.abort();
        } catch (Throwable failure) {
            loop.failed("acceptor of streams", failure);
            stream.abort();
        }
    }

    /** Loop thread. */
    void connect() {
        try {
            channel.configureBlocking(false);
            boolean atOnce = channel.connect(remote);
            if (atOnce) {
                opened();
            }
            register();
        } catch (IOException | IllegalArgumentException e) {
            // IllegalArgumentException: an unresolved address.
            abort();
        }
    }

    @Override
    public InetSocketAddress local() {
        lock.lock();
        try {
            return local;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public InetSocketAddress remote() {
        return remote;
    }

    @Override
    public boolean send(ByteBuffer bytes) {
        int position = bytes.position();
        lock.lock();
        try {
            if (closing || gone) {
                return false;
            }
            if (open && waiting.isEmpty()) {
                channel.write(bytes);
            }
            return !bytes.hasRemaining() || keep(bytes);
        } catch (IOException e) {
            abort();
            return false;
        } finally {
            lock.unlock();
            bytes.position(position);
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (closing || gone) {
                return;
            }
            closing = true;
            if (waiting.isEmpty() || !loop.execute(this::linger)) {
                abort();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void ready() {
        lock.lock();
        try {
            if (gone) {
                return;
            }
            if (!open) {
                if (!channel.finishConnect()) {
                    return;
                }
                opened();
            }
            flush();
        } catch (IOException e) {
            abort();
        } finally {
            lock.unlock();
        }
        read();
    }

    @Override
    public void end() {
        abort();
        tell();
    }

    @Override
    public String toString() {
        return "TCP " + local() + " - " + remote;
    }

    private void opened() throws IOException {
        lock.lock();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            local = (InetSocketAddress) channel.getLocalAddress();
            open = true;
            watch();
        } finally {
            lock.unlock();
        }
    }

    private void register() throws IOException {
        lock.lock();
        try {
            if (!gone) {
                key = channel.register(loop.selector(), 0, this);
                watch();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Tells the selector what is of interest now. Under the lock. */
    private void watch() {
        if (key == null || gone) {
            return;
        }
        if (!open) {
            key.interestOps(SelectionKey.OP_CONNECT);
        } else {
            int write = waiting.isEmpty() ? 0 : SelectionKey.OP_WRITE;
            key.interestOps(closing ? write : write | SelectionKey.OP_READ);
        }
        loop.wake();
    }

    /** Under the lock. */
    private boolean keep(ByteBuffer bytes) {
        if (!waiting.add(bytes)) {
            abort();
            return false;
        }
        watch();
        return true;
    }

    /** Under the lock. */
    private void flush() throws IOException {
        if (waiting.isEmpty()) {
            return;
        }
        waiting.writeTo(channel);
        if (waiting.isEmpty()) {
            if (closing) {
                abort();
            } else {
                watch();
            }
        }
    }

    private void read() {
        ByteBuffer buffer = loop.buffer().clear();
        try {
            if (stopped()) {
                return;
            }
            int count = channel.read(buffer);
            if (count < 0) {
                close();
                return;
            }
        } catch (IOException e) {
            abort();
            return;
        }
        StreamReceiver current = receiver;
        if (buffer.flip().hasRemaining() && current != null) {
            try {
                current.received(this, buffer);
            } catch (Throwable failure) {
                loop.failed("receiver of " + this, failure);
            }
        }
    }

    private boolean stopped() {
        lock.lock();
        try {
            return closing || gone;
        } finally {
            lock.unlock();
        }
    }

    private void linger() {
        lock.lock();
        try {
            watch();
        } finally {
            lock.unlock();
        }
        loop.timer(this::abort).at(System.nanoTime() + LINGER_NANOS);
    }

    private void abort() {
        lock.lock();
        try {
            if (gone) {
                return;
            }
            gone = true;
            waiting.clear();
            loop.census().streams.decrementAndGet();
            // Before the channel is closed: a loop that refuses this still finds the stream among its keys when it
            // ends.
            loop.execute(this::tell);
            closeQuietly(channel);
            loop.wake();
        } finally {
            lock.unlock();
        }
    }

    private void tell() {
        StreamReceiver current = receiver;
        if (told || current == null) {
            return;
        }
        told = true;
        try {
            current.closed(this);
        } catch (Throwable failure) {
            loop.failed("receiver of the end of " + this, failure);
        }
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Closing is all that could be done about it.
        }
    }
}

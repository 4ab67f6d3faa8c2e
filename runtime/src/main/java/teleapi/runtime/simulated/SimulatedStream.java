package teleapi.runtime.simulated;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import teleapi.runtime.Stream;
import teleapi.runtime.StreamReceiver;

/**
 * Owned by whoever holds the baton. One end of a connection.
 *
 * <p>What arrives is put to what has not been read yet, so two sends may be read at once, as with TCP.
 */
final class SimulatedStream implements Stream {
    /** The face's limit of what may wait to be written. */
    private static final int MOST_WAITING = 1 << 20;
    /** At most so much is read at once. */
    private static final int READ = 1 << 16;

    private static final InetSocketAddress UNKNOWN = new InetSocketAddress(0);

    private final Scheduler scheduler;
    private final SimulatedNetwork network;
    private final InetSocketAddress local;
    private final InetSocketAddress remote;
    private final SimulatedNetwork.Way way;
    private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();
    private byte[] unread = {};
    private int underWay;
    private @Nullable SimulatedStream peer;
    private @Nullable SimulatedLoop<?> loop;
    private @Nullable StreamReceiver receiver;
    private boolean reading;
    private boolean finished;
    private boolean closed;
    private boolean told;

    SimulatedStream(Scheduler scheduler, SimulatedNetwork network, InetSocketAddress local, InetSocketAddress remote) {
        this.scheduler = scheduler;
        this.network = network;
        this.local = local;
        this.remote = remote;
        way = network.way();
        network.opened(this);
    }

    /** As on a machine, not known before the connection stands. */
    @Override
    public InetSocketAddress local() {
        return peer == null ? UNKNOWN : local;
    }

    InetSocketAddress origin() {
        return local;
    }

    @Override
    public InetSocketAddress remote() {
        return remote;
    }

    @Override
    public boolean send(ByteBuffer bytes) {
        scheduler.check();
        if (closed || finished) {
            return false;
        }
        if (underWay + unsent.size() + bytes.remaining() > MOST_WAITING) {
            close();
            return false;
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(bytes.position(), copy);
        if (peer == null) {
            unsent.writeBytes(copy);
        } else {
            transmit(peer, copy);
        }
        return true;
    }

    private void transmit(SimulatedStream to, byte[] bytes) {
        underWay += bytes.length;
        network.onWay(way, local, remote, () -> {
            underWay -= bytes.length;
            to.arrive(bytes);
        });
    }

    private void arrive(byte[] bytes) {
        if (!closed) {
            network.tell(remote, local, StreamPassage.Kind.BYTES, bytes);
            byte[] more = new byte[unread.length + bytes.length];
            System.arraycopy(unread, 0, more, 0, unread.length);
            System.arraycopy(bytes, 0, more, unread.length, bytes.length);
            unread = more;
            readSoon();
        }
    }

    private void readSoon() {
        if (loop != null && !reading) {
            reading = true;
            loop.arrive(this::read);
        }
    }

    private void read() {
        reading = false;
        StreamReceiver reader = receiver;
        if (closed || reader == null) {
            return;
        }
        if (unread.length > 0) {
            byte[] all = unread;
            int part = network.part(local, remote, Math.min(all.length, READ));
            unread = Arrays.copyOfRange(all, part, all.length);
            Lent.to(all, 0, part, bytes -> reader.received(this, bytes));
        }
        if (unread.length > 0) {
            readSoon();
        } else if (finished) {
            close();
            tellClosed();
        }
    }

    /** The connection stands, seen from the listener's side; the other side learns it before anything that is sent from here. */
    void accepted(SimulatedStream client) {
        network.onWay(way, local, remote, () -> client.connected(this));
        connected(client);
    }

    /** The connection stands, seen from here. */
    void connected(SimulatedStream other) {
        peer = other;
        if (unsent.size() > 0) {
            transmit(other, unsent.toByteArray());
            unsent.reset();
        }
        if (closed) {
            sayFinished(other);
        }
    }

    void own(SimulatedLoop<?> owner) {
        loop = owner;
        owner.add(this);
    }

    void receiver(StreamReceiver to) {
        receiver = to;
        if (closed) {
            tellClosedSoon();
        } else if (unread.length > 0 || finished) {
            readSoon();
        }
    }

    /** The other side has closed, or there is none. */
    void finish() {
        finished = true;
        readSoon();
    }

    @Override
    public void close() {
        scheduler.check();
        if (closed) {
            return;
        }
        closed = true;
        unread = new byte[0];
        network.closed(this);
        if (peer != null) {
            sayFinished(peer);
        }
        if (receiver != null) {
            tellClosedSoon();
        }
    }

    private void sayFinished(SimulatedStream to) {
        network.onWay(way, local, remote, () -> {
            if (!to.closed && !to.finished) {
                network.tell(local, remote, StreamPassage.Kind.CLOSED, new byte[0]);
                to.finish();
            }
        });
    }

    private void tellClosedSoon() {
        if (loop != null) {
            loop.arrive(this::tellClosed);
        }
    }

    /** On the loop's thread. */
    void tellClosed() {
        if (!told && receiver != null) {
            told = true;
            if (loop != null) {
                loop.remove(this);
            }
            receiver.closed(this);
        }
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public String toString() {
        return "tcp " + SimulatedNetwork.text(local) + " - " + SimulatedNetwork.text(remote);
    }
}

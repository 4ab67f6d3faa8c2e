package teleapi.runtime.simulated;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import teleapi.runtime.DatagramPort;
import teleapi.runtime.DatagramReceiver;

/** Owned by whoever holds the baton. */
final class SimulatedPort implements DatagramPort {
    /** About what a kernel's default receive buffer holds of small datagrams. */
    private static final int BACKLOG = 256;
    /** What UDP over IPv4 can carry. */
    private static final int LARGEST = 65_507;

    private final Scheduler scheduler;
    private final SimulatedNetwork network;
    private final InetSocketAddress local;
    private final ArrayDeque<Datagram> waiting = new ArrayDeque<>();
    private @Nullable SimulatedLoop<?> loop;
    private @Nullable DatagramReceiver receiver;
    private boolean closed;

    SimulatedPort(Scheduler scheduler, SimulatedNetwork network, InetSocketAddress local) {
        this.scheduler = scheduler;
        this.network = network;
        this.local = local;
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    @Override
    public boolean send(ByteBuffer payload, InetSocketAddress to) {
        scheduler.check();
        if (closed || to.isUnresolved() || to.getPort() == 0 || payload.remaining() > LARGEST) {
            return false;
        }
        byte[] copy = new byte[payload.remaining()];
        payload.get(payload.position(), copy);
        network.send(new Datagram(SimulatedNetwork.source(local), to, copy));
        return true;
    }

    void attach(SimulatedLoop<?> owner, DatagramReceiver to) {
        loop = owner;
        receiver = to;
        waiting.forEach(datagram -> owner.arrive(this::receive));
    }

    /** False when too much is waiting. */
    boolean arrive(Datagram datagram) {
        if (waiting.size() == BACKLOG) {
            return false;
        }
        waiting.add(datagram);
        if (loop != null) {
            loop.arrive(this::receive);
        }
        return true;
    }

    private void receive() {
        Datagram datagram = waiting.poll();
        DatagramReceiver reader = receiver;
        if (datagram != null && reader != null) {
            Lent.to(
                    datagram.bytes(),
                    0,
                    datagram.bytes().length,
                    bytes -> reader.received(this, bytes, datagram.from()));
        }
    }

    @Override
    public void close() {
        scheduler.check();
        if (!closed) {
            closed = true;
            waiting.clear();
            network.unbind(this);
            if (loop != null) {
                loop.remove(this);
            }
        }
    }

    @Override
    public String toString() {
        return "udp " + SimulatedNetwork.text(local);
    }
}

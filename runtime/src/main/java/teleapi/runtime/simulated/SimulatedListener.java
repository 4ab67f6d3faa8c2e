package teleapi.runtime.simulated;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import teleapi.runtime.Stream;
import teleapi.runtime.StreamListener;
import teleapi.runtime.StreamReceiver;

/** Owned by whoever holds the baton. */
final class SimulatedListener implements StreamListener {
    /** Connections that were not accepted yet; the usual limit of a kernel. */
    private static final int BACKLOG = 128;

    private final Scheduler scheduler;
    private final SimulatedNetwork network;
    private final InetSocketAddress local;
    private final ArrayDeque<SimulatedStream> waiting = new ArrayDeque<>();
    private @Nullable SimulatedLoop<?> loop;
    private @Nullable Function<Stream, StreamReceiver> onAccept;
    private boolean closed;

    SimulatedListener(Scheduler scheduler, SimulatedNetwork network, InetSocketAddress local) {
        this.scheduler = scheduler;
        this.network = network;
        this.local = local;
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    void attach(SimulatedLoop<?> owner, Function<Stream, StreamReceiver> accepting) {
        loop = owner;
        onAccept = accepting;
        waiting.forEach(stream -> owner.arrive(this::accept));
    }

    boolean full() {
        return waiting.size() >= BACKLOG;
    }

    void arrive(SimulatedStream stream) {
        waiting.add(stream);
        if (loop != null) {
            loop.arrive(this::accept);
        }
    }

    private void accept() {
        SimulatedStream stream = waiting.poll();
        if (stream != null && loop != null && onAccept != null) {
            stream.own(loop);
            stream.receiver(onAccept.apply(stream));
        }
    }

    @Override
    public void close() {
        scheduler.check();
        if (!closed) {
            closed = true;
            waiting.forEach(SimulatedStream::close);
            waiting.clear();
            network.unbind(this);
            if (loop != null) {
                loop.remove(this);
            }
        }
    }

    @Override
    public String toString() {
        return "tcp " + SimulatedNetwork.text(local);
    }
}

package teleapi.runtime.simulated;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import teleapi.runtime.DatagramPort;
import teleapi.runtime.DatagramReceiver;
import teleapi.runtime.Loop;
import teleapi.runtime.Stream;
import teleapi.runtime.StreamListener;
import teleapi.runtime.StreamReceiver;

/**
 * Owned by whoever holds the baton. Messages, arrivals (datagrams, streams) and due timers wait in queues of their own; when several
 * have something, the seed chooses, as a machine's timing would. Between two things anybody may run.
 */
final class SimulatedLoop<M> implements Loop<M> {
    private final Scheduler scheduler;
    private final SimulatedNetwork network;
    private final String name;
    private final int capacity;
    private final ArrayDeque<M> messages = new ArrayDeque<>();
    private final ArrayDeque<Runnable> arrivals = new ArrayDeque<>();
    private final ArrayDeque<SimulatedTimer> due = new ArrayDeque<>();
    private final LinkedHashSet<SimulatedTimer> pending = new LinkedHashSet<>();
    private final LinkedHashSet<SimulatedPort> ports = new LinkedHashSet<>();
    private final LinkedHashSet<SimulatedListener> listeners = new LinkedHashSet<>();
    private final LinkedHashSet<SimulatedStream> streams = new LinkedHashSet<>();
    private @Nullable SimulatedThread thread;
    private boolean closed;
    private boolean ended;

    SimulatedLoop(Scheduler scheduler, SimulatedNetwork network, String name, int capacity) {
        if (capacity <= 0) {
            throw new IllegalArgumentException("capacity of loop " + name + " is " + capacity);
        }
        this.scheduler = scheduler;
        this.network = network;
        this.name = name;
        this.capacity = capacity;
    }

    @Override
    public void start(Consumer<M> handler) {
        scheduler.check();
        if (thread != null || closed) {
            throw new IllegalStateException("loop " + name + " was started or closed before");
        }
        thread = scheduler.start(name, true, () -> work(handler));
    }

    private void work(Consumer<M> handler) {
        while (!closed || !messages.isEmpty()) {
            int sources = sources();
            if (sources == 0) {
                scheduler.block();
            } else {
                handle(handler, sources == 1 ? 0 : scheduler.choices().below(sources));
                if (sources() > 0) {
                    scheduler.giveWay();
                }
            }
        }
        end();
    }

    private int sources() {
        int waiting = messages.isEmpty() ? 0 : 1;
        return closed ? waiting : waiting + (arrivals.isEmpty() ? 0 : 1) + (due.isEmpty() ? 0 : 1);
    }

    /** Handles the head of the {@code chosen}th queue of those that have something. */
    private void handle(Consumer<M> handler, int chosen) {
        int left = chosen;
        if (!messages.isEmpty() && left-- == 0) {
            handler.accept(messages.remove());
        } else if (!arrivals.isEmpty() && left == 0) {
            arrivals.remove().run();
        } else {
            SimulatedTimer timer = due.remove();
            pending.remove(timer);
            timer.run();
        }
    }

    private void end() {
        ended = true;
        release();
        for (SimulatedStream stream : List.copyOf(streams)) {
            stream.tellClosed();
        }
        streams.clear();
        arrivals.clear();
    }

    private void release() {
        List.copyOf(pending).forEach(SimulatedTimer::cancel);
        List.copyOf(ports).forEach(SimulatedPort::close);
        List.copyOf(listeners).forEach(SimulatedListener::close);
        List.copyOf(streams).forEach(SimulatedStream::close);
    }

    @Override
    public boolean offer(M message) {
        return accept(message, capacity);
    }

    @Override
    public boolean post(M message) {
        return accept(message, Integer.MAX_VALUE);
    }

    private boolean accept(M message, int most) {
        scheduler.check();
        boolean accepted = !closed && !scheduler.closing() && messages.size() < most;
        if (accepted) {
            messages.add(message);
            wake();
        }
        scheduler.perhapsGiveWay();
        return accepted;
    }

    /** Something from the network, to be handled on this loop's thread. */
    void arrive(Runnable arrival) {
        if (!ended) {
            arrivals.add(arrival);
            wake();
        }
    }

    void due(SimulatedTimer timer) {
        due.add(timer);
        wake();
    }

    private void wake() {
        if (thread != null) {
            scheduler.wake(thread);
        }
    }

    @Override
    public Timer timer(Runnable action) {
        requireOwner("timer");
        return new SimulatedTimer(this, scheduler, action);
    }

    @Override
    public void attach(DatagramPort port, DatagramReceiver receiver) {
        requireOwner("attach");
        SimulatedPort simulated = (SimulatedPort) port;
        if (ended) {
            simulated.close();
        } else {
            ports.add(simulated);
            simulated.attach(this, receiver);
        }
    }

    @Override
    public void listen(StreamListener listener, Function<Stream, StreamReceiver> onAccept) {
        requireOwner("listen");
        SimulatedListener simulated = (SimulatedListener) listener;
        if (ended) {
            simulated.close();
        } else {
            listeners.add(simulated);
            simulated.attach(this, onAccept);
        }
    }

    @Override
    public Stream connect(InetSocketAddress remote, StreamReceiver receiver) {
        requireOwner("connect");
        SimulatedStream stream = network.connect(this, home(), remote, receiver);
        if (ended) {
            stream.close();
        }
        return stream;
    }

    /** Where connections of this loop come from: the host of its first port or listener. */
    private InetSocketAddress home() {
        List<InetSocketAddress> bound = new ArrayList<>();
        ports.forEach(port -> bound.add(port.local()));
        listeners.forEach(listener -> bound.add(listener.local()));
        return bound.stream()
                .filter(address -> !address.getAddress().isAnyLocalAddress())
                .findFirst()
                .orElse(SimulatedNetwork.LOOPBACK);
    }

    /** The face's rule, which only shows as a rare race in the real world. The test's thread may, between runs: nobody else runs then. */
    void requireOwner(String what) {
        scheduler.check();
        SimulatedThread caller = scheduler.current();
        if (thread != null && caller != null && caller != thread && !scheduler.closing()) {
            throw new IllegalStateException(what + " of loop " + name + " called by " + scheduler.running());
        }
    }

    @Override
    public void close() {
        scheduler.check();
        closed = true;
        if (thread == null) {
            ended = true;
            release();
        } else {
            wake();
        }
    }

    boolean ended() {
        return ended;
    }

    void add(SimulatedStream stream) {
        streams.add(stream);
    }

    void remove(SimulatedStream stream) {
        streams.remove(stream);
    }

    void remove(SimulatedPort port) {
        ports.remove(port);
    }

    void remove(SimulatedListener listener) {
        listeners.remove(listener);
    }

    void pending(SimulatedTimer timer) {
        pending.add(timer);
    }

    void notPending(SimulatedTimer timer) {
        if (pending.remove(timer)) {
            due.remove(timer);
        }
    }

    boolean isPending(SimulatedTimer timer) {
        return pending.contains(timer);
    }

    List<String> timers() {
        return pending.stream().map(SimulatedTimer::toString).toList();
    }

    String name() {
        return name;
    }

    @Override
    public String toString() {
        return "loop " + name;
    }
}

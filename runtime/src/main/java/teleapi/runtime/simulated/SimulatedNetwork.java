package teleapi.runtime.simulated;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import teleapi.runtime.DatagramPort;
import teleapi.runtime.Network;
import teleapi.runtime.StreamListener;
import teleapi.runtime.StreamReceiver;

/** Owned by whoever holds the baton. One table of addresses for all hosts there are; a wildcard address answers for every host that has not bound the port itself. */
final class SimulatedNetwork implements Network {
    static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    private static final InetAddress ANY = InetAddress.ofLiteral("0.0.0.0");
    private static final InetAddress ANY6 = InetAddress.ofLiteral("::");
    private static final int FIRST_FREE = 49_152;
    private static final int LAST_FREE = 65_535;

    private record Pair(InetSocketAddress from, InetSocketAddress to) {}

    /** What is under way in one direction, in order. */
    static final class Way {
        private final long flow;
        private long last;

        private Way(long flow) {
            this.flow = flow;
        }
    }

    private final Scheduler scheduler;
    private final Chance chance;
    private final Skies skies;
    private final Map<InetSocketAddress, SimulatedPort> ports = new LinkedHashMap<>();
    private final Map<InetSocketAddress, SimulatedListener> listeners = new LinkedHashMap<>();
    private final LinkedHashSet<SimulatedStream> streams = new LinkedHashSet<>();
    private final Map<Pair, Way> ways = new HashMap<>();
    private final Map<String, List<InetAddress>> hosts = new HashMap<>();
    private final List<Consumer<DatagramPassage>> datagramTaps = new ArrayList<>();
    private final List<Consumer<StreamPassage>> streamTaps = new ArrayList<>();
    private int nextFree = FIRST_FREE;
    private Duration lookup = Duration.ZERO;

    SimulatedNetwork(Scheduler scheduler, Chance chance, Skies skies) {
        this.scheduler = scheduler;
        this.chance = chance;
        this.skies = skies;
        hosts.put("localhost", List.of(LOOPBACK.getAddress()));
    }

    // ---- the face

    @Override
    public DatagramPort bindDatagram(InetSocketAddress local) throws IOException {
        scheduler.check();
        InetSocketAddress address = free(local, ports);
        var port = new SimulatedPort(scheduler, this, address);
        ports.put(address, port);
        return port;
    }

    @Override
    public StreamListener bindStream(InetSocketAddress local) throws IOException {
        scheduler.check();
        InetSocketAddress address = free(local, listeners);
        var listener = new SimulatedListener(scheduler, this, address);
        listeners.put(address, listener);
        return listener;
    }

    private InetSocketAddress free(InetSocketAddress local, Map<InetSocketAddress, ?> bound) throws IOException {
        if (local.isUnresolved()) {
            throw new BindException("cannot bind " + local + ": unresolved");
        }
        if (local.getPort() != 0) {
            if (bound.containsKey(local)) {
                throw new BindException("cannot bind " + text(local) + ": in use");
            }
            return local;
        }
        for (int tried = FIRST_FREE; tried <= LAST_FREE; tried++) {
            var address = new InetSocketAddress(local.getAddress(), nextFree());
            if (!bound.containsKey(address)) {
                return address;
            }
        }
        throw new BindException("cannot bind " + text(local) + ": no free port");
    }

    /** Goes round, so that a port just closed is not soon somebody else's. */
    private int nextFree() {
        int port = nextFree;
        nextFree = port == LAST_FREE ? FIRST_FREE : port + 1;
        return port;
    }

    @Override
    public List<InetAddress> resolve(String host) {
        scheduler.check();
        SimulatedThread me = scheduler.current();
        if (me != null) {
            if (me.loop()) {
                throw new IllegalStateException("loop " + me.name() + " would wait for the address of " + host);
            }
            scheduler.giveWay();
            if (lookup.isPositive()) {
                scheduler.block(scheduler.now() + lookup.toNanos());
            }
        }
        List<InetAddress> known = hosts.get(host);
        if (known != null) {
            return known;
        }
        try {
            return List.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException notALiteral) {
            return List.of();
        }
    }

    // ---- datagrams

    void send(Datagram datagram) {
        Weather weather = skies.over(datagram);
        long sent = scheduler.now();
        Way way = ways.computeIfAbsent(new Pair(datagram.from(), datagram.to()), pair -> way());
        long latency = chance.between(weather.least().toNanos(), weather.most().toNanos());
        if (chance.hits(weather.loss())) {
            planLoss(way, sent, sent + latency, datagram);
            return;
        }
        plan(way, weather, sent, latency, datagram, DatagramPassage.Fate.DELIVERED);
        if (chance.hits(weather.duplication())) {
            long again =
                    chance.between(weather.least().toNanos(), weather.most().toNanos());
            plan(way, weather, sent, again, datagram, DatagramPassage.Fate.DUPLICATE);
        }
    }

    private void planLoss(Way way, long sent, long arrival, Datagram datagram) {
        scheduler.agenda().once(way.flow, arrival, () -> tell(sent, datagram, DatagramPassage.Fate.LOST));
    }

    private void plan(Way way, Weather weather, long sent, long latency, Datagram datagram, DatagramPassage.Fate fate) {
        long arrival = sent + latency;
        if (chance.hits(weather.reordering())) {
            arrival += chance.between(1, Math.max(1, weather.most().toNanos()));
        } else {
            arrival = Math.max(arrival, way.last);
            way.last = arrival;
        }
        scheduler.agenda().once(way.flow, arrival, () -> deliver(sent, datagram, fate));
    }

    private void deliver(long sent, Datagram datagram, DatagramPassage.Fate fate) {
        SimulatedPort port = find(ports, datagram.to());
        if (port == null) {
            tell(sent, datagram, DatagramPassage.Fate.UNREACHABLE);
        } else {
            boolean accepted = port.arrive(datagram);
            tell(sent, datagram, accepted ? fate : DatagramPassage.Fate.OVERFLOWED);
        }
    }

    private void tell(long sent, Datagram datagram, DatagramPassage.Fate fate) {
        for (Consumer<DatagramPassage> tap : datagramTaps) {
            var copy = new Datagram(
                    datagram.from(), datagram.to(), datagram.bytes().clone());
            tap.accept(new DatagramPassage(sent, scheduler.now(), copy, fate));
        }
    }

    private static <T> @Nullable T find(Map<InetSocketAddress, T> bound, InetSocketAddress to) {
        T exact = bound.get(to);
        if (exact != null) {
            return exact;
        }
        T any = bound.get(new InetSocketAddress(ANY, to.getPort()));
        return any != null ? any : bound.get(new InetSocketAddress(ANY6, to.getPort()));
    }

    // ---- streams

    SimulatedStream connect(
            SimulatedLoop<?> loop, InetSocketAddress home, InetSocketAddress remote, StreamReceiver receiver) {
        var local = new InetSocketAddress(home.getAddress(), nextFree());
        var client = new SimulatedStream(scheduler, this, local, remote);
        client.own(loop);
        client.receiver(receiver);
        if (remote.isUnresolved()) {
            client.finish();
        } else {
            onWay(way(), local, remote, () -> arrive(client));
        }
        return client;
    }

    private void arrive(SimulatedStream client) {
        if (client.isClosed()) {
            return;
        }
        InetSocketAddress remote = client.remote();
        SimulatedListener listener = find(listeners, remote);
        if (listener == null || listener.full()) {
            tell(client.origin(), remote, StreamPassage.Kind.REFUSED, new byte[0]);
            onWay(way(), remote, client.origin(), client::finish);
        } else {
            tell(client.origin(), remote, StreamPassage.Kind.OPENED, new byte[0]);
            var server = new SimulatedStream(scheduler, this, /* local= */ remote, /* remote= */ client.origin());
            server.accepted(client);
            listener.arrive(server);
        }
    }

    Way way() {
        return new Way(scheduler.agenda().newFlow());
    }

    void onWay(Way way, InetSocketAddress from, InetSocketAddress to, Runnable arrival) {
        long latency =
                skies.between(from.getAddress(), to.getAddress()).stream().toNanos();
        way.last = Math.max(way.last, scheduler.now() + latency);
        scheduler.agenda().once(way.flow, way.last, arrival);
    }

    /** How much of {@code waiting} bytes a read gets. */
    int part(InetSocketAddress local, InetSocketAddress remote, int waiting) {
        Weather weather = skies.between(remote.getAddress(), local.getAddress());
        return waiting > 1 && chance.hits(weather.splitting()) ? 1 + chance.below(waiting) : waiting;
    }

    void tell(InetSocketAddress from, InetSocketAddress to, StreamPassage.Kind kind, byte[] bytes) {
        for (Consumer<StreamPassage> tap : streamTaps) {
            tap.accept(new StreamPassage(scheduler.now(), from, to, kind, bytes.clone()));
        }
    }

    void opened(SimulatedStream stream) {
        streams.add(stream);
    }

    void closed(SimulatedStream stream) {
        streams.remove(stream);
    }

    // ---- what the world sets and asks

    void unbind(SimulatedPort port) {
        ports.remove(port.local());
    }

    void unbind(SimulatedListener listener) {
        listeners.remove(listener.local());
    }

    void host(String name, List<InetAddress> addresses) {
        hosts.put(name, addresses);
    }

    void lookup(Duration takes) {
        lookup = takes;
    }

    void onDatagram(Consumer<DatagramPassage> tap) {
        datagramTaps.add(tap);
    }

    void onStream(Consumer<StreamPassage> tap) {
        streamTaps.add(tap);
    }

    List<String> ports() {
        return ports.values().stream().map(SimulatedPort::toString).toList();
    }

    List<String> listeners() {
        return listeners.values().stream().map(SimulatedListener::toString).toList();
    }

    List<String> streams() {
        return streams.stream().map(SimulatedStream::toString).toList();
    }

    static InetSocketAddress source(InetSocketAddress local) {
        return local.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(LOOPBACK.getAddress(), local.getPort())
                : local;
    }

    static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}

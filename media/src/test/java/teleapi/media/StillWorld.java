package teleapi.media;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import teleapi.runtime.DatagramPort;
import teleapi.runtime.DatagramReceiver;
import teleapi.runtime.Loop;
import teleapi.runtime.Mailbox;
import teleapi.runtime.Network;
import teleapi.runtime.Randomness;
import teleapi.runtime.Stream;
import teleapi.runtime.StreamListener;
import teleapi.runtime.StreamReceiver;
import teleapi.runtime.Time;
import teleapi.runtime.World;

/** A world on the test's own thread, moved by hand, which itself allocates nothing while it moves: for counting what others allocate. */
final class StillWorld implements World, Time, Network, Randomness {
    // The test's thread.
    final List<StillPort> ports = new ArrayList<>();
    private final List<StillTimer> timers = new ArrayList<>();
    private long now;
    private long chance = 1;

    StillWorld() {
        this(1_000_000_000L);
    }

    StillWorld(long now) {
        this.now = now;
    }

    /** Moves time; timers run when they are due. */
    void run(long nanos) {
        long end = now + nanos;
        while (true) {
            StillTimer first = null;
            for (int i = 0; i < timers.size(); i++) {
                StillTimer timer = timers.get(i);
                if (timer.set && timer.at <= end && (first == null || timer.at < first.at)) {
                    first = timer;
                }
            }
            if (first == null) {
                now = end;
                return;
            }
            now = Math.max(now, first.at);
            first.set = false;
            first.action.run();
        }
    }

    /** Time goes on, and nobody can do anything. */
    void stop(long nanos) {
        now += nanos;
    }

    static final class StillPort implements DatagramPort {
        private final InetSocketAddress local;
        private @Nullable DatagramReceiver receiver;
        long sent;

        StillPort(InetSocketAddress local) {
            this.local = local;
        }

        void arrive(ByteBuffer datagram, InetSocketAddress from) {
            if (receiver != null) {
                receiver.received(this, datagram, from);
            }
        }

        @Override
        public InetSocketAddress local() {
            return local;
        }

        @Override
        public boolean send(ByteBuffer payload, InetSocketAddress to) {
            sent++;
            return true;
        }

        @Override
        public void close() {}
    }

    static final class StillTimer implements Loop.Timer {
        private final Runnable action;
        private long at;
        private boolean set;

        StillTimer(Runnable action) {
            this.action = action;
        }

        @Override
        public void at(long nanos) {
            at = nanos;
            set = true;
        }

        @Override
        public void cancel() {
            set = false;
        }

        @Override
        public boolean pending() {
            return set;
        }
    }

    private final class StillLoop<M> implements Loop<M> {
        private Consumer<M> handler = message -> {};

        @Override
        public void start(Consumer<M> to) {
            handler = to;
        }

        @Override
        public boolean offer(M message) {
            return post(message);
        }

        @Override
        public boolean post(M message) {
            handler.accept(message);
            return true;
        }

        @Override
        public Timer timer(Runnable action) {
            StillTimer timer = new StillTimer(action);
            timers.add(timer);
            return timer;
        }

        @Override
        public void attach(DatagramPort port, DatagramReceiver receiver) {
            ((StillPort) port).receiver = receiver;
        }

        @Override
        public void listen(StreamListener listener, Function<Stream, StreamReceiver> onAccept) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Stream connect(InetSocketAddress remote, StreamReceiver receiver) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }

    @Override
    public Time time() {
        return this;
    }

    @Override
    public Randomness random() {
        return this;
    }

    @Override
    public Network network() {
        return this;
    }

    @Override
    public <M> Mailbox<M> mailbox(String name, int capacity) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void start(String name, Runnable body) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void startHeavy(String name, Runnable body) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void giveWay() {}

    @Override
    public <M> Loop<M> loop(String name, int capacity) {
        return new StillLoop<>();
    }

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public Instant now() {
        return Instant.EPOCH.plusNanos(now);
    }

    @Override
    public DatagramPort bindDatagram(InetSocketAddress local) {
        StillPort port = new StillPort(local);
        ports.add(port);
        return port;
    }

    @Override
    public StreamListener bindStream(InetSocketAddress local) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<InetAddress> resolve(String host) {
        return List.of(InetAddress.ofLiteral(host));
    }

    @Override
    public long nextLong() {
        chance = chance * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
        return chance;
    }

    @Override
    public void fill(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (nextLong() >>> 32);
        }
    }

    @Override
    public int below(int bound) {
        return (int) ((nextLong() >>> 33) % bound);
    }
}

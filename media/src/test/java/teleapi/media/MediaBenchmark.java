package teleapi.media;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import teleapi.media.codec.G711;
import teleapi.runtime.DatagramPort;
import teleapi.runtime.Loop;
import teleapi.runtime.Mailbox;
import teleapi.runtime.real.RealWorld;

/**
 * What a media loop's thread costs, over loopback, real time: {@code MediaBenchmark [sessions] [seconds] [bridge|mix|record|room|rooms|play]}. Not a test.
 *
 * <pre>
 * Units   CPU µs of the loop's thread per packet sent by it; the generator's thread is not counted
 * Source  reference: perf parts 1 and 4
 * </pre>
 */
public final class MediaBenchmark {
    private static final InetAddress HOST = InetAddress.ofLiteral("127.0.0.1");
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int SLOTS = 20;

    private record Peer(DatagramPort port, MediaSession session, InetSocketAddress target) {}

    private MediaBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        int sessions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
        String kind = arguments.length > 2 ? arguments[2] : "bridge";
        RealWorld world = RealWorld.create();
        MediaEngine engine = MediaEngine.start(world, new MediaSettings("127.0.0.1", "127.0.0.1", 0, 0, 1));
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            peers.add(peer(world, engine));
        }
        join(kind, engine, peers);
        generate(world, peers, !kind.equals("play"));
        Mailbox<Boolean> clock = world.mailbox("clock", 1);
        pause(world, clock, 5);
        long cpu = cpu("media-0");
        MediaCounters before = engine.counters();
        pause(world, clock, seconds);
        long used = cpu("media-0") - cpu;
        MediaCounters after = engine.counters();
        long in = after.packetsIn() - before.packetsIn();
        long out = after.packetsOut() - before.packetsOut();
        System.out.printf(
                "%s, %d sessions, %d s: %d packets in, %d out, %.2f us CPU per packet out, %.1f %% of a core, %d"
                        + " refused%n",
                kind, sessions, seconds, in, out, used / 1000.0 / out, used / 1e7 / seconds, after.refusedSends());
        System.exit(0);
    }

    private static void join(String kind, MediaEngine engine, List<Peer> peers) {
        Sound prompt = Sound.tone(400, Duration.ofSeconds(5), -12);
        Room room = engine.openRoom("AC1");
        for (int i = 0; i < peers.size(); i++) {
            MediaSession session = peers.get(i).session();
            switch (kind) {
                case "room" -> session.join(room);
                case "rooms" -> {
                    room = i % 3 == 0 ? engine.openRoom("AC1") : room;
                    session.join(room);
                }
                case "play" -> session.play(Layer.VERB, 1, prompt, 0);
                case "mix" -> {
                    session.bridge(peers.get(i ^ 1).session());
                    session.mix(1, prompt, 0);
                }
                case "record" -> {
                    session.bridge(peers.get(i ^ 1).session());
                    session.record(1, new NoSink(), Tracks.DUAL);
                }
                default -> session.bridge(peers.get(i ^ 1).session());
            }
        }
    }

    private static final class NoSink implements SoundSink {
        @Override
        public boolean take(SoundBlock block) {
            block.release();
            return true;
        }

        @Override
        public void end(boolean whole, Duration length, Consumer<Boolean> complete) {}
    }

    private static Peer peer(RealWorld world, MediaEngine engine) throws IOException {
        DatagramPort port = world.network().bindDatagram(new InetSocketAddress(HOST, 0));
        MediaSession session = engine.open("AC1", event -> {}).orElseThrow();
        String sdp = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio "
                + port.local().getPort() + " RTP/AVP 0\r\n";
        if (!(session.answer(sdp.getBytes(StandardCharsets.US_ASCII)) instanceof Negotiation.Agreed agreed)) {
            throw new IllegalStateException("not agreed");
        }
        String answer = new String(agreed.sdp(), StandardCharsets.US_ASCII);
        int at = answer.indexOf("m=audio ") + 8;
        int target = Integer.parseInt(answer.substring(at, answer.indexOf(' ', at)));
        return new Peer(port, session, new InetSocketAddress(HOST, target));
    }

    /** Sends 50 packets a second for each, in 20 groups of a millisecond. */
    private static void generate(RealWorld world, List<Peer> peers, boolean talking) {
        Loop<Runnable> loop = world.loop("generator", 10);
        ByteBuffer packet = ByteBuffer.allocateDirect(172);
        packet.put(0, (byte) 0x80)
                .put(12, Sound.tone(400, Duration.ofMillis(20), -12).encoded(G711.PCMU));
        for (Peer peer : peers) {
            loop.attach(peer.port(), (port, bytes, from) -> {});
        }
        long[] next = {world.time().nanos()};
        int[] slot = {0};
        Loop.Timer[] timer = new Loop.Timer[1];
        timer[0] = loop.timer(() -> {
            int round = slot[0] / SLOTS;
            for (int i = slot[0] % SLOTS; i < peers.size() && talking; i += SLOTS) {
                packet.putShort(2, (short) round).putInt(4, round * 160).putInt(8, i);
                peers.get(i).port().send(packet, peers.get(i).target());
            }
            slot[0]++;
            next[0] += 1_000_000;
            timer[0].at(next[0]);
        });
        timer[0].at(next[0]);
        loop.start(Runnable::run);
    }

    private static void pause(RealWorld world, Mailbox<Boolean> clock, int seconds) {
        Optional<Boolean> nothing = clock.take(world.time().after(Duration.ofSeconds(seconds)));
        if (nothing.isPresent()) {
            throw new IllegalStateException();
        }
    }

    private static long cpu(String name) {
        return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().equals(name))
                .mapToLong(ThreadInfo::getThreadId)
                .map(THREADS::getThreadCpuTime)
                .sum();
    }
}

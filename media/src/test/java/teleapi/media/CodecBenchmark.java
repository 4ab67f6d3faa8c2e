package teleapi.media;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import teleapi.media.codec.BothOpus;
import teleapi.media.codec.Codec;
import teleapi.media.codec.G711;
import teleapi.media.codec.SoundDecoder;
import teleapi.media.codec.SoundEncoder;
import teleapi.media.codec.Wideband;

/**
 * What a packet costs with each pair of codecs, without the kernel's share: {@code CodecBenchmark [rounds]}. Not a test.
 *
 * <pre>
 * Units   CPU µs per packet of 20 ms; and times what passing on µ-law costs
 * Source  ADR-0021
 * </pre>
 */
public final class CodecBenchmark {
    private static final System.Logger LOG = System.getLogger("codecs");
    private static final int PACKETS = 20_000;
    private static final int CODED = 2_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private CodecBenchmark() {}

    public static void main(String[] arguments) {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
        for (int round = 1; round <= rounds; round++) {
            LOG.log(System.Logger.Level.INFO, "round {0}", round);
            double unit = bridge(G711.PCMU, G711.PCMU);
            show("bridge PCMU, PCMU", unit, unit);
            show("bridge PCMU, PCMA", bridge(G711.PCMU, G711.PCMA), unit);
            show("bridge G722, G722", bridge(Wideband.G722, Wideband.G722), unit);
            show("bridge opus, opus", bridge(Wideband.OPUS, Wideband.OPUS), unit);
            show("bridge PCMU, G722 (both ways)", bridge(G711.PCMU, Wideband.G722), unit);
            show("bridge PCMU, opus (both ways)", bridge(G711.PCMU, Wideband.OPUS), unit);
            show("bridge G722, opus (both ways)", bridge(Wideband.G722, Wideband.OPUS), unit);
            show("room of 10, PCMU", room(List.of(G711.PCMU)), unit);
            show("room of 10, PCMU and G722", room(List.of(G711.PCMU, Wideband.G722)), unit);
            show("room of 10, PCMU and opus", room(List.of(G711.PCMU, Wideband.OPUS)), unit);
            coders("G722", Wideband.G722.encoder(), Wideband.G722.decoder(), unit);
            BothOpus.each((name, opus) -> coders(name, opus.encoder(), opus.decoder(), unit));
        }
    }

    private static void show(String what, double micros, double unit) {
        LOG.log(System.Logger.Level.INFO, String.format("%-32s %7.2f us  x %.1f", what, micros, micros / unit));
    }

    private static double bridge(Codec one, Codec other) {
        return perPacket(List.of(one, other), Optional.empty());
    }

    private static double room(List<Codec> codecs) {
        return perPacket(codecs, Optional.of(10));
    }

    /** With one bridge, or a room of so many. */
    private static double perPacket(List<Codec> codecs, Optional<Integer> members) {
        StillWorld world = new StillWorld();
        MediaEngine engine = MediaEngine.start(world, new MediaSettings("10.0.0.1", "10.0.0.1", 20_000, 20_099, 1));
        StillPeer[] peers = new StillPeer[members.orElse(2)];
        Arrays.setAll(peers, i -> new StillPeer(world, engine, i + 1, codecs.get(i % codecs.size())));
        if (members.isPresent()) {
            Room room = engine.openRoom("AC1");
            for (StillPeer peer : peers) {
                peer.session.join(room);
            }
        } else {
            peers[0].session.bridge(peers[1].session);
            peers[1].session.bridge(peers[0].session);
        }
        say(world, peers);
        long before = cpu();
        say(world, peers);
        return (cpu() - before) / 1000.0 / PACKETS;
    }

    private static long cpu() {
        return THREADS.getCurrentThreadCpuTime();
    }

    private static void say(StillWorld world, StillPeer[] peers) {
        for (int i = 0; i < PACKETS / peers.length; i++) {
            for (StillPeer peer : peers) {
                peer.say();
            }
            world.run(20_000_000);
        }
    }

    private static void coders(String name, SoundEncoder encoder, SoundDecoder decoder, double unit) {
        short[] speech = Sound.tone(400, Duration.ofSeconds(2), -12).samples();
        for (int i = 0; i < speech.length; i++) {
            speech[i] += (short) (i * 7919 % 1000 - 500);
        }
        byte[] octets = new byte[SoundEncoder.LARGEST];
        short[] heard = new short[Wideband.LONGEST];
        byte[][] coded = new byte[49][];
        double encoded = 0;
        double decoded = 0;
        for (int pass = 0; pass < 3; pass++) {
            long begin = cpu();
            for (int i = 0; i < CODED; i++) {
                coded[i % 49] = Arrays.copyOf(octets, encoder.encode(speech, i % 49 * 320, octets, 0));
            }
            long middle = cpu();
            for (int i = 0; i < CODED; i++) {
                decoder.decode(coded[i % 49], 0, coded[i % 49].length, heard, 0);
            }
            encoded = (middle - begin) / 1000.0 / CODED;
            decoded = (cpu() - middle) / 1000.0 / CODED;
        }
        show(name + " encoded", encoded, unit);
        show(name + " decoded", decoded, unit);
        encoder.close();
        decoder.close();
    }
}

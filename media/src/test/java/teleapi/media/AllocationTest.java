package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import teleapi.media.codec.Codec;
import teleapi.media.codec.G711;
import teleapi.media.codec.Opus;
import teleapi.media.codec.Wideband;

/** A packet costs no memory (reference: perf, "what the figures say about the design" 3). */
final class AllocationTest {
    private static final int PACKETS = 10_000;
    /** In 20 s: counts are published 80 times, and each of ten sessions sends up to eight reports. In all other beats there is nothing. */
    private static final int BEATS_WITH_OTHER_WORK = 80 + 10 * 8;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static void bridge(StillPeer one, StillPeer other) {
        one.session.bridge(other.session);
        other.session.bridge(one.session);
    }

    /** How many of the beats allocated anything. */
    private static int during(StillWorld world, List<StillPeer> peers, int beats) {
        int allocating = 0;
        for (int i = 0; i < beats; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int p = 0; p < peers.size(); p++) {
                peers.get(p).say();
            }
            world.run(20_000_000);
            allocating += THREADS.getCurrentThreadAllocatedBytes() == before ? 0 : 1;
        }
        return allocating;
    }

    private static void assertNothingPerPacket(BiConsumer<MediaEngine, List<StillPeer>> joined) {
        assertNothingPerPacket(List.of(G711.PCMU, G711.PCMA), joined);
    }

    /** Ten peers that speak these by turns. */
    private static void assertNothingPerPacket(List<Codec> codecs, BiConsumer<MediaEngine, List<StillPeer>> joined) {
        assertNothingPerPacketOf(codecs.stream().map(List::of).toList(), joined);
    }

    /** The same; and each may speak several, packet by packet. */
    private static void assertNothingPerPacketOf(
            List<List<Codec>> codecs, BiConsumer<MediaEngine, List<StillPeer>> joined) {
        StillWorld world = new StillWorld();
        MediaEngine engine = MediaEngine.start(world, new MediaSettings("10.0.0.1", "10.0.0.1", 20_000, 20_099, 1));
        List<StillPeer> peers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            peers.add(new StillPeer(world, engine, i + 1, codecs.get(i % codecs.size())));
        }
        joined.accept(engine, peers);
        int beats = PACKETS / peers.size();
        during(world, peers, beats);
        long sent = engine.counters().packetsOut();
        int allocating = during(world, peers, beats);
        long out = engine.counters().packetsOut() - sent;
        assertTrue(out >= 0.98 * PACKETS, () -> "sent " + out);
        assertTrue(allocating <= BEATS_WITH_OTHER_WORK, () -> allocating + " of " + beats + " beats allocated");
    }

    @Test
    void aBridgeAllocatesNothingPerPacket() {
        // The brief of the media loop: nothing allocates per packet; both with and without translation.
        assertNothingPerPacket((engine, peers) -> {
            bridge(peers.get(0), peers.get(2));
            bridge(peers.get(1), peers.get(3));
            for (int i = 4; i < peers.size(); i += 2) {
                bridge(peers.get(i), peers.get(i + 1));
            }
        });
    }

    @Test
    void silenceInPlaceOfAKeyAllocatesNothingPerPacket() {
        // The same, of a key that is not passed on.
        assertNothingPerPacket((engine, peers) -> {
            for (int i = 0; i < peers.size(); i += 2) {
                bridge(peers.get(i), peers.get(i + 1));
                peers.get(i).session.mute(true, 1);
                peers.get(i).press();
            }
        });
    }

    @Test
    void soundThatIsCodedAnewAllocatesNothingPerPacket() {
        // The same where codecs differ; of Opus only with the system's library, for the other one allocates.
        List<Codec> codecs = new ArrayList<>(List.of(G711.PCMU, Wideband.G722));
        if (Opus.installed().name().equals("libopus")) {
            codecs.add(Wideband.OPUS);
        }
        assertNothingPerPacket(codecs, (engine, peers) -> {
            for (int i = 0; i < peers.size(); i += 2) {
                bridge(peers.get(i), peers.get(i + 1));
            }
        });
        assertNothingPerPacket(codecs, (engine, peers) -> {
            Room room = engine.openRoom("AC1");
            peers.forEach(peer -> peer.session.join(room));
            peers.getFirst().session.mute(true, 1);
        });
    }

    @Test
    void whoChangesItsCodecWithEachPacketAllocatesNothing() {
        // The same, of a hostile peer: it accepted two codecs, of one rate each, and may send either.
        List<List<Codec>> turns = List.of(List.of(G711.PCMU, Wideband.G722), List.of(G711.PCMA));
        assertNothingPerPacketOf(turns, (engine, peers) -> {
            Room room = engine.openRoom("AC1");
            peers.forEach(peer -> peer.session.join(room));
        });
        assertNothingPerPacketOf(turns, (engine, peers) -> {
            for (int i = 0; i < peers.size(); i += 2) {
                bridge(peers.get(i), peers.get(i + 1));
            }
            peers.getFirst().session.listenForTones(true);
        });
    }

    @Test
    void aRoomAllocatesNothingPerPacket() {
        // The same, with jitter buffers and mixing.
        assertNothingPerPacket((engine, peers) -> {
            Room room = engine.openRoom("AC1");
            peers.forEach(peer -> peer.session.join(room));
            peers.getFirst().session.mute(true, 1);
        });
    }

    @Test
    void aRoomOf16KilohertzAllocatesNothingPerPacket() {
        // The same where all hear 16 kHz, and where those who do hear those who do not.
        for (List<Codec> codecs : List.of(List.<Codec>of(Wideband.G722), List.<Codec>of(Wideband.G722, G711.PCMA))) {
            assertNothingPerPacket(codecs, (engine, peers) -> {
                Room room = engine.openRoom("AC1");
                peers.forEach(peer -> peer.session.join(room));
                peers.getFirst().session.mute(true, 1);
                room.record(new Sink(), true, () -> {});
            });
        }
    }

    @Test
    void anUtteranceAllocatesNothingPerPacket() {
        // What is recognised goes to its sink in one block that comes back at once; keys and speech are listened for
        // beside it.
        SpeechLimits limits = new SpeechLimits(Duration.ofSeconds(1), Duration.ofMinutes(10));
        for (List<Codec> codecs : List.of(List.<Codec>of(G711.PCMU, G711.PCMA), List.<Codec>of(Wideband.G722))) {
            List<Sink> sinks = new ArrayList<>();
            assertNothingPerPacket(codecs, (engine, peers) -> {
                for (int i = 0; i < peers.size(); i += 2) {
                    bridge(peers.get(i), peers.get(i + 1));
                }
                for (StillPeer peer : peers) {
                    sinks.add(new Sink());
                    peer.session.listenForTones(true);
                    peer.session.listenForSpeech(true);
                    peer.session.listenForUtterance(1, sinks.getLast(), limits);
                }
            });
            assertTrue(sinks.stream().allMatch(sink -> sink.blocks > 150 && !sink.ended), "it is heard all the time");
        }
    }

    @Test
    void aPlaybackAllocatesNothingPerPacket() {
        // The same, from shared frames, over the end of the sound and round again.
        Sound prompt = Sound.tone(400, Duration.ofMillis(1990), -12);
        assertNothingPerPacket((engine, peers) -> peers.forEach(peer -> peer.session.play(Layer.VERB, 1, prompt, 0)));
    }

    @Test
    void aSoundOverABridgeAllocatesNothingPerPacket() {
        // The same, with sound added to what is passed on, and layers that wait.
        Sound whisper = Sound.tone(400, Duration.ofMillis(1990), -12);
        assertNothingPerPacket((engine, peers) -> {
            for (int i = 0; i < peers.size(); i += 2) {
                bridge(peers.get(i), peers.get(i + 1));
                peers.get(i).session.mix(1, whisper, 0);
                peers.get(i).session.mix(2, whisper, 0);
            }
        });
    }

    @Test
    void aRecordedBridgeAllocatesNothingPerPacket() {
        // Blocks go round between recording and sink; each that comes back is a message, once a second.
        assertNothingPerPacket((engine, peers) -> {
            for (int i = 0; i < peers.size(); i += 2) {
                bridge(peers.get(i), peers.get(i + 1));
            }
            peers.getFirst().session.record(1, new Sink(), Tracks.DUAL);
        });
    }

    @Test
    void aRecordedRoomAllocatesNothingPerPacket() {
        // The same, of the mix.
        assertNothingPerPacket((engine, peers) -> {
            Room room = engine.openRoom("AC1");
            peers.forEach(peer -> peer.session.join(room));
            room.record(new Sink(), true, () -> {});
        });
    }

    @Test
    void aForkAllocatesNothingPerPacket() {
        // Its block comes back at once.
        assertNothingPerPacket((engine, peers) -> {
            for (int i = 0; i < peers.size(); i += 2) {
                bridge(peers.get(i), peers.get(i + 1));
            }
            peers.getFirst().session.fork(1, new Sink(), Tracks.DUAL);
        });
    }

    private static final class Sink implements SoundSink {
        private int blocks;
        private boolean ended;

        @Override
        public boolean take(SoundBlock block) {
            blocks++;
            block.release();
            return true;
        }

        @Override
        public void end(boolean whole, Duration length, Consumer<Boolean> complete) {
            ended = true;
        }
    }
}

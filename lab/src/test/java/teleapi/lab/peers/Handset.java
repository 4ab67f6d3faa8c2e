package teleapi.lab.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Mouth and ear for a peer that only speaks SIP: sends a tone, or words, in µ-law to where it is told, records what comes.
 *
 * <pre>
 * Shape   RTP of 20 ms, payload type 0; keys as RFC 4733 events in payload type 101
 * Thread  one that speaks, one that listens; methods from any
 * </pre>
 */
final class Handset implements AutoCloseable {
    private static final int SAMPLES = 160;
    private static final long FRAME = 20_000_000;

    /** -15 dBFS: five of them together are not clipped. */
    static final double LOUDNESS = 5_800;

    private final DatagramSocket socket;
    private final int tone;
    private final Recording recording;
    private final LinkedBlockingQueue<Character> keys = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<short[]> words = new LinkedBlockingQueue<>();
    private final Happenings<Character> pressed;
    private final Thread speaker;
    private final Thread listener;
    private volatile Optional<InetSocketAddress> peer = Optional.empty();
    private volatile boolean open = true;

    Handset(Voice voice) {
        this.tone = voice.tone();
        this.recording = new Recording(voice);
        this.pressed = new Happenings<>(voice.name());
        try {
            this.socket = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        this.speaker =
                Thread.ofPlatform().daemon().name(voice.name() + " speaks").start(this::speak);
        this.listener =
                Thread.ofPlatform().daemon().name(voice.name() + " listens").start(this::listen);
    }

    int port() {
        return socket.getLocalPort();
    }

    Recording recording() {
        return recording;
    }

    /** Where the other side's SDP says that it listens. */
    void speakTo(InetSocketAddress address) {
        peer = Optional.of(address);
    }

    /** Where that is; empty before the other side has said it. */
    Optional<InetSocketAddress> peer() {
        return peer;
    }

    /** Says this once, instead of its tone. */
    void says(short[] samples) {
        for (int from = 0; from < samples.length; from += SAMPLES) {
            words.add(Arrays.copyOfRange(samples, from, from + SAMPLES));
        }
    }

    /** Presses keys, one after the other; returns when the last is up again. */
    void press(String digits) {
        digits.chars().forEach(digit -> keys.add((char) digit));
        digits.chars().forEach(digit -> pressed.take("key " + (char) digit, key -> key == digit));
    }

    private void speak() {
        short sequence = 1_000;
        int timestamp = 70_000;
        long sample = 0;
        int eventPacket = 0;
        int eventTimestamp = 0;
        long next = System.nanoTime();
        var packet = ByteBuffer.allocate(12 + SAMPLES);
        while (open) {
            Optional<InetSocketAddress> to = peer;
            Character key = keys.peek();
            packet.clear();
            if (key == null) {
                packet.putShort((short) 0x8000)
                        .putShort(sequence++)
                        .putInt(timestamp)
                        .putInt(tone);
                short[] said = words.poll();
                for (int i = 0; i < SAMPLES; i++) {
                    double toned = LOUDNESS * Math.sin(2 * Math.PI * tone * sample++ / 8_000);
                    packet.put(MuLaw.encode(said == null ? (int) toned : said[i]));
                }
            } else {
                // RFC 4733 §2.5.1: 100 ms of updates with one timestamp, then the end three times.
                eventTimestamp = eventPacket == 0 ? timestamp : eventTimestamp;
                boolean ends = eventPacket >= 5;
                packet.putShort((short) (0x8065 | (eventPacket == 0 ? 0x80 : 0)))
                        .putShort(sequence++);
                packet.putInt(eventTimestamp).putInt(tone).put((byte) "0123456789*#ABCD".indexOf(key));
                packet.put((byte) (ends ? 0x8a : 0x0a)).putShort((short) (Math.min(eventPacket + 1, 5) * SAMPLES));
                eventPacket++;
            }
            timestamp += SAMPLES;
            if (to.isPresent()) {
                try {
                    socket.send(new DatagramPacket(packet.array(), packet.position(), to.get()));
                } catch (IOException closedOrRefused) {
                    // The other side's port may be gone while a call ends: UDP answers with an error, a phone goes on.
                }
            }
            if (eventPacket == 8) {
                eventPacket = 0;
                pressed.add(keys.remove());
            }
            next += FRAME;
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private void listen() {
        byte[] bytes = new byte[2_048];
        short[] samples = new short[2_048];
        while (open) {
            try {
                var packet = new DatagramPacket(bytes, bytes.length);
                socket.receive(packet);
                int count = packet.getLength() - 12;
                if (count > 0 && (bytes[1] & 0x7f) == 0) {
                    for (int i = 0; i < count; i++) {
                        samples[i] = MuLaw.decode(bytes[12 + i]);
                    }
                    recording.hear(samples, count, System.nanoTime());
                }
            } catch (IOException closedOrRefused) {
                // As above; when closed, the loop ends.
            }
        }
    }

    @Override
    public void close() {
        open = false;
        socket.close();
        try {
            speaker.join();
            listener.join();
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }
}

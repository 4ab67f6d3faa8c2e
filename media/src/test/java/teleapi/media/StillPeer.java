package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import teleapi.media.codec.Codec;
import teleapi.media.codec.G711;
import teleapi.media.codec.SoundEncoder;
import teleapi.media.codec.Wideband;

/** A peer in a still world whose packets are made by hand, once: a tone, over and over. */
final class StillPeer {
    // The test's thread.
    final MediaSession session;
    private final StillWorld.StillPort port;
    private final InetSocketAddress address;
    private final List<ByteBuffer> packets = new ArrayList<>();
    private final ByteBuffer star = ByteBuffer.allocateDirect(16);
    private final int units;
    private int count;
    private boolean presses;

    /** A peer that offers to speak this. */
    StillPeer(StillWorld world, MediaEngine engine, int number, Codec codec) {
        this(world, engine, number, List.of(codec));
    }

    /** A peer that speaks all of these, packet by packet. */
    StillPeer(StillWorld world, MediaEngine engine, int number, List<Codec> codecs) {
        String host = "10.0.1." + number;
        address = new InetSocketAddress(InetAddress.ofLiteral(host), 4000);
        session = engine.open("AC1", event -> {}).orElseThrow();
        port = world.ports.get(world.ports.size() - 2);
        StringBuilder types = new StringBuilder();
        StringBuilder maps = new StringBuilder();
        for (Codec codec : codecs) {
            int type = codec.offeredPayloadType();
            types.append(' ').append(type);
            maps.append("a=rtpmap:").append(type).append(' ').append(codec.encoding());
            maps.append('/').append(codec.clockRate()).append(codec.channels() == 1 ? "" : "/2");
            maps.append("\r\n");
            byte[] payload = payload(codec);
            ByteBuffer packet = ByteBuffer.allocateDirect(12 + payload.length);
            packets.add(packet.put(0, (byte) 0x80).put(1, (byte) type).put(12, payload));
        }
        types.append(" 101");
        maps.append("a=rtpmap:101 telephone-event/8000\r\n");
        star.put(0, (byte) 0x80).put(1, (byte) 101).put(12, (byte) 10);
        units = codecs.getFirst().units(20);
        String sdp = "v=0\r\no=- 1 1 IN IP4 " + host + "\r\ns=-\r\nc=IN IP4 " + host
                + "\r\nt=0 0\r\nm=audio 4000 RTP/AVP" + types + "\r\n" + maps;
        byte[] bytes = sdp.getBytes(StandardCharsets.US_ASCII);
        if (codecs.size() == 1) {
            assertInstanceOf(Negotiation.Agreed.class, session.answer(bytes));
        } else {
            // Who is asked may say that he speaks more than one.
            session.offer(Optional.empty());
            assertInstanceOf(Negotiation.Agreed.class, session.accepted(bytes));
        }
    }

    private static byte[] payload(Codec codec) {
        short[] narrow = Sound.tone(400, Duration.ofMillis(40), -12).samples();
        return switch (codec) {
            case G711 law -> law.encode(Arrays.copyOf(narrow, 160));
            case Wideband wide -> {
                byte[] octets = new byte[SoundEncoder.LARGEST];
                try (SoundEncoder encoder = wide.encoder()) {
                    yield Arrays.copyOf(octets, encoder.encode(narrow, 0, octets, 0));
                }
            }
        };
    }

    /** From now on it presses a star for ever and says nothing. */
    void press() {
        presses = true;
    }

    void say() {
        count++;
        ByteBuffer packet = presses ? star : packets.get(count % packets.size());
        // All packets of a key have the time of its beginning.
        packet.putShort(2, (short) count).putInt(4, presses ? 1 : count * units).clear();
        port.arrive(packet, address);
    }
}

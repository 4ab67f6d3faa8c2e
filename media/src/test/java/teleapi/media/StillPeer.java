package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
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
    private final ByteBuffer packet;
    private final int units;
    private int count;

    StillPeer(StillWorld world, MediaEngine engine, int number, Codec codec) {
        String host = "10.0.1." + number;
        int type = codec.offeredPayloadType();
        address = new InetSocketAddress(InetAddress.ofLiteral(host), 4000);
        session = engine.open("AC1", event -> {}).orElseThrow();
        port = world.ports.get(world.ports.size() - 2);
        String map = codec.encoding() + "/" + codec.clockRate() + (codec.channels() == 1 ? "" : "/2");
        String sdp = "v=0\r\no=- 1 1 IN IP4 " + host + "\r\ns=-\r\nc=IN IP4 " + host
                + "\r\nt=0 0\r\nm=audio 4000 RTP/AVP " + type + "\r\na=rtpmap:" + type + " " + map + "\r\n";
        assertInstanceOf(Negotiation.Agreed.class, session.answer(sdp.getBytes(StandardCharsets.US_ASCII)));
        byte[] payload = payload(codec);
        packet = ByteBuffer.allocateDirect(12 + payload.length);
        packet.put(0, (byte) 0x80).put(1, (byte) type).put(12, payload);
        units = codec.units(20);
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

    void say() {
        count++;
        packet.putShort(2, (short) count).putInt(4, count * units).clear();
        port.arrive(packet, address);
    }
}

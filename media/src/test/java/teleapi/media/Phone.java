package teleapi.media;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import teleapi.media.codec.G711;
import teleapi.runtime.DatagramPort;
import teleapi.runtime.Loop;
import teleapi.runtime.World;

/** A small real RTP peer: says a tone of its own in packets of 20 ms, tells what it hears. */
final class Phone {
    // Its loop's thread, but for what posts there.
    static final int EVENTS = 101;

    private final World world;
    private final G711 law;
    private final int hertz;
    private final DatagramPort port;
    private final DatagramPort control;
    private final Loop<Runnable> loop;
    private final Loop.Timer timer;
    private final byte[] tone;
    private final List<Heard> heard = new ArrayList<>();
    private final List<byte[]> reports = new ArrayList<>();
    private InetSocketAddress target = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9);
    private boolean talking;
    private int packetMillis = 20;
    private int sequence = 65_500;
    private int timestamp = 0x7fff_f000;
    private int ssrc;
    private int at;
    private long next;
    private long quietAt;

    Phone(World world, String host, G711 law, int hertz) {
        this(world, host, law, hertz, packet -> {});
    }

    Phone(World world, String host, G711 law, int hertz, Consumer<Heard> ear) {
        this.world = world;
        this.law = law;
        this.hertz = hertz;
        this.ssrc = hertz;
        this.tone = Sound.tone(hertz, Duration.ofSeconds(1), -12).encoded(law);
        try {
            port = world.network().bindDatagram(new InetSocketAddress(InetAddress.ofLiteral(host), 0));
            control = world.network().bindDatagram(new InetSocketAddress(InetAddress.ofLiteral(host), 0));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        loop = world.loop("phone " + hertz, 1000);
        timer = loop.timer(this::beat);
        loop.attach(port, (own, bytes, from) -> {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            if (copy.length > 1 && (copy[1] & 0xff) >= 200 && (copy[1] & 0xff) < 224) {
                reports.add(copy);
                return;
            }
            Heard packet = Heard.of(world.time().nanos(), copy);
            heard.add(packet);
            ear.accept(packet);
        });
        loop.attach(control, (own, bytes, from) -> {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            reports.add(copy);
        });
        loop.start(Runnable::run);
    }

    int hertz() {
        return hertz;
    }

    InetSocketAddress address() {
        return port.local();
    }

    List<Heard> heard() {
        return heard;
    }

    List<byte[]> reports() {
        return reports;
    }

    int ssrc() {
        return ssrc;
    }

    byte[] sdp() {
        return sdp(
                "sendrecv", address().getAddress().getHostAddress(), address().getPort());
    }

    byte[] sdp(String direction) {
        return sdp(direction, address().getAddress().getHostAddress(), address().getPort());
    }

    byte[] sdp(String direction, String host, int rtpPort) {
        int type = law == G711.PCMU ? 0 : 8;
        String text = "v=0\r\no=- 1 1 IN IP4 " + host + "\r\ns=-\r\nc=IN IP4 " + host + "\r\nt=0 0\r\nm=audio "
                + rtpPort + " RTP/AVP "
                + type + " " + EVENTS + "\r\na=rtpmap:" + EVENTS + " telephone-event/8000\r\na=rtcp:"
                + control.local().getPort() + "\r\na=" + direction + "\r\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Takes the engine's SDP. */
    void takes(byte[] sdp) {
        String text = new String(sdp, StandardCharsets.US_ASCII);
        String host = text.lines()
                .filter(line -> line.startsWith("c=IN IP4 "))
                .findFirst()
                .orElseThrow()
                .substring(9);
        String media = text.lines()
                .filter(line -> line.startsWith("m=audio "))
                .findFirst()
                .orElseThrow();
        int rtpPort = Integer.parseInt(media.substring(8, media.indexOf(' ', 8)));
        InetSocketAddress there = new InetSocketAddress(InetAddress.ofLiteral(host), rtpPort);
        loop.post(() -> target = there);
    }

    void talk() {
        loop.post(() -> {
            talking = true;
            next = world.time().nanos();
            if (quietAt > 0) {
                timestamp += (int) ((next - quietAt) / 125_000);
                quietAt = 0;
                at = 0;
            }
            timer.at(next);
        });
    }

    void hush() {
        loop.post(() -> {
            talking = false;
            timer.cancel();
        });
    }

    /** It suppresses its silence until it talks, and says how that sounds: RFC 3389. */
    void quiet(int level) {
        loop.post(() -> {
            talking = false;
            timer.cancel();
            quietAt = quietAt == 0 ? world.time().nanos() : quietAt;
            int since = (int) ((world.time().nanos() - quietAt) / 125_000);
            send(13, false, timestamp + packetMillis * 8 + since, new byte[] {(byte) level});
        });
    }

    /** The same, and its last packet of sound comes after that. */
    void quietWithTheLastWordBehind(int level) {
        loop.post(() -> {
            sequence++;
            timestamp += 160;
        });
        quiet(level);
        loop.post(() -> {
            sequence -= 2;
            send(law == G711.PCMU ? 0 : 8, false, timestamp, Arrays.copyOf(tone, 160));
            sequence++;
        });
    }

    void packetsOf(int millis) {
        loop.post(() -> packetMillis = millis);
    }

    /** Another stream of numbers, as after a restart. */
    void beginAnew() {
        loop.post(() -> {
            ssrc += 7;
            sequence = 20_000;
            timestamp = 77;
        });
    }

    private void beat() {
        if (!talking) {
            return;
        }
        int count = packetMillis * 8;
        byte[] payload = new byte[count];
        for (int i = 0; i < count; i++) {
            payload[i] = tone[at];
            at = (at + 1) % tone.length;
        }
        timestamp += count;
        send(law == G711.PCMU ? 0 : 8, false, timestamp, payload);
        next += packetMillis * 1_000_000L;
        timer.at(next);
    }

    /** A telephone-event packet; {@code lead} is how far its timestamp is past what was said last. */
    void event(int code, boolean end, int duration, int lead) {
        loop.post(() -> send(EVENTS, false, timestamp + lead, new byte[] {
            (byte) code, (byte) (end ? 0x8a : 0x0a), (byte) (duration >> 8), (byte) duration
        }));
    }

    /** So many packets of 20 ms do not arrive. */
    void loses(int packets) {
        loop.post(() -> {
            sequence += packets;
            timestamp += 160 * packets;
        });
    }

    /** So many packets of its tone at once, one after another. */
    void bursts(int packets) {
        loop.post(() -> {
            for (int i = 0; i < packets; i++) {
                timestamp += 160;
                send(law == G711.PCMU ? 0 : 8, false, timestamp, Arrays.copyOf(tone, 160));
            }
        });
    }

    /** Its next packet overtakes the one before it, which is still on its way. */
    void swaps() {
        loop.post(() -> {
            sequence++;
            timestamp += 320;
            send(law == G711.PCMU ? 0 : 8, false, timestamp, Arrays.copyOf(tone, 160));
        });
    }

    /** That one arrives. */
    void bringsTheSwapped() {
        loop.post(() -> {
            sequence -= 2;
            send(law == G711.PCMU ? 0 : 8, false, timestamp - 160, Arrays.copyOf(tone, 160));
            sequence++;
        });
    }

    /** It says nothing for so long; its clock goes on. */
    void pauses(int millis) {
        loop.post(() -> timestamp += 8 * millis);
    }

    /** A packet of a type that nobody agreed on. */
    void strange(int type) {
        loop.post(() -> send(type, false, timestamp, new byte[20]));
    }

    /** Says this once, in packets of 20 ms, one after another. */
    void says(short[] samples) {
        byte[] coded = law.encode(samples);
        loop.post(() -> {
            for (int from = 0; from + 160 <= coded.length; from += 160) {
                timestamp += 160;
                send(law == G711.PCMU ? 0 : 8, false, timestamp, Arrays.copyOfRange(coded, from, from + 160));
            }
        });
    }

    private void send(int type, boolean marker, int stamp, byte[] payload) {
        ByteBuffer packet = ByteBuffer.allocate(12 + payload.length);
        packet.put((byte) 0x80).put((byte) (marker ? type | 0x80 : type)).putShort((short) sequence++);
        packet.putInt(stamp).putInt(ssrc).put(payload).flip();
        port.send(packet, target);
    }

    void raw(byte[] bytes) {
        loop.post(() -> port.send(ByteBuffer.wrap(bytes), target));
    }

    void close() {
        loop.close();
    }
}

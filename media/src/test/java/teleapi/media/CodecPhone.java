package teleapi.media;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import teleapi.media.codec.Codec;
import teleapi.media.codec.G711;
import teleapi.media.codec.SoundDecoder;
import teleapi.media.codec.SoundEncoder;
import teleapi.media.codec.Wideband;
import teleapi.runtime.DatagramPort;
import teleapi.runtime.Loop;
import teleapi.runtime.World;

/** A small real RTP peer of any codec: says a tone of its own, decodes what it hears. */
final class CodecPhone implements AutoCloseable {
    // Its loop's thread, but for what posts there.
    static final int EVENTS = 110;

    /** A packet as it came or went. */
    record Packet(int type, boolean marker, int sequence, int timestamp, byte[] payload) {
        static Packet of(ByteBuffer bytes) {
            byte[] payload = new byte[bytes.remaining() - 12];
            bytes.get(12, payload);
            return new Packet(
                    bytes.get(1) & 0x7f, bytes.get(1) < 0, bytes.getShort(2) & 0xffff, bytes.getInt(4), payload);
        }
    }

    private final World world;
    private final Codec codec;
    private final int type;
    private final int rate;
    private final DatagramPort port;
    private final Loop<Runnable> loop;
    private final Loop.Timer timer;
    private final List<Packet> sent = new ArrayList<>();
    private final List<Packet> received = new ArrayList<>();
    private final SoundEncoder encoder;
    private final SoundDecoder decoder;
    private short[] samples = new short[0];
    private InetSocketAddress target = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9);
    private final int hertz;
    private int second;
    private boolean talking;
    private boolean losing;
    private int sequence = 65_500;
    private int timestamp = 0x7fff_f000;
    private long at;
    private long next;

    CodecPhone(World world, String host, Codec codec, int hertz) {
        this.world = world;
        this.codec = codec;
        this.hertz = hertz;
        this.type = codec.staticPayloadType().orElse(111);
        this.rate = codec instanceof Wideband ? Wideband.RATE : 8_000;
        Wideband coded = codec instanceof Wideband wide ? wide : Wideband.G722;
        this.encoder = coded.encoder();
        this.decoder = coded.decoder();
        try {
            port = world.network().bindDatagram(new InetSocketAddress(InetAddress.ofLiteral(host), 0));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        loop = world.loop("phone " + host, 1000);
        timer = loop.timer(this::beat);
        loop.attach(port, (own, bytes, from) -> heard(bytes));
        loop.start(Runnable::run);
    }

    byte[] sdp() {
        String host = port.local().getAddress().getHostAddress();
        String map = codec.encoding() + "/" + codec.clockRate() + (codec.channels() == 1 ? "" : "/2");
        String text = "v=0\r\no=- 1 1 IN IP4 " + host + "\r\ns=-\r\nc=IN IP4 " + host + "\r\nt=0 0\r\nm=audio "
                + port.local().getPort() + " RTP/AVP " + type + " " + EVENTS + "\r\na=rtpmap:" + type + " " + map
                + "\r\na=rtpmap:" + EVENTS + " telephone-event/" + codec.clockRate() + "\r\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Takes the engine's SDP. */
    void takes(byte[] sdp) {
        String text = new String(sdp, StandardCharsets.US_ASCII);
        int mark = text.indexOf("m=audio ") + 8;
        int there = Integer.parseInt(text.substring(mark, text.indexOf(' ', mark)));
        loop.post(() -> target = new InetSocketAddress(InetAddress.ofLiteral(Studio.HOST), there));
    }

    void talk() {
        loop.post(() -> {
            talking = true;
            next = world.time().nanos();
            timer.at(next);
        });
    }

    void hush() {
        loop.post(() -> talking = false);
    }

    /** A second tone beside its own. */
    void saysToo(int other) {
        loop.post(() -> second = other);
    }

    /** Its clock shows so much less; nothing else changes. */
    void setsBack(int millis) {
        loop.post(() -> timestamp -= codec.units(millis));
    }

    /** Every fifth packet is lost on its way. */
    void loses() {
        loop.post(() -> losing = true);
    }

    private void beat() {
        if (!talking) {
            return;
        }
        int count = rate / 50;
        short[] frame = new short[count];
        for (int i = 0; i < count; i++) {
            double tones = Math.sin(2 * Math.PI * hertz * at / rate) + Math.sin(2 * Math.PI * second * at / rate);
            frame[i] = (short) Math.round(8000 * tones);
            at++;
        }
        byte[] octets = new byte[SoundEncoder.LARGEST];
        int length = switch (codec) {
            case G711 law -> {
                law.encode(frame, 0, octets, 0, count);
                yield count;
            }
            case Wideband wide -> encoder.encode(frame, 0, octets, 0);
        };
        send(type, timestamp, Arrays.copyOf(octets, length));
        timestamp += codec.units(20);
        next += 20_000_000;
        timer.at(next);
    }

    /** Anything. */
    void sends(int otherType, byte[] payload) {
        loop.post(() -> send(otherType, timestamp, payload));
    }

    /** The same, with the time of something earlier. */
    void sends(int otherType, byte[] payload, int stamp, boolean marker) {
        loop.post(() -> send(marker ? otherType | 0x80 : otherType, stamp, payload));
    }

    private void send(int packetType, int stamp, byte[] payload) {
        ByteBuffer packet = ByteBuffer.allocate(12 + payload.length);
        packet.put((byte) 0x80).put((byte) packetType).putShort((short) sequence++);
        packet.putInt(stamp).putInt(type).put(payload).flip();
        sent.add(Packet.of(packet));
        if (!losing || sequence % 5 != 0) {
            port.send(packet, target);
        }
    }

    private void heard(ByteBuffer bytes) {
        int second = bytes.get(1) & 0xff;
        if (second >= 200 && second < 224) {
            return;
        }
        Packet packet = Packet.of(bytes);
        received.add(packet);
        if (packet.type() != type) {
            return;
        }
        short[] more = new short[2 * Wideband.LONGEST];
        int count = switch (codec) {
            case G711 law -> {
                law.decode(packet.payload(), 0, more, 0, packet.payload().length);
                yield packet.payload().length;
            }
            case Wideband wide -> decoder.decode(packet.payload(), 0, packet.payload().length, more, 0);
        };
        int before = samples.length;
        samples = Arrays.copyOf(samples, before + count);
        System.arraycopy(more, 0, samples, before, count);
    }

    List<Packet> sent() {
        return sent;
    }

    List<Packet> received() {
        return received;
    }

    /** The peak of the tone in the last {@code millis} that were heard. */
    double level(int tone, int millis) {
        int count = Math.min(samples.length, rate / 1000 * millis);
        double re = 0;
        double im = 0;
        for (int i = samples.length - count; i < samples.length; i++) {
            re += samples[i] * Math.cos(2 * Math.PI * tone * i / rate);
            im += samples[i] * Math.sin(2 * Math.PI * tone * i / rate);
        }
        return count == 0 ? 0 : 2 * Math.hypot(re, im) / count;
    }

    boolean hears(int tone) {
        return level(tone, 200) > 2000;
    }

    /** The loudest sample of the last {@code millis} that were heard. */
    int peak(int millis) {
        return peak(samples.length - rate / 1000 * millis, samples.length);
    }

    /** The same from one sample to another. */
    int peak(int from, int until) {
        int peak = 0;
        for (int i = Math.max(0, from); i < Math.min(until, samples.length); i++) {
            peak = Math.max(peak, Math.abs(samples[i]));
        }
        return peak;
    }

    /** The power of the softest 10 ms of the last {@code millis}, against that of all of them; in dB. */
    double softest(int millis) {
        int from = Math.max(0, samples.length - rate / 1000 * millis);
        int window = rate / 100;
        double least = Double.POSITIVE_INFINITY;
        for (int at = from; at + window <= samples.length; at += window / 4) {
            least = Math.min(least, power(at, at + window));
        }
        return 10 * Math.log10(least / power(from, samples.length));
    }

    private double power(int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += samples[i] * samples[i];
        }
        return sum / (to - from);
    }

    /** How many samples were heard. */
    int count() {
        return samples.length;
    }

    /** The greatest step from one sample to the next. */
    int steepest() {
        return steepest(0, samples.length);
    }

    /** The same from one sample to another. */
    int steepest(int from, int until) {
        int steepest = 0;
        for (int i = from + 1; i < until; i++) {
            steepest = Math.max(steepest, Math.abs(samples[i] - samples[i - 1]));
        }
        return steepest;
    }

    /** The longest run of silence within the last {@code millis}, in ms. */
    int longestGap(int millis) {
        int longest = 0;
        int run = 0;
        for (int i = Math.max(0, samples.length - rate / 1000 * millis); i < samples.length; i++) {
            run = Math.abs(samples[i]) < 200 ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest * 1000 / rate;
    }

    @Override
    public void close() {
        loop.close();
        encoder.close();
        decoder.close();
    }
}

package teleapi.lab.phone;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.function.Consumer;
import teleapi.media.codec.G711;
import teleapi.media.sdp.AudioStream;
import teleapi.runtime.DatagramPort;
import teleapi.runtime.Loop;
import teleapi.runtime.Time;

/** The sound of a phone: sends its voice every 20 ms, measures what comes. On purpose not the media engine: it is what measures it. Owner: the phone's loop. */
final class PhoneSound {
    private static final int SAMPLES = 160;
    private static final long FRAME_NANOS = 20_000_000;
    /** So many frames must agree before a change is believed; the change is dated by the first of them. */
    private static final int AGREEING = 3;

    private final Time time;
    private final DatagramPort port;
    private final Listening listening;
    private final Voice voice;
    private final Ear ear;
    private final Consumer<PhoneEvent> told;
    private final Loop.Timer tick;
    private final Loop.Timer quiet;
    private final short[] frame = new short[SAMPLES];
    private final short[] heard = new short[SAMPLES * 3];
    private final byte[] octets = new byte[SAMPLES * 3];
    private final ByteBuffer packet = ByteBuffer.allocateDirect(12 + SAMPLES);
    private final int ssrc;
    private final boolean speaks;
    private AudioStream stream;
    private boolean open;
    private boolean talking = true;
    private int sequence;
    private int timestamp;
    private long nextTick;
    private Hearing hearing = Hearing.NOTHING;
    private Hearing candidate = Hearing.NOTHING;
    private int agreed;
    private int lastEvent = -1;
    private String digits = "";
    private int digitPacket;
    private int digitTimestamp;

    PhoneSound(
            Time time,
            Loop<?> loop,
            DatagramPort port,
            PhoneGear gear,
            Listening listening,
            int ssrc,
            AudioStream none,
            Consumer<PhoneEvent> told) {
        this.time = time;
        this.port = port;
        this.voice = gear.voice();
        this.ear = gear.ear();
        this.listening = listening;
        this.ssrc = ssrc;
        this.speaks = !gear.voice().equals(Voice.NOBODY);
        this.stream = none;
        this.told = told;
        this.tick = loop.timer(this::send);
        this.quiet = loop.timer(this::nothingCame);
    }

    void start(AudioStream agreedStream) {
        stream = agreedStream;
        if (!open) {
            open = true;
            nextTick = time.nanos();
            if (speaks) {
                send();
            }
        }
    }

    void stop() {
        open = false;
        tick.cancel();
        quiet.cancel();
        digits = "";
        digitPacket = 0;
        hearing = Hearing.NOTHING;
        candidate = Hearing.NOTHING;
    }

    void talk(boolean on) {
        talking = on;
    }

    void press(String more) {
        digits += more;
    }

    Hearing hearing() {
        return hearing;
    }

    private void send() {
        if (stream.rtp().isPresent() && stream.direction().sends()) {
            InetSocketAddress to = stream.rtp().get();
            if (digits.isEmpty() || stream.sendsEvents().isEmpty()) {
                G711 codec = (G711) stream.codec();
                header(stream.sends().number(), sequence == 0, timestamp);
                (talking ? voice : Voice.SILENCE).fill(frame);
                for (short sample : frame) {
                    packet.put(codec.encode(sample));
                }
                port.send(packet.flip(), to);
            } else {
                sendDigit(to);
            }
        }
        timestamp += SAMPLES;
        nextTick += FRAME_NANOS;
        tick.at(nextTick);
    }

    /** RFC 4733 §2.5: 100 ms of updates, then the end three times. */
    private void sendDigit(InetSocketAddress to) {
        if (digitPacket == 0) {
            digitTimestamp = timestamp;
        }
        boolean end = digitPacket >= 5;
        header(stream.sendsEvents().getAsInt(), digitPacket == 0, digitTimestamp);
        packet.put((byte) "0123456789*#ABCD".indexOf(digits.charAt(0)));
        packet.put((byte) (end ? 0x8a : 0x0a));
        packet.putShort((short) (Math.min(digitPacket + 1, 5) * SAMPLES));
        port.send(packet.flip(), to);
        if (++digitPacket == 8) {
            digitPacket = 0;
            digits = digits.substring(1);
        }
    }

    private void header(int payloadType, boolean marker, int at) {
        packet.clear();
        packet.put((byte) 0x80).put((byte) (payloadType | (marker ? 0x80 : 0)));
        packet.putShort((short) sequence++).putInt(at).putInt(ssrc);
    }

    void received(ByteBuffer datagram) {
        if (!open || datagram.remaining() < 12 || (datagram.get(datagram.position()) & 0xc0) != 0x80) {
            return;
        }
        int start = datagram.position();
        int payloadType = datagram.get(start + 1) & 0x7f;
        int eventTimestamp = datagram.getInt(start + 4);
        datagram.position(start + 12);
        if (stream.receivesEvents().isPresent()
                && payloadType == stream.receivesEvents().getAsInt()) {
            event(datagram, eventTimestamp);
            return;
        }
        if (payloadType != 0 && payloadType != 8) {
            return;
        }
        int count = Math.min(datagram.remaining(), octets.length);
        datagram.get(octets, 0, count);
        (payloadType == 0 ? G711.PCMU : G711.PCMA).decode(octets, 0, heard, 0, count);
        long now = time.nanos();
        quiet.at(now + 10 * FRAME_NANOS);
        ear.heard(heard, count, now);
        if (listening.hear(heard, count)) {
            believe(listening.hearing(now));
        }
    }

    private void event(ByteBuffer payload, int eventTimestamp) {
        if (payload.remaining() >= 4 && eventTimestamp != lastEvent) {
            lastEvent = eventTimestamp;
            int code = payload.get(payload.position()) & 0xff;
            if (code < 16) {
                told.accept(new PhoneEvent.Digit("0123456789*#ABCD".charAt(code)));
            }
        }
    }

    private void nothingCame() {
        candidate = new Hearing(Set.of(), false, false, time.nanos());
        agreed = AGREEING - 1;
        believe(candidate);
    }

    private void believe(Hearing now) {
        if (!now.sameAs(candidate)) {
            candidate = now;
            agreed = 0;
        }
        if (++agreed >= AGREEING && !candidate.sameAs(hearing)) {
            hearing = candidate;
            told.accept(new PhoneEvent.Hears(hearing));
        }
    }
}

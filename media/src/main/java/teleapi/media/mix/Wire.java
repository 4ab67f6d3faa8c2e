package teleapi.media.mix;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import teleapi.media.Quality;
import teleapi.media.codec.G711;
import teleapi.media.rtp.FarReports;
import teleapi.media.rtp.JitterBuffer;
import teleapi.media.rtp.KeyPresses;
import teleapi.media.rtp.Outgoing;
import teleapi.media.rtp.Reception;
import teleapi.media.rtp.RtpPacket;
import teleapi.media.rtp.SourceLatch;
import teleapi.media.sdp.AudioStream;
import teleapi.media.sdp.PayloadType;
import teleapi.runtime.Time;

/**
 * A party's packets: what comes in is checked and handed on, what goes out gets its numbers.
 *
 * <pre>
 * Thread  the media loop's
 * Errors  what is no packet, not the peer's or not agreed on is dropped; the first two are counted
 * Source  RFC 3550 §5, RFC 3551, RFC 4733, RFC 5761
 * </pre>
 */
final class Wire {
    // Owned by the thread of the media loop.

    private static final int HEADER = 12;
    private static final double UNITS_PER_MILLI = 8;
    /** Later than this the far end has filled the gap in its own way. */
    private static final long MOMENT_NANOS = 60_000_000;

    private final Time time;
    private final PortPair ports;
    private final Tally tally;
    private final Scratch scratch;
    private final Party party;
    private final Reports reports;
    private final Reception reception = new Reception();
    private final SourceLatch latch = new SourceLatch();
    private final KeyPresses keys = new KeyPresses();
    private final Ramp ramp = new Ramp();
    private final Outgoing outgoing;

    private List<PayloadType> receives = List.of();
    private int receivesEvents = -1;
    private int sendsEvents = -1;
    private int payloadType;
    private G711 law = G711.PCMU;
    private boolean agreed;
    private boolean maySend;
    private boolean peerMaySend;
    private boolean mux;
    private String codec = "";
    private long livedAt;
    private boolean silenced;
    private boolean turned;
    private int soundEnds;
    private long soundAt;

    Wire(MediaLoop loop, PortPair ports, Party party) {
        this.time = loop.world().time();
        this.ports = ports;
        this.tally = loop.tally();
        this.scratch = loop.scratch();
        this.party = party;
        long chance = loop.world().random().nextLong();
        this.outgoing = new Outgoing((int) (chance >>> 32), (int) chance & 0x7fff, (int)
                loop.world().random().nextLong());
        this.reports = new Reports(loop, this);
    }

    // ---- what was agreed

    void negotiated(AudioStream stream) {
        receives = stream.receives();
        receivesEvents = stream.receivesEvents().orElse(-1);
        sendsEvents = stream.sendsEvents().orElse(-1);
        payloadType = stream.sends().number();
        law = law(stream.sends());
        codec = stream.codec().encoding();
        livedAt = time.nanos();
        peerMaySend = stream.direction().receives();
        mux = stream.rtcpMux();
        latch.negotiated(stream.rtp(), time.nanos());
        reports.negotiated(stream);
        if (maySend != stream.direction().sends()) {
            maySend = stream.direction().sends();
            outgoing.interrupt();
        }
        agreed = true;
    }

    private static G711 law(PayloadType type) {
        return switch (type.codec()) {
            case G711 known -> known;
        };
    }

    /** How sound to the peer is coded. */
    G711 law() {
        return law;
    }

    /** Whether the peer takes telephone-events. */
    boolean takesEvents() {
        return sendsEvents >= 0;
    }

    /** Since when nothing of the peer has come, neither sound nor a report; what was agreed on anew is a beginning. */
    long livedAt() {
        return livedAt;
    }

    boolean agreed() {
        return agreed;
    }

    /** How well it went so far. */
    Quality quality() {
        FarReports far = reports.far();
        return new Quality(
                codec,
                outgoing.packets(),
                reception.allReceived(),
                reception.allLost(),
                reception.late(),
                reception.duplicates(),
                reception.meanJitter() / UNITS_PER_MILLI,
                reception.mostJitter() / UNITS_PER_MILLI,
                far.meanRoundTrip(),
                far.mostRoundTrip(),
                far.any()
                        ? Optional.of(new Quality.FarEnd(
                                far.loss(), far.meanJitter() / UNITS_PER_MILLI, far.mostJitter() / UNITS_PER_MILLI))
                        : Optional.empty());
    }

    /** Whether the peer said that it will not send, or may be on hold. */
    boolean held() {
        return agreed && !(maySend && peerMaySend);
    }

    boolean peerMaySend() {
        return peerMaySend;
    }

    // ---- in

    void received(ByteBuffer datagram, InetSocketAddress from) {
        if (RtpPacket.isRtcp(datagram)) {
            control(datagram, from);
            return;
        }
        RtpPacket packet = scratch.packet;
        if (!packet.read(datagram)) {
            tally.malformed++;
            return;
        }
        long now = time.nanos();
        if (!agreed || !latch.admits(from, packet, now)) {
            tally.strangers++;
            return;
        }
        boolean event = packet.payloadType() == receivesEvents;
        @Nullable G711 spoken = event ? null : spoken(packet.payloadType());
        if (!event && spoken == null) {
            return;
        }
        boolean known = reception.begun();
        int former = reception.ssrc();
        Reception.Verdict verdict = reception.arrived(packet, now, !event);
        if (verdict == Reception.Verdict.ASTRAY) {
            return;
        }
        tally.packetsIn++;
        livedAt = now;
        if (verdict == Reception.Verdict.BEGINS && known) {
            if (former != packet.ssrc()) {
                keys.reset();
            }
            party.sourceBeganAnew();
        }
        if (spoken == null) {
            party.event(datagram, packet, keys.arrived(datagram, packet), now);
        } else {
            datagram.get(packet.payloadAt(), scratch.octets, 0, packet.payloadLength());
            party.voice(spoken, scratch.octets, packet, now);
        }
    }

    private @Nullable G711 spoken(int type) {
        for (int i = 0; i < receives.size(); i++) {
            if (receives.get(i).number() == type) {
                return law(receives.get(i));
            }
        }
        return null;
    }

    void control(ByteBuffer datagram, InetSocketAddress from) {
        if (!agreed || !latch.admitsControl(from)) {
            tally.strangers++;
        } else if (reports.received(datagram, from)) {
            livedAt = time.nanos();
        } else {
            tally.malformed++;
        }
    }

    // ---- out

    /** A frame of our own: 20 ms that are already coded in {@link #law}. */
    void frame(Outgoing.Source source, byte[] octets, long now) {
        Optional<InetSocketAddress> target = latch.target();
        if (maySend && target.isPresent()) {
            outgoing.frame(source, JitterBuffer.FRAME, now);
            sound(octets, JitterBuffer.FRAME, false, target.get(), now);
        }
    }

    /** Another party's packet, as silence of the same length, or with its sound, which may be rewritten in place. */
    void forward(Outgoing.Source source, G711 theirs, byte[] octets, RtpPacket packet, boolean silent, long now) {
        Optional<InetSocketAddress> target = latch.target();
        int length = packet.payloadLength();
        if (!maySend || target.isEmpty()) {
            outgoing.interrupt();
            return;
        }
        if (!outgoing.forward(source, packet, length, now)) {
            return;
        }
        if (silent) {
            Arrays.fill(octets, 0, length, law.silence());
        } else if (theirs != law) {
            theirs.toOther(octets, 0, octets, 0, length);
        }
        if (outgoing.newest()) {
            // A late packet has nothing to be added to: the sound has gone on with the one after it.
            party.mixInto(octets, length);
        }
        sound(octets, length, silent, target.get(), now);
    }

    /** Another party's telephone-event; leaves no gap where it does not go. */
    void forwardEvent(Outgoing.Source source, ByteBuffer datagram, RtpPacket packet, boolean silent, long now) {
        Optional<InetSocketAddress> target = latch.target();
        if (!maySend || target.isEmpty()) {
            outgoing.interrupt();
        } else if (silent || !takesEvents()) {
            outgoing.withhold(source, packet);
        } else if (outgoing.forward(source, packet, JitterBuffer.FRAME, now)) {
            scratch.out.put(HEADER, datagram, packet.payloadAt(), packet.payloadLength());
            send(sendsEvents, packet.payloadLength(), target.get());
        }
    }

    /** A packet of a telephone-event of our own (RFC 4733 §2.3). */
    void event(Outgoing.Source source, int code, boolean first, boolean end, int duration, long now) {
        Optional<InetSocketAddress> target = latch.target();
        if (maySend && target.isPresent() && takesEvents()) {
            outgoing.event(source, first, duration, now);
            int volume = 10;
            scratch.out.put(HEADER, (byte) code).put(HEADER + 1, (byte) (end ? 0x80 | volume : volume));
            scratch.out.putShort(HEADER + 2, (short) duration);
            send(sendsEvents, 4, target.get());
        }
    }

    /** What is sent next is another sound, though its source is the same. */
    void turn() {
        turned = true;
    }

    /** Whether the last sound that was sent breaks off in the middle of a wave, a moment ago. */
    boolean breaksOff(long now) {
        return ramp.loud() && maySend && latch.target().isPresent() && now - soundAt < MOMENT_NANOS;
    }

    /** When sound was sent last. */
    long soundAt() {
        return soundAt;
    }

    /** What is forwarded next from {@code source} is a new talk spurt with numbers of its own. */
    void interrupt(Outgoing.Source source) {
        outgoing.interrupt(source);
    }

    private void sound(byte[] octets, int length, boolean silent, InetSocketAddress target, long now) {
        if (outgoing.newest() && length > 0) {
            if (outgoing.packetTimestamp() - soundEnds >= JitterBuffer.FRAME) {
                ramp.silence();
            }
            if (outgoing.begins() || silent != silenced || turned) {
                ramp.join(law, octets, length);
            }
            ramp.heard(law.decode(octets[length - 1]));
            soundEnds = outgoing.packetTimestamp() + length;
            soundAt = now;
            silenced = silent;
            turned = false;
        }
        party.heard(octets, length, outgoing.packetTimestamp());
        scratch.out.put(HEADER, octets, 0, length);
        send(payloadType, length, target);
    }

    private void send(int type, int length, InetSocketAddress target) {
        ByteBuffer out = scratch.out;
        outgoing.header(out, type);
        out.limit(HEADER + length).position(0);
        if (ports.rtp().send(out, target)) {
            tally.packetsOut++;
            outgoing.sent(length);
            party.sent();
        } else {
            tally.refusedSends++;
        }
        out.clear();
    }

    /** Control packets go their own way, or with rtcp-mux the sound's (RFC 5761 §5.1.1). */
    void sendControl(ByteBuffer packet, InetSocketAddress target) {
        if (!(mux ? ports.rtp() : ports.rtcp()).send(packet, target)) {
            tally.refusedSends++;
        }
    }

    Reception reception() {
        return reception;
    }

    Outgoing outgoing() {
        return outgoing;
    }

    SourceLatch latch() {
        return latch;
    }

    /** Says goodbye and frees the ports. */
    void close() {
        reports.close();
        ports.close();
    }
}

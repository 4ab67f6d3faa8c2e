package teleapi.media.mix;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import teleapi.media.Quality;
import teleapi.media.codec.Codec;
import teleapi.media.codec.G711;
import teleapi.media.codec.Wideband;
import teleapi.media.rtp.JitterBuffer;
import teleapi.media.rtp.KeyPresses;
import teleapi.media.rtp.Outgoing;
import teleapi.media.rtp.Reception;
import teleapi.media.rtp.RtpPacket;
import teleapi.media.rtp.SourceLatch;
import teleapi.media.rtp.Timeline;
import teleapi.media.sdp.AudioStream;
import teleapi.media.sdp.PayloadType;
import teleapi.runtime.Time;

/**
 * A party's packets: what comes in is checked and handed on, what goes out gets its numbers.
 *
 * <pre>
 * Thread  the media loop's
 * Errors  what is no packet, not the peer's, not agreed on or too much is dropped; all but the third are counted
 * Source  RFC 3389, RFC 3550 §5, RFC 3551, RFC 4733, RFC 5761, RFC 7587
 * </pre>
 */
final class Wire {
    // Owned by the thread of the media loop.

    static final int HEADER = 12;
    static final int EVENT_LENGTH = 4;
    private static final int EVENT_VOLUME = 10;
    /** RFC 3389 §4. Not asked for, and understood from those who send it all the same. */
    private static final int COMFORT_NOISE = 13;

    private final Time time;
    private final PortPair ports;
    private final Tally tally;
    private final Scratch scratch;
    private final Party party;
    private final Reports reports;
    private final Reception reception = new Reception();
    private final Intake intake;
    private final SourceLatch latch = new SourceLatch();
    private final KeyPresses keys = new KeyPresses();
    private final Ramp ramp = new Ramp();
    private final Voice voice;
    private final Timeline sentTime = new Timeline();
    private final Outgoing outgoing;
    private final Forwarding forwarding;

    private List<PayloadType> receives = List.of();
    private int receivesEvents = -1;
    private int sendsEvents = -1;
    private int eventRate = Timeline.RATE;
    private int payloadType;
    private Codec codec = G711.PCMU;
    /** How what is sent is coded, and understood again; if it is no G.711. */
    private @Nullable Coder coder;

    private long livedAt;
    private boolean agreed;
    private boolean maySend;
    private boolean peerMaySend;
    private boolean mux;

    Wire(MediaLoop loop, PortPair ports, Party party) {
        this.time = loop.world().time();
        this.ports = ports;
        this.tally = loop.tally();
        this.scratch = loop.scratch();
        this.party = party;
        long chance = loop.world().random().nextLong();
        this.outgoing = new Outgoing((int) (chance >>> 32), (int) chance & 0x7fff, (int)
                loop.world().random().nextLong());
        this.voice = new Voice(scratch);
        this.intake = new Intake(reception, tally, time.nanos());
        this.forwarding = new Forwarding(this, party, scratch, outgoing, ramp);
        this.reports = new Reports(loop, this);
    }

    // ---- what was agreed

    void negotiated(AudioStream stream) {
        receives = stream.receives();
        receivesEvents = stream.receivesEvents().orElse(-1);
        sendsEvents = stream.sendsEvents().orElse(-1);
        eventRate = stream.eventRate();
        livedAt = time.nanos();
        payloadType = stream.sends().number();
        if (codec != stream.codec()) {
            codec = stream.codec();
            closeCoder();
            forwarding.forget();
            ramp.forget();
            outgoing.clock(codec.clockRate());
            sentTime.clock(codec.clockRate());
        }
        peerMaySend = stream.direction().receives();
        mux = stream.rtcpMux();
        latch.negotiated(stream.rtp(), peerMaySend, time.nanos());
        reports.negotiated(stream);
        if (maySend != stream.direction().sends()) {
            maySend = stream.direction().sends();
            outgoing.interrupt();
        }
        agreed = true;
    }

    /** Whether the peer hears 16 kHz; else it hears {@link #law}. */
    boolean wide() {
        return codec instanceof Wideband;
    }

    /** How sound to a peer is coded that hears 8 kHz. */
    G711 law() {
        return codec instanceof G711 law ? law : G711.PCMU;
    }

    /** Whether the peer takes telephone-events. */
    boolean takesEvents() {
        return sendsEvents >= 0;
    }

    Codec codec() {
        return codec;
    }

    /** How many steps of the clock of the sound there are in 1/8000 s. */
    int steps() {
        return codec.clockRate() / Timeline.RATE;
    }

    int payloadType() {
        return payloadType;
    }

    int sendsEvents() {
        return sendsEvents;
    }

    int eventRate() {
        return eventRate;
    }

    /** When what was numbered last sounds, in the time of all sound here. */
    int sentTime() {
        return sentTime.time(outgoing.packetTimestamp());
    }

    Voice voice() {
        return voice;
    }

    /** Where what is sent goes; empty: nothing may be. */
    Optional<InetSocketAddress> target() {
        return maySend ? latch.target() : Optional.empty();
    }

    /** What the peer said before is not gone back to: nothing that is made up is made of it. */
    void forgetVoice() {
        voice.forget();
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
        return reports.quality(agreed ? codec.encoding() : "", codec.units(1));
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
        @Nullable Codec spoken = event ? null : spoken(packet.payloadType());
        boolean quiet = packet.payloadType() == COMFORT_NOISE && spoken == null && !event;
        boolean known = event || quiet || spoken != null;
        datagram.get(packet.payloadAt(), scratch.octets, 0, packet.payloadLength());
        if (!known || !intake.takes(packet, spoken, scratch.octets, now)) {
            if (reception.passOver(packet)) {
                party.passedOver(packet);
            }
            return;
        }
        if (spoken != null) {
            reception.clock(spoken.clockRate());
        }
        boolean begun = reception.begun();
        Reception.Verdict verdict = reception.arrived(packet, now, !event);
        if (verdict == Reception.Verdict.ASTRAY) {
            return;
        }
        tally.packetsIn++;
        livedAt = now;
        if (verdict == Reception.Verdict.BEGINS && begun) {
            party.sourceBeganAnew();
        }
        if (verdict == Reception.Verdict.SET_BACK) {
            voice.setBack(packet, now);
            keys.setBack(packet);
        }
        if (quiet && reception.newest()) {
            party.quiet(datagram, packet, voice.timeOf(packet));
        } else if (quiet) {
            party.passedOver(packet);
        } else if (event) {
            party.event(datagram, packet, keys.arrived(datagram, packet), now);
        } else if (spoken != null) {
            if (voice.came(spoken, packet, reception.skipped(), reception.newest(), now)) {
                party.voice(voice, packet, reception.newest(), now);
            } else {
                party.passedOver(packet);
            }
        }
    }

    private @Nullable Codec spoken(int type) {
        for (int i = 0; i < receives.size(); i++) {
            if (receives.get(i).number() == type) {
                return receives.get(i).codec();
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

    /** A frame of our own: 20 ms that are already coded in {@link #law}; may be changed. */
    void frame(Outgoing.Source source, byte[] octets, long now) {
        Optional<InetSocketAddress> target = target();
        if (target.isPresent()) {
            outgoing.frame(source, JitterBuffer.FRAME, now);
            sound(octets, JitterBuffer.FRAME, false, target.get(), now);
        }
    }

    /** The same at 16 kHz, for one who hears that. */
    void frame(Outgoing.Source source, short[] wide, long now) {
        Optional<InetSocketAddress> target = target();
        if (target.isPresent() && codec instanceof Wideband to) {
            outgoing.frame(source, to.units(20), now);
            sound(coder(to), wide, false, target.get(), now);
        }
    }

    /** The same at 8 kHz, for one who hears 16. */
    void narrowFrame(Outgoing.Source source, short[] narrow, long now) {
        if (codec instanceof Wideband to) {
            frame(source, coder(to).widened(narrow), now);
        }
    }

    /** A packet of a telephone-event of our own (RFC 4733 §2.3); {@code duration} in 1/8000 s. */
    void event(Outgoing.Source source, int code, boolean first, boolean end, int duration, long now) {
        Optional<InetSocketAddress> target = target();
        if (target.isPresent() && takesEvents()) {
            outgoing.event(source, first, duration * steps(), now);
            scratch.out.put(HEADER, (byte) code).put(HEADER + 1, (byte) (end ? 0x80 | EVENT_VOLUME : EVENT_VOLUME));
            scratch.out.putShort(HEADER + 2, (short) (duration * (eventRate / Timeline.RATE)));
            send(sendsEvents, EVENT_LENGTH, target.get());
        }
    }

    /** What is sent next is another sound, though its source is the same. */
    void turn() {
        ramp.turn();
    }

    /** Whether the last sound that was sent breaks off in the middle of a wave, a moment ago. */
    boolean breaksOff(long now) {
        return target().isPresent() && ramp.breaksOff(now);
    }

    /** When sound was sent last. */
    long soundAt() {
        return ramp.at();
    }

    /** The packet whose numbers were given last, coded in {@link #law}; its octets may be changed. */
    void sound(byte[] octets, int length, boolean silent, InetSocketAddress target, long now) {
        G711 law = law();
        if (outgoing.newest() && length > 0) {
            ramp.sends(outgoing, silent, length, codec.units(20), now);
            ramp.join(law, octets, length);
        }
        party.recordings().heard(law, octets, length, outgoing.packetTimestamp(), outgoing.skipped());
        scratch.out.put(HEADER, octets, 0, length);
        send(payloadType, length, target);
    }

    /** The same, still to be coded. */
    void sound(Coder to, short[] frame, boolean silent, InetSocketAddress target, long now) {
        ramp.follows(to);
        ramp.sends(outgoing, silent, codec.units(20), codec.units(20), now);
        ramp.join(frame);
        if (party.recordings().any()) {
            party.recordings().heard(to.narrowed(frame), 0, JitterBuffer.FRAME, sentTime(), outgoing.skipped());
        }
        int length = to.encode(frame, scratch.coded);
        if (length > 0) {
            scratch.out.put(HEADER, scratch.coded, 0, length);
            send(payloadType, length, target);
        }
    }

    Coder coder(Wideband of) {
        Coder known = coder == null ? new Coder(of) : coder;
        coder = known;
        return known;
    }

    private void closeCoder() {
        if (coder != null) {
            coder.close();
            coder = null;
        }
    }

    /** What is in the scratch behind the header. */
    void send(int type, int length, InetSocketAddress target) {
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

    /** What goes on to the peer of what others send. */
    Forwarding forwarding() {
        return forwarding;
    }

    SourceLatch latch() {
        return latch;
    }

    /** Says goodbye and frees the ports. */
    void close() {
        reports.close();
        ports.close();
        closeCoder();
        voice.close();
    }
}

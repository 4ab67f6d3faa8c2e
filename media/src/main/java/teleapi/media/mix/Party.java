package teleapi.media.mix;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import teleapi.media.MediaEvent;
import teleapi.media.MediaListener;
import teleapi.media.codec.G711;
import teleapi.media.dtmf.KeyDetector;
import teleapi.media.rtp.JitterBuffer;
import teleapi.media.rtp.KeyPresses;
import teleapi.media.rtp.Outgoing;
import teleapi.media.rtp.RtpPacket;
import teleapi.media.sdp.AudioStream;

/**
 * One peer on its loop: what it hears, and who hears it.
 *
 * <p>What it hears is decided anew at every packet and every beat: a digit being sent, else the playback, else its bridge's other party, else its
 * room. Nothing is queued on the way, so a change of any of these is in force at once.
 *
 * <pre>
 * Thread  the media loop's
 * Source  the shape of {@link teleapi.media.MediaSession}
 * </pre>
 */
final class Party {
    // Owned by the thread of the media loop.

    private static final Logger LOG = LoggerFactory.getLogger(Party.class);
    private static final int NO_SLOT = -1;
    /** A held peer that says it sends is given this long between packets (60 ms of sound, and jitter) before silence stands in for it. */
    private static final long PAUSE_NANOS = 110_000_000;

    private static final long FRAME_NANOS = 19_000_000;

    private final Schedule schedule;
    private final Scratch scratch;
    private final MediaListener listener;
    private final Wire wire;
    private final DigitSending digits = new DigitSending();
    private final byte[] frame = new byte[JitterBuffer.FRAME];
    private final Outgoing.Source source = new Outgoing.Source();
    private final Outgoing.Source standIn = new Outgoing.Source();

    private int slot = NO_SLOT;
    private boolean muted;
    private boolean sendingDigits;
    private @Nullable KeyDetector detector;
    private boolean sendsEvents;
    private @Nullable Playback playback;
    private @Nullable Party peer;
    private @Nullable Party wanted;
    private @Nullable Seat seat;
    private long heardAt;

    /** A place in a room. */
    private record Seat(Mixer mixer, JitterBuffer jitter, short[] said) {}

    private boolean speaks;

    Party(MediaLoop loop, PortPair ports, MediaListener listener) {
        this.schedule = loop.schedule();
        this.scratch = loop.scratch();
        this.listener = listener;
        this.wire = new Wire(loop, ports, this);
    }

    Wire wire() {
        return wire;
    }

    // ---- what is asked

    void negotiated(AudioStream stream) {
        wire.negotiated(stream);
        wake();
        if (peer != null) {
            peer.wake();
        }
    }

    void play(Playback next) {
        playback = next;
        wake();
    }

    void stopPlayback(long number) {
        if (playback != null && playback.number() == number) {
            playback = null;
        }
    }

    void mute(boolean silent, long request) {
        muted = silent;
        if (silent && seat != null) {
            seat.mixer().silence(this);
        }
        tell(new MediaEvent.MuteApplied(request));
    }

    /** They are joined once both want it; wanting again what is there changes nothing. */
    void bridge(Party other) {
        if (peer == other) {
            return;
        }
        leave();
        wanted = other;
        if (other.wanted == this) {
            peer = other;
            other.peer = this;
            wake();
            other.wake();
        }
    }

    void join(Mixer mixer) {
        leave();
        seat = new Seat(mixer, new JitterBuffer(), new short[JitterBuffer.FRAME]);
        moveTo(mixer.join(this));
    }

    void leave() {
        wanted = null;
        if (peer != null) {
            peer.wanted = null;
            peer.peer = null;
            peer.wire.interrupt(source);
            wire.interrupt(peer.source);
            peer = null;
        }
        if (seat != null) {
            seat.mixer().leave(this);
            seat = null;
        }
    }

    void listenForTones(boolean on) {
        if (!on) {
            detector = null;
        } else if (detector == null) {
            detector = new KeyDetector(key -> tell(new MediaEvent.DigitPressed(key.digit())));
        }
    }

    void sendDigits(String more) {
        digits.add(more);
        sendingDigits = true;
        wake();
    }

    /** Frees everything; the loop says so when the ports are free. */
    void close() {
        leave();
        playback = null;
        if (slot != NO_SLOT) {
            schedule.remove(this, slot);
            slot = NO_SLOT;
        }
        wire.close();
    }

    // ---- what the peer says

    /** Sound of the peer, in {@code octets}. */
    void voice(G711 law, byte[] octets, RtpPacket packet, long now) {
        if (detector != null && !sendsEvents) {
            law.decode(octets, 0, scratch.samples, 0, packet.payloadLength());
            detector.hear(scratch.samples, 0, packet.payloadLength());
        }
        if (seat != null) {
            seat.jitter().put(law, octets, packet.payloadLength(), packet.timestamp());
        } else if (peer != null) {
            peer.hear(this, law, octets, packet, now);
        }
    }

    /** A telephone-event of the peer; {@code key} is one that is pressed with it. */
    void event(ByteBuffer datagram, RtpPacket packet, int key, long now) {
        sendsEvents = true;
        if (peer != null && peer.hearsOthers()) {
            peer.heardAt = now;
            peer.wire.forwardEvent(source, datagram, packet, muted, now);
        }
        if (key != KeyPresses.NONE) {
            tell(new MediaEvent.DigitPressed((char) key));
        }
    }

    /** The peer's packets have new numbers from now on. */
    void sourceBeganAnew() {
        if (seat != null) {
            seat.mixer().silence(this);
            seat.jitter().reset();
        }
        if (peer != null) {
            peer.wire.interrupt(source);
        }
    }

    // ---- what the peer hears

    private void hear(Party from, G711 law, byte[] octets, RtpPacket packet, long now) {
        heardAt = now;
        if (hearsOthers()) {
            wire.forward(from.source, law, octets, packet, from.muted, now);
        }
    }

    private boolean hearsOthers() {
        return playback == null && !digits.sounding();
    }

    /** One frame of what is made here; false when there is nothing to make, until {@link #wake}. */
    boolean beat(long now) {
        boolean done = sendingDigits && digits.beat(wire, frame, now);
        if (sendingDigits && digits.idle()) {
            sendingDigits = false;
            tell(new MediaEvent.DigitsSent());
        }
        if (!done && playback != null) {
            done = play(playback, now);
        }
        if (!done && seat != null) {
            wire.frame(seat.mixer().source(), seat.mixer().heardBy(this, wire.law()), 0, now);
        } else if (!done && standsIn()) {
            standIn(now);
        }
        return sendingDigits || playback != null || seat != null || standsIn();
    }

    private boolean play(Playback current, long now) {
        if (current.beat(wire, frame, now)) {
            return true;
        }
        playback = null;
        tell(new MediaEvent.PlaybackFinished(current.number()));
        return false;
    }

    /** The bridge's other party is on hold, and may send nothing: sound goes on, as silence. */
    private boolean standsIn() {
        return peer != null && peer.wire.held();
    }

    private void standIn(long now) {
        if (peer != null && now - heardAt >= (peer.wire.peerMaySend() ? PAUSE_NANOS : FRAME_NANOS)) {
            Arrays.fill(frame, wire.law().silence());
            wire.frame(standIn, frame, 0, now);
        }
    }

    private void wake() {
        if (slot == NO_SLOT && (sendingDigits || playback != null || seat != null || standsIn())) {
            moveTo(schedule.soon());
        }
    }

    private void moveTo(int next) {
        if (slot == next) {
            return;
        }
        if (slot != NO_SLOT) {
            schedule.remove(this, slot);
        }
        slot = next;
        schedule.add(this, slot);
    }

    /** The schedule has dropped it. */
    void stopped() {
        slot = NO_SLOT;
    }

    // ---- in a room

    /** Takes the next 20 ms of what the peer says; whether the others hear them. */
    boolean speak() {
        speaks = seat != null && seat.jitter().take(seat.said()) && !muted;
        return speaks;
    }

    boolean speaks() {
        return speaks;
    }

    void fallSilent() {
        speaks = false;
    }

    short[] frame() {
        return seat == null ? new short[JitterBuffer.FRAME] : seat.said();
    }

    void tell(MediaEvent event) {
        try {
            listener.happened(event);
        } catch (RuntimeException broken) {
            LOG.error("a media listener failed", broken);
        }
    }
}

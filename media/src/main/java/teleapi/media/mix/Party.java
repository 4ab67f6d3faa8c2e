package teleapi.media.mix;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import teleapi.media.Layer;
import teleapi.media.MediaEvent;
import teleapi.media.MediaListener;
import teleapi.media.SoundSink;
import teleapi.media.Tracks;
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
    private static final long WHOLE_FRAME_NANOS = 20_000_000;

    private final Schedule schedule;
    private final Scratch scratch;
    private final MediaListener listener;
    private final Wire wire;
    private final DigitSending digits = new DigitSending();
    private final Layers layers = new Layers();
    private final MixedSounds mixed;
    private final Recordings recordings;
    private final Deque<Long> watches = new ArrayDeque<>();
    private final byte[] frame = new byte[JitterBuffer.FRAME];
    private final Outgoing.Source source = new Outgoing.Source();
    private final Outgoing.Source standIn = new Outgoing.Source();

    private final LongConsumer finished = this::finished;

    private int slot = NO_SLOT;
    private boolean muted;
    private boolean deaf;
    private @Nullable KeyDetector detector;
    private @Nullable SpeechLevel speech;
    private boolean sendsEvents;
    private @Nullable Party peer;
    private @Nullable Party wanted;
    private @Nullable Seat seat;
    /** Who alone hears it in a room; itself: nobody. */
    private @Nullable Party coached;

    private long heardAt;

    /** A place in a room. */
    private record Seat(Mixer mixer, JitterBuffer jitter, short[] said) {}

    private boolean speaks;

    Party(MediaLoop loop, PortPair ports, MediaListener listener) {
        this.schedule = loop.schedule();
        this.scratch = loop.scratch();
        this.listener = listener;
        this.mixed = new MixedSounds(scratch);
        this.recordings = new Recordings(loop, this);
        this.wire = new Wire(loop, ports, this);
    }

    Wire wire() {
        return wire;
    }

    // ---- what is asked

    void take(MediaMessage.Order order) {
        switch (order) {
            case MediaMessage.Negotiated negotiated -> negotiated(negotiated.stream());
            case MediaMessage.Play play -> play(play.layer(), play.playback());
            case MediaMessage.Mix mix -> mix(mix.playback());
            case MediaMessage.StopPlayback stop -> stopPlayback(stop.playback());
            case MediaMessage.Mute mute -> mute(mute.muted(), mute.request());
            case MediaMessage.Deaf deafen -> deaf(deafen.deaf(), deafen.request());
            case MediaMessage.Leave leave -> leave();
            case MediaMessage.ListenForTones listen -> listenForTones(listen.on());
            case MediaMessage.ListenForSpeech listen -> listenForSpeech(listen.on());
            case MediaMessage.SendDigits send -> sendDigits(send.request(), send.digits());
            case MediaMessage.Watch watch -> watches.add(watch.request());
            case MediaMessage.PauseRecording pause -> recordings.pause(pause.recording(), pause.silence());
            case MediaMessage.ResumeRecording resume -> recordings.resume(resume.recording());
            case MediaMessage.StopRecording stop -> recordings.stop(stop.recording());
        }
    }

    private void negotiated(AudioStream stream) {
        wire.negotiated(stream);
        wake();
        if (peer != null) {
            peer.wake();
        }
    }

    private void play(Layer layer, Playback next) {
        layers.play(layer, next);
        wake();
    }

    private void mix(Playback next) {
        if (mixed.add(next)) {
            wake();
        } else {
            finished(next.number());
        }
    }

    private void stopPlayback(long number) {
        layers.stop(number);
        mixed.stop(number);
    }

    private void finished(long number) {
        tell(new MediaEvent.PlaybackFinished(number));
    }

    private void mute(boolean silent, long request) {
        muted = silent;
        if (silent) {
            quietInRoom();
        }
        tell(new MediaEvent.Applied(request));
    }

    private void deaf(boolean nothing, long request) {
        deaf = nothing;
        tell(new MediaEvent.Applied(request));
    }

    void coach(Party one) {
        quietInRoom();
        coached = one;
    }

    void speakToAll() {
        quietInRoom();
        coached = null;
    }

    private void quietInRoom() {
        if (seat != null) {
            seat.mixer().silence(this);
        }
    }

    void record(long recording, SoundSink sink, Tracks tracks) {
        recordings.start(recording, sink, tracks);
        wake();
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
        // Out of a bridge, sound is under way already: it goes on at once, and is delayed when that turns out to be
        // needed.
        JitterBuffer jitter = peer == null ? new JitterBuffer() : new JitterBuffer(0);
        leave();
        seat = new Seat(mixer, jitter, new short[JitterBuffer.FRAME]);
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
            if (speech != null) {
                speech.stop();
            }
        }
    }

    private void listenForTones(boolean on) {
        if (!on) {
            detector = null;
        } else if (detector == null) {
            detector = new KeyDetector(key -> tell(new MediaEvent.DigitPressed(key.digit())));
        }
    }

    private void listenForSpeech(boolean on) {
        if (!on) {
            speech = null;
        } else if (speech == null) {
            speech = new SpeechLevel(
                    begins -> tell(begins ? new MediaEvent.SpeechStarted() : new MediaEvent.SpeechStopped()));
        }
    }

    private void sendDigits(long request, String more) {
        digits.add(request, more);
        tellDigits();
        wake();
    }

    private void tellDigits() {
        digits.tellSent(request -> tell(new MediaEvent.DigitsSent(request)));
    }

    /** Frees everything; the loop says so when the ports are free. */
    void close() {
        leave();
        recordings.stopAll();
        layers.stopAll();
        mixed.stopAll();
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
        if (!muted) {
            recordings.said(law, octets, packet.payloadLength(), packet.timestamp());
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
            peer.wire.forwardEvent(source, datagram, packet, muted || peer.deaf, now);
        }
        if (key != KeyPresses.NONE) {
            tell(new MediaEvent.DigitPressed((char) key));
        }
    }

    /** The peer's packets have new numbers from now on. */
    void sourceBeganAnew() {
        recordings.sourceBeganAnew();
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
            wire.forward(from.source, law, octets, packet, from.muted || deaf, now);
        }
    }

    private boolean hearsOthers() {
        return !layers.any() && !digits.sounding();
    }

    /** Adds what is played over everything. */
    void mixInto(byte[] octets, int count) {
        if (mixed.any()) {
            mixed.addTo(wire.law(), octets, count);
        }
    }

    /** Sound goes to the peer. */
    void heard(byte[] octets, int count, int timestamp) {
        recordings.heard(wire.law(), octets, count, timestamp);
    }

    /** A packet has gone to the peer. */
    void sent() {
        while (!watches.isEmpty()) {
            tell(new MediaEvent.FirstPacket(watches.remove()));
        }
    }

    /** One frame of what is made here; false when there is nothing to make, until {@link #wake}. */
    boolean beat(long now) {
        mixed.removeFinished(finished);
        if (!digits.idle()) {
            if (!digits.beat(wire, frame, now)) {
                sound(now);
            }
            tellDigits();
        } else {
            sound(now);
        }
        recordings.beat(now);
        boolean goesOn = beats();
        if (!goesOn) {
            // What is made here later is later by the time until then.
            wire.interrupt(standIn);
        }
        return goesOn;
    }

    private boolean beats() {
        return !digits.idle() || layers.any() || mixed.any() || seat != null || recordings.any() || standsIn();
    }

    private void sound(long now) {
        Playback top = layers.top(finished);
        if (top != null) {
            top.next(wire.law(), frame);
            send(top.source(), frame, now);
        } else if (seat != null && now - heardAt < WHOLE_FRAME_NANOS) {
            // From bridge to room: what came over the bridge last still sounds.
            return;
        } else if (seat != null && !deaf) {
            byte[] heard = seat.mixer().heardBy(this, wire.law());
            System.arraycopy(heard, 0, frame, 0, JitterBuffer.FRAME);
            send(seat.mixer().source(), frame, now);
        } else if (seat != null || standsIn(now)) {
            Arrays.fill(frame, wire.law().silence());
            send(seat != null ? seat.mixer().source() : standIn, frame, now);
        }
    }

    private void send(Outgoing.Source from, byte[] octets, long now) {
        mixInto(octets, JitterBuffer.FRAME);
        wire.frame(from, octets, now);
    }

    /** Whether frames of silence may be wanted: the bridge's other party is on hold and may send nothing, or something is to be heard over it. */
    private boolean standsIn() {
        return mixed.any() || (peer != null && peer.wire.held());
    }

    private boolean standsIn(long now) {
        return standsIn() && (peer == null || now - heardAt >= (peer.wire.peerMaySend() ? PAUSE_NANOS : FRAME_NANOS));
    }

    private void wake() {
        if (slot == NO_SLOT && beats()) {
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
        if (speech != null) {
            speech.hear(frame(), speaks);
        }
        return speaks;
    }

    boolean speaks() {
        return speaks;
    }

    void fallSilent() {
        speaks = false;
    }

    /** Whether it is not heard by all. */
    boolean coaches() {
        return coached != null;
    }

    boolean coaches(Party one) {
        return coached == one && coached != this;
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

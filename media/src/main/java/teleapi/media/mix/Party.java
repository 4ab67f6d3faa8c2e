package teleapi.media.mix;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import teleapi.media.MediaEvent;
import teleapi.media.MediaListener;
import teleapi.media.rtp.KeyPresses;
import teleapi.media.rtp.Outgoing;
import teleapi.media.rtp.RtpPacket;
import teleapi.media.sdp.AudioStream;
import teleapi.media.sound.ComfortNoise;

/**
 * One peer on its loop: what it hears, and who hears it.
 *
 * <p>What it hears is decided anew at every packet and every beat: what its ear has of its own, else its bridge's other party, else its room.
 * Nothing is queued on the way, so a change of any of these is in force at once.
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

    private static final long FRAME_NANOS = 20_000_000;
    /** A beat may be so much too early. */
    private static final long EARLY_NANOS = 1_000_000;
    /** A frame that ends a sound comes in its place, or less than half a frame later. */
    private static final long HALF_NANOS = 10_000_000;

    private final Schedule schedule;
    private final MediaListener listener;
    private final Wire wire;
    private final Ear ear;
    private final Listening listening;
    private final Recordings recordings;
    private final Passage passage = new Passage();
    /** How it sounds while it says nothing, if it said so. */
    private final ComfortNoise silence = new ComfortNoise();

    private int silentFrom;
    private final Watches watches = new Watches(this::tell);
    private final Outgoing.Source source = new Outgoing.Source();
    private final Outgoing.Source standIn = new Outgoing.Source();

    private final Presence presence;

    private int slot = NO_SLOT;
    private boolean muted;
    private boolean deaf;
    private @Nullable Party peer;
    private @Nullable Party wanted;
    private @Nullable Seat seat;
    /** Who alone hears it in a room; itself: nobody. */
    private @Nullable Party coached;

    private long heardAt;
    /** How long it sounds. */
    private long heardFor = FRAME_NANOS;

    private boolean fading;
    private final PressedKey key = new PressedKey();

    Party(MediaLoop loop, PortPair ports, MediaListener listener) {
        this.schedule = loop.schedule();
        this.listener = listener;
        this.recordings = new Recordings(loop, this);
        this.wire = new Wire(loop, ports, this);
        this.presence = new Presence(wire, this::tell);
        this.ear = new Ear(wire, loop.scratch(), this::tell);
        this.listening = new Listening(loop.scratch(), this::tell);
        this.heardAt = schedule.now() - PAUSE_NANOS;
    }

    Wire wire() {
        return wire;
    }

    Ear ear() {
        return ear;
    }

    Recordings recordings() {
        return recordings;
    }

    // ---- what is asked

    void take(MediaMessage.Order order) {
        boolean outOfBridge = peer == null && seat == null && !ear.busy() && schedule.now() - heardAt < FRAME_NANOS;
        switch (order) {
            case MediaMessage.Negotiated negotiated -> negotiated(negotiated.stream());
            case MediaMessage.Play play -> ear.play(play.layer(), play.playback());
            case MediaMessage.Mix mix -> ear.mix(mix.playback());
            case MediaMessage.StopPlayback stop -> ear.stopPlayback(stop.playback());
            case MediaMessage.Feed feed -> ear.feed(feed.playback(), feed.ulaw(), feed.taken());
            case MediaMessage.Mark mark -> ear.mark(mark.playback(), mark.reached());
            case MediaMessage.Clear clear -> ear.clear(clear.playback());
            case MediaMessage.Mute mute -> mute(mute.muted(), mute.request());
            case MediaMessage.Deaf deafen -> deaf(deafen.deaf(), deafen.request());
            case MediaMessage.Leave leave -> leave();
            case MediaMessage.Heed heed -> listening.take(heed);
            case MediaMessage.SendDigits send -> ear.send(send);
            case MediaMessage.ExpectSound expect -> presence.expect(schedule.now());
            case MediaMessage.Watch watch -> watches.add(watch.request());
            case MediaMessage.PauseRecording pause -> recordings.pause(pause.recording(), pause.silence());
            case MediaMessage.ResumeRecording resume -> recordings.resume(resume.recording());
            case MediaMessage.StopRecording stop -> recordings.stop(stop.recording());
        }
        if (outOfBridge && ear.busy()) {
            // Not at the beat that was to end what was heard: the other leg may have been in time for its own.
            moveTo(schedule.soon());
        }
        wake();
    }

    private void negotiated(AudioStream stream) {
        wire.negotiated(stream);
        if (peer != null) {
            peer.wake();
        }
    }

    private void mute(boolean silent, long request) {
        if (muted && !silent) {
            forgetWhatItSaid();
        }
        muted = silent;
        recordings.mute(silent);
        if (silent) {
            recordings.hush();
            quietInRoom();
        } else {
            recordSilence();
        }
        tell(new MediaEvent.Applied(request));
    }

    private void deaf(boolean nothing, long request) {
        deaf = nothing;
        tell(new MediaEvent.Applied(request));
    }

    /** It speaks to this one alone, or to all again. */
    void coach(@Nullable Party one) {
        quietInRoom();
        if (coached != null && coached != one) {
            forgetWhatItSaid();
        }
        coached = one;
    }

    /** Not all were to hear it who hear what comes now. */
    private void forgetWhatItSaid() {
        wire.forgetVoice();
        passage.forget();
        if (seat != null) {
            seat.forget();
        }
    }

    private void quietInRoom() {
        if (seat != null) {
            seat.mixer().silence(this);
        }
    }

    void record(MediaMessage.StartRecording wanted) {
        recordings.start(wanted, muted);
        recordSilence();
        wake();
    }

    private void recordSilence() {
        if (silence.sounds() && !muted) {
            recordings.quiet(silence.level(), silentFrom);
        }
    }

    void listen(MediaMessage.ListenForUtterance wanted) {
        listening.forUtterance(wanted, schedule.now());
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
        leave();
        Seat mine = new Seat(mixer, passage.enter(schedule.now()));
        seat = mine;
        if (key.lately(schedule.now())) {
            mine.breakOff();
        }
        if (silence.sounds()) {
            mine.quiet(silence.level(), silentFrom);
        }
        moveTo(mixer.join(this));
    }

    void leave() {
        wanted = null;
        if (peer != null) {
            passage.leaveBridge(schedule.now());
            peer.passage.leaveBridge(schedule.now());
            peer.wanted = null;
            peer.peer = null;
            peer.wire.forwarding().interrupt(source);
            wire.forwarding().interrupt(peer.source);
            key.parts();
            peer.key.parts();
            peer.wake();
            peer = null;
        }
        if (seat != null) {
            passage.leaveRoom(seat.jitter(), schedule.now());
            seat.mixer().leave(this);
            seat = null;
            listening.outOfRoom();
        }
    }

    /** Whether the peer is there still. */
    void look(long now, long longestSilence) {
        presence.look(now, longestSilence);
    }

    /** Frees everything; the loop says so when the ports are free. */
    void close() {
        leave();
        recordings.stopAll();
        listening.endUtterances();
        ear.close();
        if (slot != NO_SLOT) {
            schedule.remove(this, slot);
            slot = NO_SLOT;
        }
        wire.close();
    }

    // ---- what the peer says

    /** Sound of the peer; {@code newest} false: others were sent after it and are here. */
    void voice(Voice voice, RtpPacket packet, boolean newest, long now) {
        boolean overtaken = silence.sounds() && !newest;
        if (!overtaken) {
            silence.stop();
        }
        if (newest) {
            key.sounds(now);
        }
        listening.voice(voice);
        if (!muted) {
            recordings.said(voice);
            listening.said(voice);
        }
        if (seat != null) {
            seat.hear(voice);
        } else if (peer != null) {
            if (overtaken) {
                passedOver(packet);
            } else {
                peer.hear(this, voice, packet, now);
            }
        } else {
            passage.hear(voice, now);
        }
    }

    /** A packet of the peer is nothing that is heard. */
    void passedOver(RtpPacket packet) {
        if (peer != null) {
            peer.wire.forwarding().withhold(source, packet);
        }
    }

    /** The peer is silent until it speaks again, and this is how that sounds; {@code from} is when. */
    void quiet(ByteBuffer datagram, RtpPacket packet, int from) {
        silence.begin(ComfortNoise.level(datagram, packet.payloadAt(), packet.payloadLength()));
        silentFrom = from;
        recordSilence();
        if (seat != null) {
            seat.quiet(silence.level(), from);
        } else if (peer != null) {
            peer.wire.forwarding().withhold(source, packet);
            peer.wake();
        }
    }

    /** A telephone-event of the peer; {@code pressed} is a key that goes down with it. */
    void event(ByteBuffer datagram, RtpPacket packet, int pressed, long now) {
        listening.sendsEvents();
        if (seat != null) {
            seat.breakOff();
        }
        boolean passes = peer != null && !peer.ear.taken() && !muted && !peer.deaf;
        // A key that ends an overlay or accepts a call is down when the others are heard again: not meant for them.
        boolean heard =
                key.came(datagram, packet, wire.reception().newest(), passes, listening.keeps(datagram, packet), now);
        if (peer != null && !peer.ear.taken()) {
            key.withhold(!heard || !peer.wire.takesEvents());
            peer.wire.forwarding().forwardEvent(source, wire, datagram, packet, !heard, now);
            peer.heardBeside(key, now);
        }
        if (pressed != KeyPresses.NONE) {
            tell(new MediaEvent.DigitPressed((char) pressed));
        }
    }

    /** The peer's packets have new numbers from now on. */
    void sourceBeganAnew() {
        recordings.sourceBeganAnew();
        listening.sourceBeganAnew();
        silence.stop();
        key.forget();
        passage.close();
        if (seat != null) {
            seat.mixer().silence(this);
            seat.beginAnew();
        }
        if (peer != null) {
            peer.wire.forwarding().interrupt(source);
        }
    }

    // ---- what the peer hears

    private void hear(Party from, Voice voice, RtpPacket packet, long now) {
        heardAt = now;
        heardFor = voice.nanos();
        if (!ear.taken()) {
            wire.forwarding().forward(from.source, voice, packet, from.muted || deaf, now);
        }
    }

    private void heardBeside(PressedKey theirs, long now) {
        if (theirs.leavesPause(now)) {
            wake();
        } else if (!theirs.withheld()) {
            heardAt = now;
            heardFor = FRAME_NANOS;
        }
    }

    /** A packet has gone to the peer; the end of what is heard no more is not what is waited for. */
    void sent() {
        if (!fading) {
            watches.tell();
        }
    }

    /** One frame of what is made here; false when there is nothing to make, until {@link #wake}. */
    boolean beat(long now) {
        if (!ear.beat(now)) {
            others(now);
        }
        recordings.beat(now);
        listening.beat(now);
        boolean goesOn = beats();
        if (!goesOn) {
            // What is made here later is later by the time until then.
            wire.forwarding().interrupt(standIn);
        }
        return goesOn;
    }

    private boolean beats() {
        return ear.busy()
                || seat != null
                || recordings.any()
                || listening.any()
                || standsInAt(schedule.now())
                || breaksOff(schedule.now());
    }

    /** What is not made for this peer alone, and does not come as packets. */
    private void others(long now) {
        if (seat != null && now - heardAt < FRAME_NANOS) {
            // From bridge to room: what came over the bridge last still sounds.
            return;
        }
        if (seat != null && deaf) {
            ear.hearNothing(seat.mixer().source(), now);
        } else if (seat != null && wire.wide()) {
            ear.hearWide(seat.mixer().source(), seat.mixer().heardWideBy(this), now);
        } else if (seat != null) {
            ear.hear(seat.mixer().source(), seat.mixer().heardBy(this, wire.law()), now);
        } else if (standsInAt(now) && nothingSounds(now)) {
            if (peer != null && peer.silence.sounds() && !peer.muted && !deaf) {
                ear.hearNoise(standIn, peer.silence, now);
            } else {
                ear.hearNothing(standIn, now);
            }
        } else if (breaksOff(now) && now - wire.soundAt() >= HALF_NANOS) {
            fading = true;
            ear.hearNothing(standIn, now);
            fading = false;
        }
    }

    /** Whether a sound was cut off and nothing follows it: then it fades into a frame of silence. */
    private boolean breaksOff(long now) {
        return peer == null && seat == null && wire.breaksOff(now);
    }

    /** Whether frames of silence may be wanted: the bridge's other party may send nothing, or something is to be heard over it. */
    private boolean standsInAt(long now) {
        return ear.wantsGround()
                || (peer != null && (peer.wire.held() || peer.silence.sounds() || peer.key.leavesPause(now)));
    }

    private boolean nothingSounds(long now) {
        return peer == null || now - heardAt >= (peer.sendsNow(now) ? PAUSE_NANOS : heardFor - EARLY_NANOS);
    }

    /** Whether packets of it are on their way. What stands in between those of a key would make many keys of it. */
    private boolean sendsNow(long now) {
        return wire.peerMaySend() && !key.leavesPause(now) && (!silence.sounds() || key.lately(now));
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
        boolean speaks = seat != null && seat.speak(muted);
        if (seat != null) {
            listening.inRoom(seat.said(), seat.length(), seat.says());
        }
        return speaks;
    }

    boolean speaks() {
        return seat != null && seat.speaks();
    }

    @Nullable
    Seat seat() {
        return seat;
    }

    /** Whether it is not heard by all. */
    boolean coaches() {
        return coached != null;
    }

    boolean coaches(Party one) {
        return coached == one && coached != this;
    }

    void tell(MediaEvent event) {
        try {
            listener.happened(event);
        } catch (RuntimeException broken) {
            LOG.error("a media listener failed", broken);
        }
    }
}

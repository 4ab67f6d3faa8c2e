package teleapi.media.mix;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import teleapi.media.Layer;
import teleapi.media.MediaEvent;
import teleapi.media.rtp.JitterBuffer;
import teleapi.media.rtp.Outgoing;
import teleapi.media.sound.ComfortNoise;

/**
 * What is made here for one peer to hear: digits, else the highest layer that plays; and mixed sounds over all but digits.
 *
 * <pre>
 * Units   frames of 20 ms, one a beat
 * Source  ADR-0011
 * </pre>
 */
final class Ear {
    // Owned by the thread of the media loop.

    private final Wire wire;
    private final short[] scratch;
    private final LongConsumer finished;
    private final LongConsumer sent;
    private final Dialling digits = new Dialling();
    private final Layers layers = new Layers();
    private final MixedSounds mixed;
    private final byte[] frame = new byte[JitterBuffer.FRAME];
    /** Of a peer that hears more than 8 kHz. */
    private @Nullable Overlay overlay;

    Ear(Wire wire, Scratch scratch, Consumer<MediaEvent> told) {
        this.wire = wire;
        this.scratch = scratch.samples;
        this.sent = request -> told.accept(new MediaEvent.DigitsSent(request));
        this.finished = number -> told.accept(new MediaEvent.PlaybackFinished(number));
        this.mixed = new MixedSounds(scratch);
    }

    // ---- what is asked

    void play(Layer layer, Playback next) {
        layers.play(layer, next);
    }

    void mix(Playback next) {
        if (mixed.add(next)) {
            wire.turn();
        } else {
            finished.accept(next.number());
        }
    }

    void stopPlayback(long number) {
        layers.stop(number);
        digits.stop(number);
        if (mixed.stop(number)) {
            wire.turn();
        }
    }

    void feed(long number, byte[] ulaw, Consumer<Boolean> taken) {
        FedPlayback fed = layers.fed(number);
        taken.accept(fed != null && fed.feed(ulaw));
    }

    void mark(long number, Runnable reached) {
        FedPlayback fed = layers.fed(number);
        if (fed != null) {
            fed.mark(reached);
        }
    }

    void clear(long number) {
        FedPlayback fed = layers.fed(number);
        if (fed != null) {
            fed.clear();
        }
    }

    void send(MediaMessage.SendDigits wanted) {
        digits.send(wanted);
        digits.tellSent(sent);
    }

    void close() {
        layers.stopAll();
        mixed.stopAll();
    }

    // ---- what is so

    /** Whether there is something to make at the next beat. */
    boolean busy() {
        return !digits.idle() || layers.any() || mixed.any();
    }

    /** Whether bridge and room are not heard because of it. */
    boolean taken() {
        return layers.any() || digits.sounding();
    }

    /** Whether something is to be heard over whatever else there is, even over nothing. */
    boolean wantsGround() {
        return mixed.any();
    }

    // ---- what is heard

    /** The frame of this beat; false when the peer may hear something else in it. */
    boolean beat(long now) {
        mixed.removeFinished(finished);
        boolean digit = digits.beat(wire, frame, layers.highest(), now);
        digits.tellSent(sent);
        return digit || play(now);
    }

    private boolean play(long now) {
        Playback top = layers.top(finished);
        if (top == null) {
            return false;
        }
        if (wire.wide()) {
            Overlay over = overlay();
            top.addTo(over.begin(JitterBuffer.FRAME), JitterBuffer.FRAME);
            send(top.source(), over, over.silence(), now);
        } else {
            top.next(wire.law(), frame);
            send(top.source(), now);
        }
        return true;
    }

    /** A frame that is made elsewhere: copied, because others hear it as well. */
    void hear(Outgoing.Source source, byte[] made, long now) {
        System.arraycopy(made, 0, frame, 0, JitterBuffer.FRAME);
        send(source, now);
    }

    /** The same at 16 kHz, and this peer's alone. */
    void hearWide(Outgoing.Source source, short[] made, long now) {
        Overlay over = overlay();
        over.begin(JitterBuffer.FRAME);
        send(source, over, made, now);
    }

    void hearNothing(Outgoing.Source source, long now) {
        if (wire.wide()) {
            hearWide(source, overlay().silence(), now);
        } else {
            Arrays.fill(frame, wire.law().silence());
            send(source, now);
        }
    }

    /** The other side is silent, and this is how that sounds. */
    void hearNoise(Outgoing.Source source, ComfortNoise noise, long now) {
        if (wire.wide()) {
            short[] wide = overlay().silence();
            noise.fill(wide, 0, wide.length);
            hearWide(source, wide, now);
        } else {
            noise.fill(scratch, 0, JitterBuffer.FRAME);
            wire.law().encode(scratch, 0, frame, 0, JitterBuffer.FRAME);
            send(source, now);
        }
    }

    private void send(Outgoing.Source source, long now) {
        mixInto(frame, JitterBuffer.FRAME);
        wire.frame(source, frame, now);
    }

    private void send(Outgoing.Source source, Overlay over, short[] ground, long now) {
        mixed.addTo(over.sum(), JitterBuffer.FRAME);
        over.addTo(ground);
        wire.frame(source, ground, now);
    }

    /** Whether something is added to what comes from elsewhere. */
    boolean mixes() {
        return mixed.any();
    }

    /** Adds what is mixed to octets on their way. */
    void mixInto(byte[] octets, int count) {
        if (mixed.any()) {
            mixed.addTo(wire.law(), octets, count);
        }
    }

    /** Adds what is mixed to samples on their way; {@code units} is their time. */
    void mixInto(short[] samples, int units) {
        if (!mixed.any()) {
            return;
        }
        if (wire.wide()) {
            Overlay over = overlay();
            mixed.addTo(over.begin(units), units);
            over.addTo(samples);
        } else {
            mixed.addTo(samples, units);
        }
    }

    private Overlay overlay() {
        Overlay known = overlay;
        if (known == null) {
            known = new Overlay();
            overlay = known;
        }
        return known;
    }
}

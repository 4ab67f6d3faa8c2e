package teleapi.media.mix;

import teleapi.media.codec.G711;
import teleapi.media.rtp.JitterBuffer;

/** A party's place in a room: what it says, evened out, 20 ms at a time. */
final class Seat {
    // Owned by the thread of the media loop.

    private final Mixer mixer;
    private final JitterBuffer jitter;
    private final short[] said = new short[JitterBuffer.FRAME];
    private boolean speaks;

    /** {@code jitter} is what it brings along. */
    Seat(Mixer mixer, JitterBuffer jitter) {
        this.mixer = mixer;
        this.jitter = jitter;
    }

    JitterBuffer jitter() {
        return jitter;
    }

    Mixer mixer() {
        return mixer;
    }

    void hear(G711 law, byte[] octets, int count, int timestamp) {
        jitter.put(law, octets, count, timestamp);
    }

    void beginAnew() {
        jitter.reset();
    }

    /** Takes the next 20 ms; whether the others hear them. */
    boolean speak(boolean muted) {
        speaks = jitter.take(said) && !muted;
        return speaks;
    }

    boolean speaks() {
        return speaks;
    }

    void fallSilent() {
        speaks = false;
    }

    short[] said() {
        return said;
    }
}

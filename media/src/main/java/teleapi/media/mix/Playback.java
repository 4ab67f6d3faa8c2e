package teleapi.media.mix;

import java.util.Arrays;
import teleapi.media.Sound;
import teleapi.media.codec.G711;
import teleapi.media.rtp.JitterBuffer;
import teleapi.media.rtp.Outgoing;

/** A sound on its way to one peer: in frames that are coded already, or to be added to others. */
sealed class Playback permits FedPlayback {
    // Owned by the thread of the media loop once it is posted.

    private final Outgoing.Source source = new Outgoing.Source();

    private final long number;
    private final Sound sound;
    private final boolean endless;
    private int left;
    private int at;

    /** {@code loops} 0: until stopped. */
    Playback(long number, Sound sound, int loops) {
        if (loops < 0) {
            throw new IllegalArgumentException("loops is " + loops);
        }
        this.number = number;
        this.sound = sound;
        this.endless = loops == 0;
        this.left = loops;
    }

    long number() {
        return number;
    }

    Outgoing.Source source() {
        return source;
    }

    boolean over() {
        return sound.length() == 0 || (!endless && left == 0);
    }

    /** The next 20 ms; what is missing at the end is silence. */
    void next(G711 law, byte[] frame) {
        byte[] octets = sound.encoded(law);
        int done = 0;
        while (done < JitterBuffer.FRAME && !over()) {
            int count = Math.min(JitterBuffer.FRAME - done, octets.length - at);
            System.arraycopy(octets, at, frame, done, count);
            done += count;
            advance(count);
        }
        Arrays.fill(frame, done, JitterBuffer.FRAME, law.silence());
    }

    /** Adds the next samples to {@code sum}. */
    void addTo(int[] sum, int count) {
        short[] samples = sound.samples();
        int done = 0;
        while (done < count && !over()) {
            int part = Math.min(count - done, samples.length - at);
            for (int i = 0; i < part; i++) {
                sum[done + i] += samples[at + i];
            }
            done += part;
            advance(part);
        }
    }

    private void advance(int count) {
        at += count;
        if (at == sound.length()) {
            at = 0;
            left--;
        }
    }
}

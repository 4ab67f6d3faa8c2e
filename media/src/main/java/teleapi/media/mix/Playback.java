package teleapi.media.mix;

import java.util.Arrays;
import teleapi.media.Sound;
import teleapi.media.codec.G711;
import teleapi.media.rtp.JitterBuffer;
import teleapi.media.rtp.Outgoing;

/** A sound on its way to one peer, in frames that are coded already. */
final class Playback {
    // Owned by the thread of the media loop.

    private final Outgoing.Source source = new Outgoing.Source();

    private final long number;
    private final Sound sound;
    private final boolean endless;
    private int left;
    private int at;

    /** {@code loops} 0: until stopped. */
    Playback(long number, Sound sound, int loops) {
        this.number = number;
        this.sound = sound;
        this.endless = loops == 0;
        this.left = loops;
    }

    long number() {
        return number;
    }

    /** Sends the next 20 ms; false when all has been played. */
    boolean beat(Wire wire, byte[] frame, long now) {
        if (sound.length() == 0 || (!endless && left == 0)) {
            return false;
        }
        G711 law = wire.law();
        byte[] octets = sound.encoded(law);
        if (at + JitterBuffer.FRAME <= octets.length) {
            wire.frame(source, octets, at, now);
            advance(JitterBuffer.FRAME);
        } else {
            fill(octets, frame, law.silence());
            wire.frame(source, frame, 0, now);
        }
        return true;
    }

    /** Over the end: on with the next time round, or silence. */
    private void fill(byte[] octets, byte[] frame, byte silence) {
        int done = 0;
        while (done < JitterBuffer.FRAME) {
            if (!endless && left == 0) {
                Arrays.fill(frame, done, JitterBuffer.FRAME, silence);
                return;
            }
            int count = Math.min(JitterBuffer.FRAME - done, octets.length - at);
            System.arraycopy(octets, at, frame, done, count);
            done += count;
            advance(count);
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

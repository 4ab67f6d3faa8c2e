package teleapi.media.mix;

import teleapi.media.codec.SoundEncoder;
import teleapi.media.codec.Wideband;
import teleapi.media.rtp.JitterBuffer;
import teleapi.media.sound.Doubler;
import teleapi.media.sound.Halver;

/** Codes what one peer hears that hears 16 kHz, frame by frame. */
final class Coder {
    // Owned by the thread of the media loop.

    private static final int NARROW = JitterBuffer.FRAME;

    private final Wideband codec;
    private final SoundEncoder encoder;
    private final Doubler doubler = new Doubler(NARROW);
    private final Halver halver = new Halver(2 * NARROW);
    private final short[] wide = new short[2 * NARROW];
    private final short[] narrow = new short[NARROW];

    Coder(Wideband codec) {
        this.codec = codec;
        encoder = codec.encoder();
    }

    Wideband codec() {
        return codec;
    }

    /**
     * The peer has heard this of another encoder: remembers what that one remembers. What is coded is heard later by the codec's delay; of what the
     * other has coded and was not heard yet, nothing is known but where it begins.
     */
    void goOnAfter(short[] sound, int since, int count) {
        short[] frame = new short[2 * NARROW];
        byte[] unheard = new byte[SoundEncoder.LARGEST];
        for (int from = since + (count - since) % frame.length; from < count; from += frame.length) {
            for (int i = 0; i < frame.length; i++) {
                frame[i] = sound[Math.min(from + i + codec.delay(), count - 1)];
            }
            encode(frame, unheard);
        }
    }

    /** Answers how many octets there are. */
    int encode(short[] frame, byte[] octets) {
        return encoder.encode(frame, 0, octets, 0);
    }

    /** A frame of 8 kHz at 16. */
    short[] widened(short[] samples) {
        doubler.next(samples, 0, NARROW, wide, 0);
        return wide;
    }

    /** A frame at 8 kHz. */
    short[] narrowed(short[] frame) {
        halver.next(frame, 0, 2 * NARROW, narrow, 0);
        return narrow;
    }

    void close() {
        encoder.close();
    }
}

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

    private final SoundEncoder encoder;
    private final Doubler doubler = new Doubler(NARROW);
    private final Halver halver = new Halver(2 * NARROW);
    private final short[] wide = new short[2 * NARROW];
    private final short[] narrow = new short[NARROW];

    Coder(Wideband codec) {
        encoder = codec.encoder();
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

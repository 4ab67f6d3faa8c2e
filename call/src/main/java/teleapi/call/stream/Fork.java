package teleapi.call.stream;

import java.time.Duration;
import java.util.function.Consumer;
import teleapi.media.SoundBlock;
import teleapi.media.SoundSink;
import teleapi.media.codec.G711;
import teleapi.runtime.FrameRing;

/**
 * The sound of a party on its way from the media loop to the thread of a stream.
 *
 * <pre>
 * Shape   two seconds of frames; who is later loses the oldest
 * Thread  the sink: the media loop's. read: the stream's
 * </pre>
 */
final class Fork implements SoundSink {
    static final int FRAME = 160;

    /** A bot that is later than that no longer talks with anybody. */
    private static final int FRAMES = 100;

    private final FrameRing ring;
    private final short[] read;

    Fork(int tracks) {
        ring = new FrameRing(FRAMES, FRAME * tracks);
        read = new short[FRAME * tracks];
    }

    @Override
    public boolean take(SoundBlock block) {
        ring.write(block.samples());
        block.release();
        return true;
    }

    /** Whatever has been taken can still be read. */
    @Override
    public void end(boolean whole, Duration length, Consumer<Boolean> complete) {
        complete.accept(whole);
    }

    /** The number of the next frame, which is then here; -1 when there is none. */
    long read() {
        return ring.read(read);
    }

    /** Its samples of one track. */
    void encode(int track, byte[] ulaw) {
        int tracks = read.length / FRAME;
        for (int i = 0; i < FRAME; i++) {
            ulaw[i] = G711.PCMU.encode(read[i * tracks + track]);
        }
    }
}

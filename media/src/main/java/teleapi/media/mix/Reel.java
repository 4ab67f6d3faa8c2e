package teleapi.media.mix;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import teleapi.media.SoundBlock;
import teleapi.media.SoundSink;
import teleapi.media.rtp.JitterBuffer;

/**
 * The sound of one recording on its way to its sink, and what of it is kept.
 *
 * <pre>
 * Shape   blocks of a second; {@link #BLOCKS} go round, and when none has come back from the sink in time, the sink is behind. Of a fork one
 *         block of a frame
 * Units   frames of 20 ms, samples at 8 kHz
 * Errors  a sink that is behind or full ends the recording as failed
 * </pre>
 */
final class Reel {
    // Owned by the thread of the media loop; `returned` is posted there.

    static final long FRAME_NANOS = 20_000_000;

    /** A sink may be this many seconds behind, less one. */
    private static final int BLOCKS = 4;

    private static final int FRAME = JitterBuffer.FRAME;
    private static final int FRAMES_IN_BLOCK = 50;

    /** So many frames are kept around what is said: soft beginnings and endings are below the level that counts. */
    private static final int MARGIN = 10;

    private final SoundSink sink;
    private final int channels;
    private final boolean trimmed;
    private final Deque<SoundBlock> free = new ArrayDeque<>(BLOCKS);
    private @Nullable SoundBlock block;
    private long written;
    private boolean failed;
    /** Of one that is trimmed: whether anything has been said, and how long it was when it was said last. */
    private boolean spoken;

    private long spokenUntil;

    /** @param trimmed whether the silence before and after what is said is left out, but for a moment */
    Reel(SoundSink sink, int channels, boolean trimmed, Consumer<MediaMessage> post) {
        this.sink = sink;
        this.channels = channels;
        this.trimmed = trimmed;
        for (int i = 0; i < BLOCKS; i++) {
            free.add(new SoundBlock(
                    FRAMES_IN_BLOCK * FRAME * channels,
                    returned -> post.accept(new MediaMessage.BlockReturned(this, returned))));
        }
    }

    /** Of a fork: one block of a frame, which comes back before it has been taken. */
    Reel(SoundSink sink, int channels) {
        this.sink = sink;
        this.channels = channels;
        this.trimmed = false;
        free.add(new SoundBlock(FRAME * channels, this::returned));
    }

    /** Which frame it is, {@code nanos} after the beginning: rounded, so that beats which come a little early or late are still one each. */
    static long frameAt(long nanos) {
        return (nanos + FRAME_NANOS / 2) / FRAME_NANOS;
    }

    SoundSink sink() {
        return sink;
    }

    boolean failed() {
        return failed;
    }

    /** In frames. */
    long written() {
        return written;
    }

    /** Of what is to be kept. */
    Duration length() {
        return Duration.ofNanos((trimmed ? Math.min(written, spokenUntil) : written) * FRAME_NANOS);
    }

    void returned(SoundBlock back) {
        back.clear();
        free.add(back);
    }

    /** Where the samples of the next frame go; null: the sink is behind. */
    @Nullable
    SoundBlock next() {
        SoundBlock into = block == null ? free.poll() : block;
        block = into;
        failed |= into == null;
        return into;
    }

    /** The frame is in the block that was {@link #next}. */
    void frameDone() {
        written++;
        if (block != null && block.full()) {
            handOver();
        }
    }

    /** Whether somebody speaks in the frame that was written last. */
    void heard(boolean speaks) {
        if (speaks) {
            spoken = true;
            spokenUntil = written + MARGIN;
        } else if (trimmed && !spoken && block != null && written > MARGIN) {
            block.forget(FRAME * channels);
            written--;
        }
    }

    /** What there is goes to the sink now. */
    void handOver() {
        if (block != null && !sink.take(block)) {
            failed = true;
        }
        block = null;
    }
}

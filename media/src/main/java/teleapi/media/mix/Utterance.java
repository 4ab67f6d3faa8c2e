package teleapi.media.mix;

import java.time.Duration;
import teleapi.media.SoundBlock;
import teleapi.media.SoundSink;
import teleapi.media.SpeechLimits;
import teleapi.media.rtp.JitterBuffer;

/**
 * Something that one party says: it begins when it is loud, and is over when it has been soft for long enough, or is long enough itself.
 *
 * <p>A little from before the beginning belongs to it, and a little of the silence at its end: words begin and end below the level that counts.
 *
 * <pre>
 * Shape   blocks of a fifth of a second, always the same one: the sink gives it back before it has taken it
 * Units   frames of 20 ms, samples at 8 kHz
 * Errors  a sink that takes no more ends it as not whole
 * </pre>
 */
final class Utterance {
    // Owned by the thread of the media loop.

    private static final int FRAME = JitterBuffer.FRAME;
    private static final int FRAMES_IN_BLOCK = 10;
    private static final long FRAME_NANOS = 20_000_000;
    /** Frames kept around it. */
    private static final int MARGIN = 15;
    /** After a pause of the loop. */
    private static final int MOST_AT_ONCE = 10;

    private final long number;
    private final SoundSink sink;
    private final long mostSilence;
    private final long mostFrames;
    private final long startedAt;
    private final JitterBuffer said = new JitterBuffer();
    private final SpeechLevel level;
    private final short[] frame = new short[FRAME];
    /** The last frames before it begins; the oldest is overwritten first. */
    private final short[] before = new short[MARGIN * FRAME];

    private final SoundBlock block = new SoundBlock(FRAMES_IN_BLOCK * FRAME, returned -> {});
    private long next;
    private boolean begun;
    private boolean failed;
    private long written;
    private long spokenUntil;
    private long silence;

    /** {@code begins} is run when it begins. */
    Utterance(long number, SoundSink sink, SpeechLimits limits, long now, Runnable begins) {
        this.number = number;
        this.sink = sink;
        this.mostSilence = limits.pause().toNanos() / FRAME_NANOS;
        this.mostFrames = limits.longest().toNanos() / FRAME_NANOS;
        this.startedAt = now;
        this.level = new SpeechLevel(speaks -> {
            if (speaks && !begun) {
                begin();
                begins.run();
            }
        });
    }

    long number() {
        return number;
    }

    void says(Voice voice) {
        voice.putNarrowInto(said);
    }

    void sourceBeganAnew() {
        said.reset();
    }

    /** Takes the frames whose time has come; false when it is over. */
    boolean beat(long now) {
        long due = Math.min((now - startedAt + FRAME_NANOS / 2) / FRAME_NANOS, next + MOST_AT_ONCE);
        while (next < due && goesOn()) {
            next++;
            boolean sound = said.take(frame);
            hear(sound, said.says());
        }
        return goesOn();
    }

    private boolean goesOn() {
        return !failed && silence < mostSilence && written < mostFrames;
    }

    private void hear(boolean sound, boolean says) {
        if (!sound) {
            java.util.Arrays.fill(frame, (short) 0);
        }
        if (begun) {
            boolean quiet = SpeechLevel.quiet(frame);
            silence = quiet ? silence + 1 : 0;
            write(frame, 0);
            spokenUntil = quiet ? spokenUntil : written;
            return;
        }
        System.arraycopy(frame, 0, before, (int) (next % MARGIN) * FRAME, FRAME);
        level.hear(frame, JitterBuffer.FRAME, says);
    }

    private void begin() {
        begun = true;
        for (int i = 1; i <= MARGIN; i++) {
            write(before, (int) ((next + i) % MARGIN) * FRAME);
        }
        spokenUntil = written;
    }

    private void write(short[] from, int at) {
        for (int i = 0; i < FRAME; i++) {
            block.add(from[at + i]);
        }
        written++;
        if (block.full()) {
            handOver();
        }
    }

    private void handOver() {
        if (block.length() > 0 && !failed && !sink.take(block)) {
            failed = true;
        }
        block.clear();
    }

    /** Nothing more is heard of it. Nothing at all was said when its length is zero. */
    void end() {
        handOver();
        sink.end(
                !failed,
                Duration.ofNanos(Math.min(written, spokenUntil + (begun ? MARGIN : 0)) * FRAME_NANOS),
                complete -> {});
    }
}

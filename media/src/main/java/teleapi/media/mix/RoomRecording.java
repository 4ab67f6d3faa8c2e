package teleapi.media.mix;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import teleapi.media.SoundSink;
import teleapi.media.rtp.JitterBuffer;

/**
 * The mix of a room, kept: what all its members say to all, and what is announced.
 *
 * <p>A frame is written when its time is over, so that whoever was muted or left meanwhile is not in it. The loop's clock says how many frames
 * there are: those that the loop left out, because it was stopped for too long, are silence.
 *
 * <pre>
 * Units   frames of 20 ms, samples at 8 kHz
 * Errors  those of its {@link Reel}
 * Source  ADR-0019
 * </pre>
 */
final class RoomRecording {
    // Owned by the thread of the media loop.

    private static final int FRAME = JitterBuffer.FRAME;

    /** Beats that are late by up to five frames are made up for by the schedule. */
    private static final int LATE = 6;

    /** The rest follows in the next beats, so that the sink gets its blocks back meanwhile. */
    private static final int MOST_AT_ONCE = 10;

    private enum Mode {
        RUNNING,
        SILENT,
        LEFT_OUT
    }

    private final Reel reel;
    private final boolean trimmed;
    private final long startedAt;
    private final short[] frame = new short[FRAME];
    private Mode mode = Mode.RUNNING;
    private long next;

    RoomRecording(SoundSink sink, boolean trimmed, long now, Consumer<MediaMessage> post) {
        this.reel = new Reel(sink, 1, trimmed, post);
        this.trimmed = trimmed;
        this.startedAt = now;
    }

    void pause(boolean silence) {
        mode = silence ? Mode.SILENT : Mode.LEFT_OUT;
        reel.handOver();
    }

    void resume() {
        mode = Mode.RUNNING;
    }

    /** Writes the frame that is over, in which somebody {@code says} something or not; false when it can go on no longer. */
    boolean beat(int[] sum, boolean says, long now) {
        for (int i = 0; i < MOST_AT_ONCE && frameAt(now) - next > LATE; i++) {
            silence();
        }
        mixed(sum, says);
        return !reel.failed();
    }

    /** {@code sum} is what is heard now. */
    void finish(int[] sum, boolean says, long now) {
        long end = frameAt(now);
        if (next < end) {
            mixed(sum, says);
        }
        while (next < end && !reel.failed()) {
            silence();
        }
        reel.handOver();
        Duration length = reel.length();
        reel.sink().end(!reel.failed(), length, complete -> {});
    }

    private long frameAt(long now) {
        return Reel.frameAt(now - startedAt);
    }

    private void mixed(int[] sum, boolean says) {
        if (mode == Mode.RUNNING) {
            for (int i = 0; i < FRAME; i++) {
                frame[i] = Mixer.clip(sum[i]);
            }
            write(trimmed && says && !SpeechLevel.quiet(frame));
        } else {
            silence();
        }
    }

    private void silence() {
        Arrays.fill(frame, (short) 0);
        write(false);
    }

    private void write(boolean speaks) {
        next++;
        if (mode == Mode.LEFT_OUT) {
            return;
        }
        var into = reel.next();
        if (into != null) {
            for (int i = 0; i < FRAME; i++) {
                into.add(frame[i]);
            }
            reel.frameDone();
            reel.heard(speaks);
        }
    }
}

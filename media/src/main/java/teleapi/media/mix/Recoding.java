package teleapi.media.mix;

import org.jspecify.annotations.Nullable;
import teleapi.media.rtp.Outgoing;

/**
 * Sound of others that is coded anew, in frames of 20 ms: whose it is, when it came, and whether it is silence.
 *
 * <pre>
 * Thread  the media loop's
 * </pre>
 */
final class Recoding {
    // Owned by the thread of the media loop.

    private final Reframer.Frames frames;
    private @Nullable Reframer reframer;
    private Outgoing.Source source = new Outgoing.Source();
    private long at;
    private boolean silent;

    Recoding(Reframer.Frames frames) {
        this.frames = frames;
    }

    /** {@code length} samples, {@code scale} of them in 1/8000 s, that begin at {@code time}; hands on the frames that are full. */
    void take(Outgoing.Source from, boolean silence, short[] samples, int length, int scale, int time, long now) {
        Reframer known = reframer == null ? new Reframer(scale) : reframer;
        reframer = known;
        if (source != from) {
            known.clear();
        }
        if (silence) {
            known.hush();
        }
        source = from;
        at = now;
        silent = silence;
        known.next(samples, length, time, frames);
    }

    Outgoing.Source source() {
        return source;
    }

    long at() {
        return at;
    }

    boolean silent() {
        return silent;
    }

    /** What waits for its frame is not sent. */
    void clear() {
        if (reframer != null) {
            reframer.clear();
        }
    }

    /** Another rate comes next. */
    void forget() {
        reframer = null;
    }
}

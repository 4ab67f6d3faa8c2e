package teleapi.media.mix;

import org.jspecify.annotations.Nullable;
import teleapi.media.rtp.JitterBuffer;

/**
 * Keeps what a party says between a bridge or room that it has left and the room that it enters a moment later, so that nothing is missing.
 *
 * <p>Out of a bridge its sound was heard already: it goes on at once, and is delayed when that turns out to be needed. Out of a room it brings
 * what was not heard there.
 *
 * <pre>
 * Thread  the media loop's
 * Source  ADR-0011 last point, ADR-0015
 * </pre>
 */
final class Passage {
    // Owned by the thread of the media loop.

    /** From one to the next a call takes no longer, if it waits for nobody. */
    private static final long MOMENT_NANOS = 100_000_000;

    private static final long NEVER = Long.MIN_VALUE / 2;

    private long leftAt = NEVER;
    private @Nullable JitterBuffer kept;

    void leaveBridge(long now) {
        leftAt = now;
        kept = null;
    }

    void leaveRoom(JitterBuffer jitter, long now) {
        leftAt = now;
        kept = jitter;
    }

    /** It is nowhere and says this. */
    void hear(Voice voice, long now) {
        if (now - leftAt > MOMENT_NANOS) {
            close();
        } else {
            JitterBuffer buffer = kept == null ? new JitterBuffer(0) : kept;
            kept = buffer;
            voice.putInto(buffer);
        }
    }

    /** What it said before is not brought along. */
    void forget() {
        if (kept != null) {
            kept.forget();
        }
    }

    /** What it enters a room with. */
    JitterBuffer enter(long now) {
        JitterBuffer buffer;
        if (now - leftAt > MOMENT_NANOS) {
            buffer = new JitterBuffer();
        } else {
            buffer = kept == null ? new JitterBuffer(0) : kept;
        }
        close();
        return buffer;
    }

    void close() {
        kept = null;
        leftAt = NEVER;
    }
}

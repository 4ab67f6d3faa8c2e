package teleapi.media.mix;

import java.util.function.Consumer;
import teleapi.media.MediaEvent;
import teleapi.media.MediaSession;

/**
 * Whether anything comes of a peer that should be heard.
 *
 * <p>Sound is a sign of life, and so is a report: one who suppresses silence sends no sound for as long as he listens. Who is on hold, or said that
 * he sends nothing, is not expected.
 *
 * <pre>
 * Thread  the media loop's
 * Source  reference: reliability section 3, half-open call and RTP timeout
 * </pre>
 */
final class Presence {
    // Owned by the thread of the media loop.

    private final Wire wire;
    private final Consumer<MediaEvent> told;
    private boolean expected;
    private long since;
    private boolean lost;
    private boolean gone;

    Presence(Wire wire, Consumer<MediaEvent> told) {
        this.wire = wire;
        this.told = told;
    }

    void expect(long now) {
        if (!expected) {
            expected = true;
            since = now;
        }
    }

    /** {@code longest} zero: nobody wants to know. */
    void look(long now, long longest) {
        if (!expected || longest == 0) {
            return;
        }
        if (!wire.agreed() || wire.held()) {
            since = now;
        }
        long silence = now - Math.max(since, wire.livedAt());
        boolean missed = silence >= MediaSession.LOST_AFTER.toNanos();
        if (missed != lost) {
            lost = missed;
            told.accept(lost ? new MediaEvent.StreamLost() : new MediaEvent.StreamResumed());
        }
        if (!gone && silence >= longest) {
            gone = true;
            told.accept(new MediaEvent.StreamGone());
        }
    }
}

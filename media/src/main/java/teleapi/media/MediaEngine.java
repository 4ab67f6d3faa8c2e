package teleapi.media;

import java.util.Optional;
import teleapi.runtime.World;

/**
 * The media loops and the RTP ports they share out.
 *
 * <pre>
 * Thread  any
 * Source  ADR-0005; reference: ARCHITECTURE "Who owns what"
 * </pre>
 */
public final class MediaEngine {
    private MediaEngine() {}

    public static MediaEngine start(World world, MediaSettings settings) {
        throw new UnsupportedOperationException();
    }

    /**
     * Opens a session on a free RTP port.
     *
     * @param affinity what may ever be joined has the same affinity (the account): it decides the media loop
     * @return empty when no port is left
     */
    public Optional<MediaSession> open(String affinity, MediaListener listener) {
        throw new UnsupportedOperationException();
    }

    /** A mixing room on the loop of {@code affinity}; costs nothing while it is empty. */
    public Room openRoom(String affinity) {
        throw new UnsupportedOperationException();
    }

    public MediaCounters counters() {
        throw new UnsupportedOperationException();
    }

    /** Ends loops and sockets. */
    public void close() {
        throw new UnsupportedOperationException();
    }
}

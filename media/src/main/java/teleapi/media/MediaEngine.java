package teleapi.media;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import teleapi.media.mix.MediaLoop;
import teleapi.media.mix.PortRange;
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
    private final List<MediaLoop> loops;
    private final PortRange ports;

    private MediaEngine(List<MediaLoop> loops, PortRange ports) {
        this.loops = loops;
        this.ports = ports;
    }

    public static MediaEngine start(World world, MediaSettings settings) {
        PortRange ports = new PortRange(world, settings);
        return new MediaEngine(
                IntStream.range(0, Math.max(1, settings.loops()))
                        .mapToObj(i -> MediaLoop.start(world, "media-" + i, settings, ports))
                        .toList(),
                ports);
    }

    /**
     * Opens a session on a free RTP port.
     *
     * @param affinity what may ever be joined has the same affinity (the account): it decides the media loop
     * @return empty when no port is left
     */
    public Optional<MediaSession> open(String affinity, MediaListener listener) {
        return ports.dry(counters().portsUsed())
                ? Optional.empty()
                : loop(affinity).open(listener);
    }

    /** A mixing room on the loop of {@code affinity}; costs nothing while it is empty. */
    public Room openRoom(String affinity) {
        return loop(affinity).openRoom();
    }

    private MediaLoop loop(String affinity) {
        return loops.get(Math.floorMod(affinity.hashCode(), loops.size()));
    }

    public MediaCounters counters() {
        MediaCounters sum = new MediaCounters(0, 0, 0, 0, 0, 0, 0, 0, 0);
        for (MediaLoop loop : loops) {
            sum = sum.plus(loop.counters());
        }
        return sum;
    }

    /** Ends loops and sockets. */
    public void close() {
        loops.forEach(MediaLoop::close);
    }
}

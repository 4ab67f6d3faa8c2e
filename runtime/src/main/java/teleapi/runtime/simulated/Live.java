package teleapi.runtime.simulated;

import java.util.List;
import java.util.stream.Stream;

/**
 * What is alive in a simulated world, by name; after the last call has ended and everything is closed, nothing.
 *
 * @param scripts threads from {@code World.start} that have not ended
 * @param loops loops made and not ended
 * @param ports bound and not closed
 * @param listeners bound and not closed
 * @param streams each end that is not closed
 * @param timers set and not yet run
 */
public record Live(
        List<String> scripts,
        List<String> loops,
        List<String> ports,
        List<String> listeners,
        List<String> streams,
        List<String> timers) {
    public boolean nothing() {
        return Stream.of(scripts, loops, ports, listeners, streams, timers).allMatch(List::isEmpty);
    }
}

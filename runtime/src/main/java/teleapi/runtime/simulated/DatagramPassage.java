package teleapi.runtime.simulated;

/**
 * What became of a datagram. A lost one is told when it would have arrived; a duplicated one is told twice.
 *
 * @param sent virtual nanoseconds
 * @param arrived virtual nanoseconds; the present when it is told
 */
public record DatagramPassage(long sent, long arrived, Datagram datagram, Fate fate) {
    /** How a datagram ends. */
    public enum Fate {
        DELIVERED,
        /** Delivered, and has been delivered before. */
        DUPLICATE,
        /** Lost on the way. */
        LOST,
        /** Nobody was bound to the address. */
        UNREACHABLE,
        /** The receiver had too much waiting already. */
        OVERFLOWED
    }
}

package teleapi.runtime.simulated;

import java.time.Duration;

/**
 * What the network does to what is sent.
 *
 * <p>Datagrams from one address to another keep their order unless one is reordered, that is, held back for up to another {@code most} while
 * later ones pass.
 *
 * <pre>
 * Units  probabilities from 0 to 1, each drawn per datagram
 * </pre>
 *
 * @param least the shortest way of a datagram
 * @param most the longest way of a datagram that is not reordered
 * @param loss how probably a datagram is lost
 * @param duplication how probably it arrives twice
 * @param reordering how probably later ones pass it
 * @param stream how long the bytes of a stream are under way; streams neither lose nor reorder
 * @param splitting how probably a read from a stream gets only a part of what has arrived
 */
public record Weather(
        Duration least,
        Duration most,
        double loss,
        double duplication,
        double reordering,
        Duration stream,
        double splitting) {
    /** Everything arrives after a millisecond. */
    public static final Weather FAIR =
            new Weather(Duration.ofMillis(1), Duration.ofMillis(1), 0, 0, 0, Duration.ofMillis(1), 0);

    /** No datagram arrives. */
    public static final Weather LOST = FAIR.withLoss(1);

    public Weather {
        if (least.isNegative() || most.compareTo(least) < 0 || stream.isNegative()) {
            throw new IllegalArgumentException("latency from " + least + " to " + most + ", stream " + stream);
        }
        for (double probability : new double[] {loss, duplication, reordering, splitting}) {
            if (!(probability >= 0 && probability <= 1)) {
                throw new IllegalArgumentException("probability " + probability);
            }
        }
    }

    public Weather withLatency(Duration shortest, Duration longest) {
        return new Weather(shortest, longest, loss, duplication, reordering, stream, splitting);
    }

    public Weather withLoss(double probability) {
        return new Weather(least, most, probability, duplication, reordering, stream, splitting);
    }

    public Weather withDuplication(double probability) {
        return new Weather(least, most, loss, probability, reordering, stream, splitting);
    }

    public Weather withReordering(double probability) {
        return new Weather(least, most, loss, duplication, probability, stream, splitting);
    }

    public Weather withSplitting(double probability) {
        return new Weather(least, most, loss, duplication, reordering, stream, probability);
    }
}

package teleapi.media;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How well the sound of one peer went, both ways, from the beginning of its session to now.
 *
 * <pre>
 * Units   milliseconds; loss from 0 to 1
 * Thread  immutable
 * Source  RFC 3550 §6.4.1, A.3, A.8; {@link Opinion}
 * </pre>
 *
 * @param codec of what we send; empty before anything is agreed on
 * @param sent packets, telephone-events included
 * @param received packets, those that came twice not counted again
 * @param lost packets that never came, as their numbers say
 * @param late packets that came after one that was sent later
 * @param duplicates packets that had come before
 * @param excess packets that were dropped, because more came than the stream's clock allows; not received and not lost
 * @param jitter how unevenly they came, the mean
 * @param mostJitter the same, the worst
 * @param roundTrip to the far end and back, the mean; empty when it has not reported on our sender reports
 * @param mostRoundTrip the same, the worst
 * @param farEnd what the far end reported of what it heard; empty when it never did
 */
public record Quality(
        String codec,
        long sent,
        long received,
        long lost,
        long late,
        long duplicates,
        long excess,
        double jitter,
        double mostJitter,
        OptionalDouble roundTrip,
        OptionalDouble mostRoundTrip,
        Optional<FarEnd> farEnd) {
    /** Of a session without sound. */
    public static final Quality NONE =
            new Quality("", 0, 0, 0, 0, 0, 0, 0, 0, OptionalDouble.empty(), OptionalDouble.empty(), Optional.empty());

    /** What the far end says of the sound it got from us. */
    public record FarEnd(double loss, double jitter, double mostJitter) {}

    public boolean none() {
        return sent == 0 && received == 0;
    }

    /** Of what was sent to us. */
    public double loss() {
        return received + lost == 0 ? 0 : (double) lost / (received + lost);
    }

    /** What listeners would say of what comes from the peer; empty when nothing came. */
    public OptionalDouble opinion() {
        return received == 0 ? OptionalDouble.empty() : OptionalDouble.of(Opinion.score(delay(jitter), loss()));
    }

    /** What the peer would say of what it gets. */
    public OptionalDouble farOpinion() {
        return farEnd.map(far -> OptionalDouble.of(Opinion.score(delay(far.jitter()), far.loss())))
                .orElse(OptionalDouble.empty());
    }

    /** One way: half of there and back, a packet, and a buffer for twice the jitter. */
    private double delay(double unevenness) {
        return roundTrip.orElse(0) / 2 + 20 + 2 * unevenness;
    }
}

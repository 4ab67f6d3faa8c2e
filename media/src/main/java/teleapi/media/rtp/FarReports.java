package teleapi.media.rtp;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * What a peer reports of our stream, and how long it takes to it and back.
 *
 * <p>A report counts only if it is of our own source, which nobody else can know, and its answer to a sender report only if we have sent that one
 * lately; what cannot be true is cut to what can.
 *
 * <pre>
 * Units   jitter in timestamp units, time in milliseconds
 * Thread  the media loop's
 * Source  RFC 3550 §6.4.1
 * </pre>
 */
public final class FarReports {
    // Owned by the thread of the media loop.

    /** Reports of ours that may still be answered: with one every 2.5 s at least, those of the last 10 s and more. */
    private static final int REMEMBERED = 4;

    /** A minute at 8 kHz. */
    private static final long MOST_JITTER = 480_000;

    private final int[] sent = new int[REMEMBERED];
    private final long[] sentAt = new long[REMEMBERED];
    private int next;

    private int reports;
    private double loss;
    private double jitterSum;
    private double mostJitter;
    private int roundTrips;
    private double roundTripSum;
    private double mostRoundTrip;

    /** A sender report of ours goes out. */
    public void sent(int ntpMiddle, long nanos) {
        sent[next] = ntpMiddle;
        sentAt[next] = nanos;
        next = (next + 1) % REMEMBERED;
    }

    /** A report of our stream came; {@code packets} of it have been sent. */
    public void came(ReportBlock block, long packets, long nanos) {
        reports++;
        long lost = Math.clamp(block.lost(), 0, Math.max(1, packets));
        loss = (double) lost / Math.max(1, packets);
        double jitter = Math.min(block.jitter() & 0xffff_ffffL, MOST_JITTER);
        jitterSum += jitter;
        mostJitter = Math.max(mostJitter, jitter);
        answered(block, nanos);
    }

    private void answered(ReportBlock block, long nanos) {
        if (block.lastSenderReport() == 0) {
            return;
        }
        for (int i = 0; i < REMEMBERED; i++) {
            if (sent[i] == block.lastSenderReport()) {
                double held = (block.delaySinceIt() & 0xffff_ffffL) * 1000.0 / 65_536;
                double took = (nanos - sentAt[i]) / 1e6 - held;
                // It rounds its time to 15 µs; what is shorter than nothing by more is not true.
                if (took > -1) {
                    roundTrips++;
                    roundTripSum += Math.max(0, took);
                    mostRoundTrip = Math.max(mostRoundTrip, took);
                }
                // Answered once: said again later, it would be longer by what passed between.
                Arrays.fill(sent, i, i + 1, 0);
                return;
            }
        }
    }

    public boolean any() {
        return reports > 0;
    }

    /** Of all packets, as the last report has it. */
    public double loss() {
        return loss;
    }

    public double meanJitter() {
        return reports == 0 ? 0 : jitterSum / reports;
    }

    public double mostJitter() {
        return mostJitter;
    }

    public OptionalDouble meanRoundTrip() {
        return roundTrips == 0 ? OptionalDouble.empty() : OptionalDouble.of(roundTripSum / roundTrips);
    }

    public OptionalDouble mostRoundTrip() {
        return roundTrips == 0 ? OptionalDouble.empty() : OptionalDouble.of(mostRoundTrip);
    }
}

package teleapi.server;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import teleapi.media.Quality;
import teleapi.runtime.Published;

/**
 * How many calls went how well: jitter, loss and opinion, of what came ({@code side="near"}) and, by their reports, of what the far ends got
 * ({@code side="far"}).
 *
 * <pre>
 * Thread  any, never waits
 * Source  ADR-0023
 * </pre>
 */
final class QualityHistograms implements MeterBinder {
    private static final double[] JITTER = {1, 2, 5, 10, 20, 30, 50, 100, 200};
    private static final double[] LOSS = {0.001, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5};
    private static final double[] OPINION = {2, 2.6, 3.1, 3.6, 4, 4.2, 4.3, 4.4};

    private record Side(DistributionSummary jitter, DistributionSummary loss, DistributionSummary opinion) {
        static Side of(MeterRegistry registry, String name) {
            return new Side(
                    summary(registry, "teleapi.call.jitter.milliseconds", name, JITTER),
                    summary(registry, "teleapi.call.loss.ratio", name, LOSS),
                    summary(registry, "teleapi.call.mos", name, OPINION));
        }

        private static DistributionSummary summary(
                MeterRegistry registry, String name, String side, double... buckets) {
            return DistributionSummary.builder(name)
                    .tag("side", side)
                    .serviceLevelObjectives(buckets)
                    .register(registry);
        }
    }

    /** Nobody calls before there are metrics. */
    private final Published<List<Side>> sides = new Published<>(sides(new SimpleMeterRegistry()));

    @Override
    public void bindTo(MeterRegistry registry) {
        sides.set(sides(registry));
    }

    private static List<Side> sides(MeterRegistry registry) {
        return List.of(Side.of(registry, "near"), Side.of(registry, "far"));
    }

    void count(Quality quality) {
        Side near = sides.get().getFirst();
        Side far = sides.get().getLast();
        quality.opinion().ifPresent(score -> {
            near.jitter().record(quality.jitter());
            near.loss().record(quality.loss());
            near.opinion().record(score);
        });
        quality.farEnd().ifPresent(report -> {
            far.jitter().record(report.jitter());
            far.loss().record(report.loss());
        });
        quality.farOpinion().ifPresent(far.opinion()::record);
    }
}

package teleapi.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Random interleavings of everything that can happen; a failure replays from its seed: -Dexplore.seed=N. */
class ExplorationTest {
    private static final int RUNS = Integer.getInteger("explore.runs", 3_000);
    private static final int DENSE_RUNS = Integer.getInteger("explore.dense", 100_000);
    private static final long FIRST = Long.getLong("explore.first", 1);

    private static final Set<String> OUTCOMES =
            Set.of("APPLIED", "FAILED", "SUPERSEDED", "CONFLICT", "PRECONDITION", "PLANNED", "ENDED");

    private record Run(long seed, List<String> violations, Map<String, Integer> seen) {}

    @Test
    void noInvariantIsViolatedInAnyOrderOfEvents() {
        // reference/reliability.md 5.1, I1 to I13.
        explore(Pace.USUAL, RUNS);
    }

    @Test
    void noInvariantIsViolatedWhenAllHappensAtOnce() {
        // reference/reliability.md 5.1, I1 to I13: next to nothing but races.
        explore(Pace.DENSE, DENSE_RUNS);
    }

    private static void explore(Pace pace, int lives) {
        Long only = Long.getLong("explore.seed");
        var seeds = only == null ? LongStream.range(FIRST, FIRST + lives) : LongStream.of(only);
        var seen = new TreeMap<String, Integer>();
        // More lives than cores: in each one thread runs at a time, and hands over to the next.
        List<Run> runs;
        try (var pool = new ForkJoinPool(4 * Runtime.getRuntime().availableProcessors())) {
            runs = pool.submit(() ->
                            seeds.parallel().mapToObj(seed -> run(seed, pace)).toList())
                    .join();
        }
        for (Run run : runs) {
            assertEquals(List.of(), run.violations(), "replay with -Dexplore.seed=" + run.seed());
            run.seen().forEach((what, count) -> seen.merge(what, count, Integer::sum));
        }
        System.out.println(runs.size() + " random lives at the " + pace.name() + " pace, in them " + seen);
        // An exploration that never got anywhere would find nothing: every outcome must have come to pass.
        assertTrue(
                only != null
                        || (seen.keySet().containsAll(OUTCOMES) && seen.keySet().containsAll(pace.ends())),
                seen::toString);
    }

    private static Run run(long seed, Pace pace) {
        try {
            var exploration = new Exploration(seed, pace);
            return new Run(seed, exploration.play(), exploration.seen());
        } catch (IOException | RuntimeException failure) {
            throw new IllegalStateException("replay with -Dexplore.seed=" + seed, failure);
        }
    }
}

package teleapi.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Random interleavings of everything that can happen; a failure replays from its seed: -Dexplore.seed=N. */
class ExplorationTest {
    private static final int RUNS = Integer.getInteger("explore.runs", 10_000);
    private static final long FIRST = Long.getLong("explore.first", 1);

    private record Run(long seed, List<String> violations, Map<String, Integer> seen) {}

    @Test
    void noInvariantIsViolatedInAnyOrderOfEvents() {
        // reference/reliability.md 5.1, I1 to I13.
        Long only = Long.getLong("explore.seed");
        var seeds = only == null ? LongStream.range(FIRST, FIRST + RUNS) : LongStream.of(only);
        var seen = new TreeMap<String, Integer>();
        List<Run> runs = seeds.parallel().mapToObj(ExplorationTest::run).toList();
        for (Run run : runs) {
            assertEquals(List.of(), run.violations(), "replay with -Dexplore.seed=" + run.seed());
            run.seen().forEach((what, count) -> seen.merge(what, count, Integer::sum));
        }
        System.out.println(runs.size() + " random lives, in them " + seen);
        // An exploration that never got anywhere would find nothing: every outcome must have come to pass.
        assertTrue(
                only != null
                        || seen.keySet()
                                .containsAll(Set.of(
                                        "APPLIED",
                                        "FAILED",
                                        "SUPERSEDED",
                                        "CONFLICT",
                                        "PRECONDITION",
                                        "PLANNED",
                                        "ENDED",
                                        "completed",
                                        "busy",
                                        "failed",
                                        "no-answer",
                                        "canceled")),
                seen::toString);
    }

    private static Run run(long seed) {
        try {
            var exploration = new Exploration(seed);
            return new Run(seed, exploration.play(), exploration.seen());
        } catch (IOException | RuntimeException failure) {
            throw new IllegalStateException("replay with -Dexplore.seed=" + seed, failure);
        }
    }
}

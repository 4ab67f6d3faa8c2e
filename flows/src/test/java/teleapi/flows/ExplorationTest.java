package teleapi.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Random interleavings of everything that can happen; a failure replays from its seed: -Dexplore.seed=N. */
class ExplorationTest {
    private static final int RUNS = Integer.getInteger("explore.runs", 10_000);
    private static final long FIRST = Long.getLong("explore.first", 1);

    @Test
    void noInvariantIsViolatedInAnyOrderOfEvents() throws Exception {
        // reference/reliability.md 5.1, I1 to I13.
        Long only = Long.getLong("explore.seed");
        for (long seed = only == null ? FIRST : only; seed < (only == null ? FIRST + RUNS : only + 1); seed++) {
            assertEquals(List.of(), new Exploration(seed).play(), "replay with -Dexplore.seed=" + seed);
        }
    }
}

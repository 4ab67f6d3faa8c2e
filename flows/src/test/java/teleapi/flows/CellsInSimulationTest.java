package teleapi.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import teleapi.flows.cells.Cell;

/** Each cell of the table in docs/api/live-call-modification.md, in simulated time, under seeds that switch threads at posts. */
class CellsInSimulationTest {
    private static final List<Long> SEEDS = List.of(1L, 2L, 3L, 4L);

    @TestFactory
    Stream<DynamicTest> cells() {
        // issue 3 "How it is shown", first point
        return Cell.all().stream().map(cell -> DynamicTest.dynamicTest(cell.toString(), () -> play(cell)));
    }

    private static void play(Cell cell) throws Exception {
        for (long seed : SEEDS) {
            try (var stage = new SimulatedStage(seed)) {
                cell.play(stage);
                assertEquals(List.of(), stage.leftovers(), "seed " + seed);
            } catch (AssertionError failure) {
                throw new AssertionError("seed " + seed + ": " + failure.getMessage(), failure);
            }
        }
    }
}

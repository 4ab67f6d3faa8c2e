package teleapi.flows.cells;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import teleapi.runtime.Deadline;
import teleapi.runtime.Mailbox;

/**
 * Each cell of the table in docs/api/live-call-modification.md over real SIP, RTP and HTTP, against one server: several at once, each on a lane
 * of its own. The gaps that were heard are written to target/cells-over-sockets.txt.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CellsOverSocketsTest {
    /** So many at once keep two cores busy, and each phone's 20 ms on time. */
    private static final int LANES = 8;

    private static final Duration ALL = Duration.ofMinutes(5);

    /** What came of a cell: the gaps, or why it failed. */
    private record Played(List<String> gaps, Optional<Throwable> failure, double seconds) {}

    private final RealHouse house;
    private final Queue<Cell> waiting = new ConcurrentLinkedQueue<>(Cell.all());
    private final Map<Cell, Mailbox<Played>> played = new java.util.HashMap<>();
    private final Map<String, Played> results = new TreeMap<>();

    CellsOverSocketsTest() throws Exception {
        house = new RealHouse(LANES);
    }

    @BeforeAll
    void begin() {
        Cell.all().forEach(cell -> played.put(cell, house.world.mailbox(cell.toString(), 1)));
        house.lanes().forEach(lane -> house.world.start("lane", () -> playAll(lane)));
    }

    private void playAll(RealStage lane) {
        for (Cell cell = waiting.poll(); cell != null; cell = waiting.poll()) {
            long begun = house.world.time().nanos();
            Optional<Throwable> failure = Optional.empty();
            List<String> gaps = List.of();
            try {
                gaps = lane.play(cell::play);
            } catch (AssertionError | RuntimeException broken) {
                failure = Optional.of(broken);
            }
            mailbox(cell).post(new Played(gaps, failure, (house.world.time().nanos() - begun) / 1e9));
        }
    }

    private Mailbox<Played> mailbox(Cell cell) {
        return Optional.ofNullable(played.get(cell)).orElseThrow();
    }

    @TestFactory
    Stream<DynamicTest> cells() {
        // issue 3 "How it is shown", first point
        Deadline deadline = house.world.time().after(ALL);
        return Stream.concat(
                Cell.all().stream()
                        .map(cell -> DynamicTest.dynamicTest(cell.toString(), () -> {
                            Played result = mailbox(cell).take(deadline).orElseThrow();
                            results.put(cell.toString(), result);
                            if (result.failure().isPresent()) {
                                throw result.failure().get();
                            }
                        })),
                Stream.of(DynamicTest.dynamicTest("nothing is left", this::nothingIsLeft)));
    }

    private void nothingIsLeft() {
        // CONTRACT section 1: the gauges are back at their idle value; section 4: one final callback per call
        RealStage any = house.lanes().getFirst();
        boolean idle = any.until(() -> house.busyGauges().isEmpty(), Duration.ofSeconds(20));
        assertTrue(idle, () -> house.busyGauges().toString());
        Map<String, Integer> repeated = house.finals();
        assertTrue(!repeated.isEmpty());
        repeated.values().removeIf(times -> times == 1);
        assertEquals(Map.of(), repeated, "calls whose last callback came more than once");
    }

    @AfterAll
    void end() throws Exception {
        house.close();
        var lines = new ArrayList<String>();
        results.forEach(
                (cell, result) -> lines.add("%-50s %5.2f s  %s".formatted(cell, result.seconds(), result.gaps())));
        Files.write(Path.of("target/cells-over-sockets.txt"), lines);
    }
}

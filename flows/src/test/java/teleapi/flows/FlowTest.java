package teleapi.flows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every .flow file, played in simulated time: once in the plainest order, and under seeds that switch threads at posts. */
class FlowTest {
    private static final List<Long> SEEDS = List.of(1L, 2L, 3L, 4L, 5L);

    @TestFactory
    Stream<DynamicTest> flows() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(""))) {
            return files
                    .filter(file -> file.toString().endsWith(".flow") && !file.startsWith("target"))
                    .sorted()
                    .toList()
                    .stream()
                    .map(file -> DynamicTest.dynamicTest(file.toString(), () -> {
                        FlowFile flow = FlowFile.read(file);
                        for (long seed : SEEDS) {
                            new FlowRun(file, flow, seed).play();
                        }
                    }));
        }
    }
}

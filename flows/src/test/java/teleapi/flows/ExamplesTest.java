package teleapi.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of docs/api/live-call-modification.md against the flows that they name. */
class ExamplesTest {
    private static final Path PAGE = Path.of("../docs/api/live-call-modification.md");
    private static final Pattern EXAMPLE = Pattern.compile("\\| ([^|]+) \\| ([^|]+) \\| `([a-z-]+/[a-z-]+)` \\|");
    private static final Pattern PARAMETER = Pattern.compile("[A-Z][A-Za-z]+=");
    private static final int AT_LEAST = 11;

    @Test
    void eachExampleIsAFlowThatAsksForTheSame() throws IOException {
        // issue 3, 12: worked examples, each run as a test so that it cannot rot
        List<MatchResult> examples =
                EXAMPLE.matcher(Files.readString(PAGE)).results().toList();
        assertTrue(examples.size() >= AT_LEAST, () -> examples.size() + " examples");
        for (MatchResult example : examples) {
            Path file = Path.of(example.group(3) + ".flow");
            assertTrue(Files.exists(file), () -> "no flow " + file);
            String flow = Files.readString(file);
            List<String> missing = PARAMETER
                    .matcher(example.group(2))
                    .results()
                    .map(MatchResult::group)
                    .filter(parameter -> !flow.contains(" " + parameter))
                    .toList();
            assertEquals(List.of(), missing, () -> example.group(1) + " is not what " + file + " plays");
        }
    }
}

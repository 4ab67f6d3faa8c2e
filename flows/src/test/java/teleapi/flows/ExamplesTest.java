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
import teleapi.flows.cells.Example;

/** The examples of docs/api/live-call-modification.md against the flows that they name. */
class ExamplesTest {
    private static final Pattern PARAMETER = Pattern.compile("[ '][A-Z][A-Za-z]+=");
    private static final int AT_LEAST = 11;

    @Test
    void eachExampleIsAFlowThatAsksForTheSame() throws IOException {
        // issue 3, 12: worked examples, each run as a test so that it cannot rot
        List<Example> examples = Example.all().stream()
                .filter(example -> !example.flow().isEmpty())
                .toList();
        assertTrue(examples.size() >= AT_LEAST, () -> examples.size() + " examples");
        for (Example example : examples) {
            Path file = Path.of(example.flow() + ".flow");
            assertTrue(Files.exists(file), () -> "no flow " + file);
            String flow = Files.readString(file);
            List<String> missing = PARAMETER
                    .matcher(String.join(" ", example.commands()))
                    .results()
                    .map(MatchResult::group)
                    .map(found -> found.substring(1))
                    .filter(parameter -> !flow.contains(" " + parameter))
                    .toList();
            assertEquals(List.of(), missing, () -> example.title() + " is not what " + file + " plays");
        }
    }
}

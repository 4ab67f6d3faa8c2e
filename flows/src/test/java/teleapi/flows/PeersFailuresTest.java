package teleapi.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/peers-failures.md against the tests it names. */
class PeersFailuresTest {
    private static final Path TOP = Path.of("..");
    private static final Path TABLE = TOP.resolve("docs/peers-failures.md");
    private static final Pattern FILE = Pattern.compile("`([^`]+\\.(?:flow|java))`");

    /** One failure: "Restcomm 144" or "row 12", and the files that are said to show that we have it not. */
    private record Row(String failure, List<String> files) {
        /** How a test says that this failure is its source. */
        Pattern named() {
            String number = "\\b" + failure.replaceAll("\\D", "") + "\\b";
            return Pattern.compile(
                    failure.startsWith("Restcomm")
                            ? "Restcomm[^;\\n]*#" + number
                            : "peers\\.md part 4 rows? [\\d, ]*" + number);
        }
    }

    @Test
    void eachFileOfTheTableExistsAndNamesItsSource() throws IOException {
        // issue 3 "How it is shown": a test for each of the peers' known failures, its source in the first line
        for (Row row : rows()) {
            assertFalse(row.files().isEmpty(), () -> "no test of " + row.failure());
            for (String file : row.files()) {
                assertTrue(Files.exists(TOP.resolve(file)), () -> row.failure() + ": " + file + " is not there");
                assertTrue(
                        row.named().matcher(sources(file)).find(),
                        () -> file + " does not name " + row.failure() + " as its source");
            }
        }
    }

    @Test
    void theTableHasEachKnownFailure() throws IOException {
        // issue 3 "How it is shown", last point: these issues of Restcomm, and peers.md part 4 rows 8-19, 21, 23-29, 36
        Stream<String> restcomm = IntStream.of(
                        144, 297, 314, 377, 420, 707, 834, 836, 1404, 1479, 1585, 1651, 1652, 1695, 1700, 2117, 2261,
                        2673)
                .mapToObj(number -> "Restcomm " + number);
        Stream<String> complaints = IntStream.rangeClosed(8, 36)
                .filter(row -> row <= 19 || row == 21 || (row >= 23 && row <= 29) || row == 36)
                .mapToObj(number -> "row " + number);
        assertEquals(
                Stream.concat(restcomm, complaints).toList(),
                rows().stream().map(Row::failure).toList());
    }

    private static List<Row> rows() throws IOException {
        return Files.readAllLines(TABLE).stream()
                .map(PeersFailuresTest::row)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Row> row(String line) {
        String[] cells = line.split("\\|", -1);
        if (cells.length < 5 || !cells[1].strip().matches("(Restcomm|row) \\d+")) {
            return Optional.empty();
        }
        var files =
                FILE.matcher(cells[3]).results().map(found -> found.group(1)).toList();
        return Optional.of(new Row(cells[1].strip(), files));
    }

    /** The lines of a file that say where its rule comes from: of a flow its source, of a test its comments. */
    private static String sources(String file) throws IOException {
        String start = file.endsWith(".flow") ? "source " : "//";
        return String.join(
                "\n",
                Files.readAllLines(TOP.resolve(file)).stream()
                        .map(String::strip)
                        .filter(line -> line.startsWith(start))
                        .toList());
    }
}

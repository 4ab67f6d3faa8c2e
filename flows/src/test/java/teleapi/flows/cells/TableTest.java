package teleapi.flows.cells;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/api/live-call-modification.md against the cells that are played. */
class TableTest {
    private static final Path PAGE = Path.of("../docs/api/live-call-modification.md");
    private static final Pattern REFUSAL = Pattern.compile("\\b4\\d\\d\\b");

    /** The rows of the table that begins with this column, its header first. */
    private static List<List<String>> table(String firstColumn) throws IOException {
        return Files.readAllLines(PAGE).stream()
                .dropWhile(line -> !line.startsWith("| " + firstColumn + " |"))
                .takeWhile(line -> line.startsWith("|"))
                .filter(line -> !line.startsWith("| ---"))
                .map(line -> Arrays.stream(
                                line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    private static List<Cell> cells(String row, String column) {
        return Cell.all().stream()
                .filter(cell -> cell.request().row().equals(row)
                        && cell.situation().state().column().equals(column))
                .toList();
    }

    @Test
    void eachCellOfTheTableIsPlayedAndAnsweredAsItSays() throws IOException {
        // issue 3 "How it is shown", first point: a test per cell of the table
        List<List<String>> table = table("request");
        List<String> columns = table.getFirst();
        for (List<String> row : table.subList(1, table.size())) {
            assertEquals(columns.size(), row.size(), row.toString());
            for (int i = 1; i < row.size(); i++) {
                String where = row.getFirst() + ", " + columns.get(i) + ": " + row.get(i);
                List<Cell> cells = cells(row.getFirst(), columns.get(i));
                assertTrue(!cells.isEmpty(), () -> "no test of " + where);
                assertEquals(
                        refusals(row.get(i)),
                        cells.stream()
                                .map(cell -> Integer.toString(cell.status()))
                                .filter(status -> status.startsWith("4"))
                                .collect(Collectors.toCollection(TreeSet::new)),
                        where);
                if (REFUSAL.matcher(row.get(i)).matches()) {
                    assertTrue(cells.stream().allMatch(cell -> cell.status() != 200), where);
                }
            }
        }
    }

    /** "both legs; 409 if none is connected" has one. */
    private static Set<String> refusals(String text) {
        return REFUSAL.matcher(text)
                .results()
                .map(found -> found.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theTableHasEachRequestAndEachState() throws IOException {
        // Otherwise a row could be taken out of the page unseen.
        List<List<String>> table = table("request");
        assertEquals(
                Arrays.stream(Request.values()).map(Request::row).distinct().toList(),
                table.stream().skip(1).map(List::getFirst).toList());
        assertEquals(
                Arrays.stream(State.values()).map(State::column).toList(),
                table.getFirst().subList(1, table.getFirst().size()));
    }

    @Test
    void theSecondTableHasWhateverRuns() throws IOException {
        // issue 3, 1: during each verb, from either leg's Sid
        assertEquals(
                Arrays.stream(Situation.values())
                        .filter(situation -> situation.state() == State.IN_PROGRESS)
                        .map(Situation::runs)
                        .distinct()
                        .toList(),
                table("what runs").stream().skip(1).map(List::getFirst).toList());
    }
}

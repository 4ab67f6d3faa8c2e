package teleapi.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * One statement for many rows, straight to the driver: Jdbi looks for each value anew how to bind it, which cost more than the database's own
 * work on the row.
 *
 * @param sql with a question mark for each parameter
 * @param columns their columns, in that order
 */
record RowBatch(String sql, List<String> columns) {
    /** As many as there are statements over tables in this package. */
    private static final ConcurrentHashMap<String, RowBatch> KNOWN = new ConcurrentHashMap<>();

    private static final Pattern PARAMETER = Pattern.compile(":(\\w+)");

    /**
     * Runs it in the transaction of {@code handle}.
     *
     * @param named with parameters as {@code :column}
     * @return the rows for which it changed nothing, or for all that the driver says
     */
    static List<Row> run(Handle handle, String named, List<Row> rows) {
        return rows.isEmpty()
                ? List.of()
                : KNOWN.computeIfAbsent(named, RowBatch::read).run(handle, rows);
    }

    private static RowBatch read(String named) {
        Matcher parameters = PARAMETER.matcher(named);
        List<String> columns = parameters.results().map(found -> found.group(1)).toList();
        return new RowBatch(parameters.replaceAll("?"), columns);
    }

    private List<Row> run(Handle handle, List<Row> rows) {
        try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
            for (Row row : rows) {
                for (int i = 0; i < columns.size(); i++) {
                    statement.setObject(i + 1, row.values().get(columns.get(i)));
                }
                statement.addBatch();
            }
            int[] changed = statement.executeBatch();
            List<Row> untouched = new ArrayList<>();
            for (int i = 0; i < changed.length; i++) {
                if (changed[i] == 0 || changed[i] == Statement.SUCCESS_NO_INFO) {
                    untouched.add(rows.get(i));
                }
            }
            return untouched;
        } catch (SQLException e) {
            var failed = new UnableToExecuteStatementException(sql);
            failed.initCause(e);
            throw failed;
        }
    }
}

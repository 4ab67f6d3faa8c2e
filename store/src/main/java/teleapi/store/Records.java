package teleapi.store;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import teleapi.call.records.Page;

/** The SQL that all tables of snapshots share. */
final class Records {
    private Records() {}

    /**
     * Updates what is older, inserts what is not there, and updates what another writer has inserted in between: each row ends as the newest
     * snapshot, whoever comes last. Of what is written once it inserts what is new.
     */
    static <R> void keep(Handle handle, RecordTable<R> table, List<R> records) {
        if (records.isEmpty()) {
            return;
        }
        List<Row> rows = records.stream().map(table::row).toList();
        String insert = rows.getFirst().insertInto(table.name()) + " ON CONFLICT DO NOTHING";
        if (table.once()) {
            RowBatch.run(handle, insert, rows);
            return;
        }
        String update = rows.getFirst().update(table.name()) + " AND revision < :revision AND " + table.open();
        List<Row> untouched = RowBatch.run(handle, update, rows);
        List<Row> refused = RowBatch.run(handle, insert, untouched);
        RowBatch.run(handle, update, refused);
    }

    static <R> Page<R> page(Handle handle, Table<R> table, Conditions conditions, String order, int page, int size) {
        String from = " FROM " + table.name() + conditions.where();
        Query count = handle.createQuery("SELECT count(*)" + from);
        long total = count.bindMap(conditions.values()).mapTo(Long.class).one();
        Query rows = handle.createQuery("SELECT *" + from + " ORDER BY " + order + " LIMIT :limit OFFSET :offset");
        List<R> items = rows.bindMap(conditions.values())
                .bind("limit", size)
                .bind("offset", (long) page * size)
                .map((row, context) -> table.read(new Columns(row)))
                .list();
        return new Page<>(items, page, size, total);
    }

    static <R> List<R> all(Handle handle, Table<R> table, Conditions conditions) {
        Query rows = handle.createQuery("SELECT * FROM " + table.name() + conditions.where() + " ORDER BY sid");
        return rows.bindMap(conditions.values())
                .map((row, context) -> table.read(new Columns(row)))
                .list();
    }
}

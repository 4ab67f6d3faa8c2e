package teleapi.store;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import teleapi.call.records.Page;

/** The SQL that all tables of snapshots share. */
final class Records {
    private Records() {}

    /**
     * Inserts what is new, then updates what is older: in this order two writers of the same row cannot both find it missing, and each row ends
     * as the newest snapshot, whoever comes last.
     */
    static <R> void keep(Handle handle, RecordTable<R> table, List<R> records) {
        if (records.isEmpty()) {
            return;
        }
        Row shape = table.row(records.getFirst());
        run(handle, shape.insertInto(table.name()) + " ON CONFLICT DO NOTHING", table, records);
        if (!table.once()) {
            run(handle, shape.update(table.name()) + " AND revision < :revision AND " + table.open(), table, records);
        }
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

    private static <R> void run(Handle handle, String sql, RecordTable<R> table, List<R> records) {
        try (PreparedBatch batch = handle.prepareBatch(sql)) {
            for (R record : records) {
                batch.bindMap(table.row(record).values()).add();
            }
            batch.execute();
        }
    }
}

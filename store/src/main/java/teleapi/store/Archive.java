package teleapi.store;

import java.util.List;
import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.records.Page;
import teleapi.call.records.RecordsUnavailable;

/**
 * The records of one kind: written soon by the {@link Writer}, read from the {@link Outbox} first and then from the table.
 *
 * <pre>
 * Thread  any; all but write wait for the database
 * Errors  RecordsUnavailable when it does not answer
 * Source  ADR-0007
 * </pre>
 *
 * @param what what one of them is called before its Sid
 */
record Archive<R>(String what, Outbox<R> outbox, Database database, Settling settling) {
    /** Sids are time-ordered, so they settle the order of equals and pages do not overlap. */
    static final String NEWEST_FIRST = "date_created DESC, sid DESC";

    void write(R record) {
        outbox.put(record);
    }

    /** It is kept when this returns. */
    void commit(R record) {
        RecordTable<R> table = outbox.table();
        database.ask(what + " " + table.sid(record) + " is not kept", jdbi -> {
            jdbi.useTransaction(handle -> Records.keep(handle, table, List.of(record)));
            return record;
        });
        outbox.forget(record);
    }

    /** One of this account. */
    Optional<R> find(Sid account, Sid sid) {
        RecordTable<R> table = outbox.table();
        // First what waits, then the table: a row leaves the outbox only after its commit, so it is in one of them.
        Optional<R> found = outbox.pending(sid);
        if (found.isEmpty()) {
            Conditions one = new Conditions().equal("sid", sid.text());
            found = database.ask(
                    what + " " + sid + " cannot be read",
                    jdbi -> jdbi.withHandle(
                            handle -> Records.all(handle, table, one).stream().findFirst()));
        }
        return found.filter(record -> table.account(record).equals(account));
    }

    /** Some of them, with what was written just before. */
    Page<R> list(String which, Conditions conditions, String order, int page, int size) {
        settling.await();
        return page(which, conditions, order, page, size);
    }

    /** Some of those in the table. */
    Page<R> page(String which, Conditions conditions, String order, int page, int size) {
        return database.ask(
                which + " cannot be read",
                jdbi -> jdbi.withHandle(handle -> Records.page(handle, outbox.table(), conditions, order, page, size)));
    }

    /**
     * Deletes one that has ended, or nothing.
     *
     * @param rows what goes together: tables, and the column that has its Sid there
     */
    void delete(Sid account, Sid sid, List<String> rows) {
        // What waits to be kept would bring it back.
        settling.await();
        String failed = what + " " + sid + " cannot be deleted";
        if (outbox.pending(sid).isPresent()) {
            throw new RecordsUnavailable(failed, new IllegalStateException("it is not kept yet"));
        }
        database.ask(failed, jdbi -> {
            jdbi.useTransaction(handle -> rows.forEach(
                    of -> handle.createUpdate("DELETE FROM " + of + " = :sid AND account_sid = :account AND ended")
                            .bind("sid", sid.text())
                            .bind("account", account.text())
                            .execute()));
            return rows;
        });
    }
}

package teleapi.store;

import java.util.List;
import org.jdbi.v3.core.Handle;
import teleapi.call.Sid;

/** A table of snapshots: which of two of the same thing is newer, and when one is the last. */
interface RecordTable<R> extends Table<R> {
    Sid sid(R record);

    Sid account(R record);

    long revision(R record);

    /** Nothing may overwrite it. */
    boolean ended(R record);

    /** The rows that may be overwritten, as a condition over the row and the parameters of the next one. */
    default String open() {
        return "NOT ended";
    }

    /** Written once: there is nothing to update. */
    default boolean once() {
        return false;
    }

    /** A transaction begins that keeps some; for the writer alone. */
    default void begin() {}

    /** Keeps some, in the order of writing, inside the transaction of {@code handle}; for the writer alone. */
    default void keep(Handle handle, List<R> records) {
        Records.keep(handle, this, records);
    }

    /** That transaction has been committed. */
    default void kept(List<R> records) {}

    /** What stays when {@code next} is written over {@code kept}. */
    default R newer(R kept, R next) {
        return ended(kept) || revision(next) <= revision(kept) ? kept : next;
    }
}

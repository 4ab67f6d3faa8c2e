package teleapi.store;

import teleapi.call.Sid;

/** A table of snapshots: which of two of the same thing is newer, and when one is the last. */
interface RecordTable<R> extends Table<R> {
    Sid sid(R record);

    Sid account(R record);

    long revision(R record);

    /** Nothing may overwrite it. */
    boolean ended(R record);

    /** Written once: there is nothing to update. */
    default boolean once() {
        return false;
    }

    /** What stays when {@code next} is written over {@code kept}. */
    default R newer(R kept, R next) {
        return ended(kept) || revision(next) <= revision(kept) ? kept : next;
    }
}

package teleapi.store;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import teleapi.call.Sid;
import teleapi.call.directory.Kept;
import teleapi.call.directory.Shelf;
import teleapi.call.records.RecordsUnavailable;

/**
 * A table and its image in memory, from which every look-up is answered.
 *
 * <pre>
 * Thread  changes on the clerk's; look-ups: any
 * Errors  the image changes only after the database has
 * </pre>
 */
final class StoredShelf<T> implements Shelf<T> {
    private final ShelfTable<T> table;
    private final Database database;
    private final Clerk clerk;
    private final Alongside<T> alongside;
    /** Sids are time-ordered: this order is oldest first. */
    private final ConcurrentSkipListMap<Sid, T> things = new ConcurrentSkipListMap<>();

    private final ConcurrentHashMap<String, T> byKey = new ConcurrentHashMap<>();

    /** What goes with a thing when it is removed. */
    interface Alongside<T> {
        /** Whether {@code account} may remove it. */
        boolean removable(T thing, Sid account);

        /** In the same transaction. */
        void inDatabase(Handle handle, T thing);

        /** After it. */
        void inMemory(T thing);

        static <T> Alongside<T> nothing() {
            return new Alongside<>() {
                @Override
                public boolean removable(T thing, Sid account) {
                    return true;
                }

                @Override
                public void inDatabase(Handle handle, T thing) {}

                @Override
                public void inMemory(T thing) {}
            };
        }
    }

    StoredShelf(ShelfTable<T> table, Database database, Clerk clerk, Alongside<T> alongside) {
        this.table = table;
        this.database = database;
        this.clerk = clerk;
        this.alongside = alongside;
    }

    void load() {
        database.ask(
                        table.name() + " cannot be read",
                        jdbi -> jdbi.withHandle(handle -> Records.all(handle, table, new Conditions())))
                .forEach(this::remember);
    }

    boolean empty() {
        return things.isEmpty();
    }

    Optional<T> get(Sid sid) {
        return Optional.ofNullable(things.get(sid));
    }

    Optional<T> byKey(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    @Override
    public Optional<T> find(Sid account, Sid sid) {
        return get(sid).filter(thing -> table.visible(thing, account));
    }

    @Override
    public List<T> list(Sid account) {
        return things.values().stream()
                .filter(thing -> table.visible(thing, account))
                .toList();
    }

    @Override
    public Kept<T> add(T thing) {
        return clerk.ask(() -> things.containsKey(table.sid(thing))
                ? new Kept.Conflict<>("Sid", table.sid(thing).text())
                : keep(thing, table.row(thing).insertInto(table.name())));
    }

    @Override
    public Kept<T> change(Sid account, Sid sid, UnaryOperator<T> change) {
        return clerk.ask(() -> {
            Optional<T> old = find(account, sid);
            if (old.isEmpty()) {
                return new Kept.Missing<>();
            }
            T changed = change.apply(old.get());
            Kept<T> kept = keep(changed, table.row(changed).update(table.name()));
            if (kept instanceof Kept.Done<T>) {
                table.key(old.get())
                        .filter(key -> !table.key(changed).equals(Optional.of(key)))
                        .ifPresent(byKey::remove);
            }
            return kept;
        });
    }

    @Override
    public boolean remove(Sid account, Sid sid) {
        return clerk.ask(() -> {
            Optional<T> there = find(account, sid).filter(thing -> alongside.removable(thing, account));
            there.ifPresent(thing -> {
                database.ask(sid + " is not removed", jdbi -> {
                    jdbi.useTransaction(handle -> {
                        alongside.inDatabase(handle, thing);
                        handle.createUpdate("DELETE FROM " + table.name() + " WHERE sid = :sid")
                                .bind("sid", sid.text())
                                .execute();
                    });
                    return thing;
                });
                forget(thing);
                alongside.inMemory(thing);
            });
            return there.isPresent();
        });
    }

    /** What an account had, when the account is gone. */
    void removeAll(Handle handle, Sid account) {
        handle.createUpdate("DELETE FROM " + table.name() + " WHERE account_sid = :account")
                .bind("account", account.text())
                .execute();
    }

    void forgetAll(Sid account) {
        list(account).forEach(this::forget);
    }

    private Kept<T> keep(T thing, String sql) {
        Optional<String> key = table.key(thing);
        Optional<T> holder = key.flatMap(this::byKey);
        if (holder.isPresent() && !table.sid(holder.get()).equals(table.sid(thing))) {
            return new Kept.Conflict<>(table.keyName(), key.orElse(""));
        }
        try {
            database.jdbi()
                    .useHandle(handle -> handle.createUpdate(sql)
                            .bindMap(table.row(thing).values())
                            .execute());
        } catch (JdbiException e) {
            // Another node with the same database was first.
            if (duplicate(e)) {
                return new Kept.Conflict<>(table.keyName(), key.orElse(""));
            }
            throw new RecordsUnavailable(table.sid(thing) + " is not kept: " + Database.reason(e), e);
        }
        remember(thing);
        return new Kept.Done<>(thing);
    }

    private void remember(T thing) {
        things.put(table.sid(thing), thing);
        table.key(thing).ifPresent(key -> byKey.put(key, thing));
    }

    private void forget(T thing) {
        things.remove(table.sid(thing));
        table.key(thing).ifPresent(byKey::remove);
    }

    /** SQLSTATE 23505: unique_violation. */
    private static boolean duplicate(JdbiException failed) {
        return failed.getCause() instanceof SQLException sql && "23505".equals(sql.getSQLState());
    }
}

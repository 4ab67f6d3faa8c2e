package teleapi.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import teleapi.call.records.RecordsUnavailable;
import teleapi.runtime.Mailbox;
import teleapi.runtime.World;

/**
 * Owned by its own thread: deletes what has been kept for long enough, and the oldest of what is too much.
 *
 * <pre>
 * Thread  its own; end: any
 * Errors  while the database is away it is tried again at the next turn
 * </pre>
 */
final class Retention {
    private static final Duration TURN = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    /**
     * How long and how much.
     *
     * @param table a constant, with a column date_created
     * @param most rows; beyond them the oldest go early
     */
    record Limit(String table, Duration kept, long most) {}

    /** A key is some 2 KiB, a modification some 300 bytes, a quality some 150: 2 GB, 300 MB and 150 MB at most. */
    private static final List<Limit> LIMITS = List.of(
            new Limit("request_keys", Duration.ofHours(24), 1_000_000),
            new Limit("modifications", Duration.ofDays(30), 1_000_000),
            new Limit("call_quality", Duration.ofDays(90), 1_000_000));

    private final World world;
    private final Database database;
    private final Mailbox<Boolean> ending;

    Retention(World world, Database database) {
        this.world = world;
        this.database = database;
        this.ending = world.mailbox("store retention", 1);
    }

    void start() {
        world.startHeavy("store retention", () -> {
            while (ending.take(world.time().after(TURN)).isEmpty()) {
                LIMITS.forEach(this::apply);
            }
        });
    }

    void end() {
        ending.offer(true);
    }

    /** How many rows it deleted. */
    int apply(Limit limit) {
        try {
            return database.ask(
                    "what is old cannot be deleted",
                    jdbi -> jdbi.withHandle(handle -> outdated(handle, limit)
                            .map(before -> handle.createUpdate(
                                            "DELETE FROM " + limit.table() + " WHERE date_created < :before")
                                    .bind("before", Row.utc(before))
                                    .execute())
                            .orElse(0)));
        } catch (RecordsUnavailable away) {
            LOG.warn("{}", away.getMessage());
            return 0;
        }
    }

    /**
     * Before when rows are to be deleted; empty: none is. Found by looking at the oldest rows alone. As part of the deletion it would be asked
     * again for each row that H2 looks at, as long as the writer changes the table: seven seconds of a processor for some 40,000 rows.
     */
    private Optional<Instant> outdated(Handle handle, Limit limit) {
        Instant before = world.time().now().minus(limit.kept());
        return oldestThatStays(handle, limit.table(), "date_created", limit.most(), Instant.class)
                .filter(before::isBefore)
                .or(() -> oldest(handle, limit.table(), "date_created", 0, Instant.class)
                        .filter(oldest -> oldest.isBefore(before))
                        .map(oldest -> before));
    }

    /**
     * Where only so many rows stay, the oldest of them, by a column that grows with time; empty: all stay. Looking from the oldest end costs as
     * much as there is to delete, not as much as is kept.
     */
    static <T> Optional<T> oldestThatStays(Handle handle, String table, String column, long most, Class<T> type) {
        long rows = handle.createQuery("SELECT COUNT(*) FROM " + table)
                .mapTo(Long.class)
                .one();
        return rows > most ? oldest(handle, table, column, rows - most, type) : Optional.empty();
    }

    private static <T> Optional<T> oldest(Handle handle, String table, String column, long but, Class<T> type) {
        return handle.createQuery(
                        "SELECT " + column + " FROM " + table + " ORDER BY " + column + " LIMIT 1 OFFSET :but")
                .bind("but", but)
                .mapTo(type)
                .findOne();
    }
}

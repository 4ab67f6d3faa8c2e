package teleapi.store;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;
import org.h2.mvstore.MVStoreException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import teleapi.call.records.RecordsUnavailable;
import teleapi.runtime.Mailbox;
import teleapi.runtime.Published;
import teleapi.runtime.World;

/**
 * Owned by its own thread: deletes what has been kept for long enough, and the oldest of what is too much.
 *
 * <pre>
 * Thread  its own; end: any that may wait
 * Errors  while the database is away it is tried again at the next turn
 * </pre>
 */
final class Retention {
    private static final Duration TURN = Duration.ofMinutes(1);

    /** So many at once: on an only processor everyone else waits for it. */
    private static final int PORTION = 100;

    /** Bytes that are written anew at a turn. */
    private static final int COMPACTED_PER_TURN = 25 * 1024 * 1024;

    /** Of a database that answers. */
    private static final Duration LONGEST_PORTION = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    /**
     * How long and how much.
     *
     * @param table a constant
     * @param column of it, that grows with time; of rows with the same value all go
     * @param kept what is older than its value at a time goes then
     * @param most rows; beyond them the oldest go early
     */
    record Limit<T extends Comparable<? super T>>(
            String table, String column, Class<T> type, Function<Instant, T> kept, long most) {
        static Limit<OffsetDateTime> byDate(String table, Duration kept, long most) {
            return new Limit<>(table, "date_created", OffsetDateTime.class, now -> Row.utc(now.minus(kept)), most);
        }

        /** Sids are ordered by time. None is too old. */
        static Limit<String> bySid(String table, long most) {
            return new Limit<>(table, "sid", String.class, now -> "", most);
        }
    }

    /**
     * A key is some 2 KiB, a modification some 300 bytes, a quality some 150, a journal 5 KB: 2 GB, 300 MB, 150 MB and 100 MB, and what comes
     * between two turns: of journals 30 MB with 100 calls a second.
     */
    private static final List<Limit<?>> LIMITS = List.of(
            Limit.byDate("request_keys", Duration.ofHours(24), 1_000_000),
            Limit.byDate("modifications", Duration.ofDays(30), 1_000_000),
            Limit.byDate("call_quality", Duration.ofDays(90), 1_000_000),
            Limit.bySid("journals", 20_000));

    private final World world;
    private final Database database;
    private final Mailbox<Boolean> ending;
    private final Mailbox<Boolean> ended;
    private final Published<Boolean> ends = new Published<>(false);

    Retention(World world, Database database) {
        this.world = world;
        this.database = database;
        this.ending = world.mailbox("store retention", 1);
        this.ended = world.mailbox("store retention ended", 1);
    }

    void start() {
        world.startHeavy("store retention", () -> {
            while (ending.take(world.time().after(TURN)).isEmpty()) {
                LIMITS.stream().takeWhile(limit -> !ends.get()).forEach(this::apply);
                compact();
            }
            ended.offer(true);
        });
    }

    /** Waits until the portion under way is deleted. */
    void end() {
        ends.set(true);
        ending.offer(true);
        ended.take(world.time().after(LONGEST_PORTION));
    }

    /** How many rows it deleted. */
    int apply(Limit<?> limit) {
        try {
            return database.ask(
                    "what is old cannot be deleted", jdbi -> jdbi.withHandle(handle -> delete(handle, limit)));
        } catch (RecordsUnavailable away) {
            LOG.warn("{}", away.getMessage());
            return 0;
        }
    }

    private void compact() {
        try {
            int written = 0;
            boolean more = true;
            while (more && written < COMPACTED_PER_TURN && !ends.get()) {
                int some = database.compact();
                written += some;
                more = some > 0;
                world.giveWay();
            }
        } catch (JdbiException | MVStoreException failed) {
            LOG.warn("the file of the database is not compacted: {}", Database.reason(failed));
        }
    }

    /**
     * What goes is found first. As part of the deletion H2 would look for it again for each row, as long as the writer changes the table: seven
     * seconds of a processor for some 40,000 rows.
     */
    private <T extends Comparable<? super T>> int delete(Handle handle, Limit<T> limit) {
        long tooMany = database.rows(handle, limit.table()) - limit.most();
        T kept = limit.kept().apply(world.time().now());
        int deleted = 0;
        int gone = PORTION;
        while (gone >= PORTION && !ends.get()) {
            List<T> oldest = oldest(handle, limit);
            int going = 0;
            while (going < oldest.size()
                    && (deleted + going < tooMany || oldest.get(going).compareTo(kept) < 0)) {
                going++;
            }
            gone = going == 0
                    ? 0
                    : handle.createUpdate("DELETE FROM " + limit.table() + " WHERE " + limit.column() + " <= :last")
                            .bind("last", oldest.get(going - 1))
                            .execute();
            deleted += gone;
            world.giveWay();
        }
        return deleted;
    }

    private static <T extends Comparable<? super T>> List<T> oldest(Handle handle, Limit<T> limit) {
        return handle.createQuery("SELECT " + limit.column() + " FROM " + limit.table() + " ORDER BY " + limit.column()
                        + " LIMIT " + PORTION)
                .map((row, context) -> row.getObject(1, limit.type()))
                .list();
    }
}

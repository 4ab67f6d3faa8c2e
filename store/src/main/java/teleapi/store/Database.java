package teleapi.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import org.flywaydb.core.Flyway;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;
import teleapi.call.records.RecordsUnavailable;

/** A connected and migrated database, embedded or PostgreSQL; a few connections shared by all. */
final class Database {
    /** The API's look-ups and the writer; more only moves the waiting into the database. */
    private static final int CONNECTIONS = 8;

    /** How long a request waits for a connection before the API says 503. */
    private static final long CONNECTION_TIMEOUT_MS = 3_000;

    /** Percent of H2's file. */
    private static final int ALIVE = 50;

    /** Bytes that are written anew at once: on an only processor everyone else waits for it. */
    private static final int COMPACT = 64 * 1024;

    /** When all of what lives in one chunk is more than that: what is written while many call. */
    private static final int MOST_COMPACTED = 1024 * 1024;

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final boolean embedded;

    private Database(HikariDataSource pool, boolean embedded) {
        this.pool = pool;
        this.embedded = embedded;
        this.jdbi = Jdbi.create(pool).registerArgument(new UtcArgument());
    }

    static Database open(StoreSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(settings.url().orElseGet(() -> embedded(settings.folder())));
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECTION_TIMEOUT_MS);
        config.setValidationTimeout(1_000);
        config.setPoolName("store");
        if (settings.url().isEmpty()) {
            config.setUsername("teleapi");
            config.setPassword("");
        }
        HikariDataSource pool = null;
        try {
            pool = new HikariDataSource(config);
            Flyway.configure()
                    .loggers("slf4j")
                    .dataSource(pool)
                    .locations("classpath:teleapi/store/migration")
                    .load()
                    .migrate();
            return new Database(pool, settings.url().isEmpty());
        } catch (RuntimeException e) {
            if (pool != null) {
                pool.close();
            }
            String where = settings.url().isPresent() ? "database" : "database under " + settings.folder();
            throw new StoreException("cannot open the " + where + ": " + reason(e), e);
        }
    }

    /** How many rows it is given at once beside calls: H2 works on the thread that asks, and takes up to 0.1 ms for each. */
    int atOnce() {
        return embedded ? 4 : Integer.MAX_VALUE;
    }

    Jdbi jdbi() {
        return jdbi;
    }

    /** Runs {@code work}; what the database cannot do becomes the one exception that the API turns into 503. */
    <T> T ask(String what, java.util.function.Function<Jdbi, T> work) {
        try {
            return work.apply(jdbi);
        } catch (JdbiException e) {
            throw new RecordsUnavailable(what + ": " + reason(e), e);
        }
    }

    /**
     * How many rows a table has, or none while H2 does not have it. H2 reads the whole table for COUNT(*) while any transaction has changes
     * (TransactionMap.adjustSize in 2.4.240): 0.1 s for 100 MB, seen beside calls. What it calls an estimate is their number, with those that
     * are being changed.
     */
    long rows(Handle handle, String table) {
        String query = embedded
                ? "SELECT row_count_estimate FROM information_schema.tables WHERE table_schema = 'public' AND"
                        + " table_name = '"
                        + table + "'"
                : "SELECT COUNT(*) FROM " + table;
        return handle.createQuery(query).mapTo(Long.class).findOne().orElse(0L);
    }

    /**
     * Makes room in H2's file, a little. Each commit is written as one chunk, which is free again when the last of its pages has been written
     * anew, and some page of most chunks never is: beside calls the file grew by 70 KB for each, of which 1 KB was alive. H2 has a thread that
     * would see to it, but starts it only with a WRITE_DELAY. It moves what lives in whole chunks alone.
     *
     * @return bytes, as many as it may have written anew; 0: there is nothing to do
     */
    int compact() {
        return embedded
                ? jdbi.withHandle(handle -> {
                    int alive = handle.createQuery("SELECT setting_value FROM information_schema.settings"
                                    + " WHERE setting_name = 'info.CHUNKS_FILL_RATE_RW'")
                            .mapTo(Integer.class)
                            .one();
                    return alive < ALIVE ? compact(handle.getConnection()) : 0;
                })
                : 0;
    }

    private static int compact(Connection connection) {
        MVStore file;
        try {
            var session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
            file = session.getDatabase().getStore().getMvStore();
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
        for (int most = COMPACT; most <= MOST_COMPACTED; most *= 2) {
            if (file.compact(ALIVE, most)) {
                file.commit();
                return most;
            }
        }
        return 0;
    }

    void close() {
        pool.close();
    }

    /** The innermost message, one line. URLs with passwords are only in the outer ones. */
    static String reason(Throwable failed) {
        Throwable inner = failed;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        String message = inner.getMessage() == null ? inner.getClass().getSimpleName() : inner.getMessage();
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end).strip();
    }

    /**
     * H2 as PostgreSQL speaks. WRITE_DELAY=0: a commit is in the file before it returns (the default, half a second later, loses answered
     * requests on kill -9). DB_CLOSE_ON_EXIT: we close it ourselves, after the last record of a draining server. PAGE_SIZE: a commit writes
     * each page that has changed, and nobody else of this thread's processor gets a turn meanwhile; with those of 16 KiB it takes a fifth longer.
     */
    private static String embedded(Path folder) {
        Path file = folder.toAbsolutePath().normalize().resolve("teleapi");
        if (file.toString().indexOf(';') >= 0) {
            throw new StoreException(
                    "the folder " + folder + " has a semicolon in its name: choose another with --data",
                    new IOException());
        }
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new StoreException("cannot write to the folder " + folder + ": choose another with --data", e);
        }
        if (!Files.isWritable(file.getParent())) {
            throw new StoreException(
                    "cannot write to the folder " + folder + ": choose another with --data", new IOException());
        }
        return "jdbc:h2:file:" + file
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;QUERY_CACHE_SIZE=64;PAGE_SIZE=4096";
    }

    /** Binds times as they are: Jdbi's own way goes through java.sql.Timestamp and the local zone. */
    private static final class UtcArgument extends AbstractArgumentFactory<OffsetDateTime> {
        UtcArgument() {
            super(Types.TIMESTAMP_WITH_TIMEZONE);
        }

        @Override
        protected Argument build(OffsetDateTime value, ConfigRegistry config) {
            return (position, statement, context) -> statement.setObject(position, value);
        }
    }
}

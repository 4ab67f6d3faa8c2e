package teleapi.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import teleapi.call.Sid;
import teleapi.runtime.World;

/** A fresh, real database for a test, of either kind. */
sealed interface Databases extends AutoCloseable {
    StoreSettings settings();

    /** As an operator would, behind the store's back. */
    void execute(String sql);

    @Override
    void close();

    enum Kind {
        H2,
        POSTGRESQL
    }

    static Databases fresh(Kind kind, Path folder, World world) {
        return switch (kind) {
            case H2 -> new H2(new StoreSettings(folder, Optional.empty(), Optional.empty()));
            case POSTGRESQL ->
                Server.SHARED.database("t" + Sid.fresh(Sid.CALL, world).text().toLowerCase(java.util.Locale.ROOT));
        };
    }

    record H2(StoreSettings settings) implements Databases {
        @Override
        public void execute(String sql) {
            String file = settings.folder().toAbsolutePath().resolve("teleapi").toString();
            run("jdbc:h2:file:" + file + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE", "teleapi", sql);
        }

        @Override
        public void close() {}
    }

    record Postgres(String url) implements Databases {
        @Override
        public StoreSettings settings() {
            return new StoreSettings(Path.of("unused"), Optional.of(url), Optional.empty());
        }

        @Override
        public void execute(String sql) {
            run(url, "postgres", sql);
        }

        @Override
        public void close() {}
    }

    /** One server for all tests of the run; it ends with the JVM. */
    record Server(EmbeddedPostgres postgres) {
        static final Server SHARED = start();

        Postgres database(String name) {
            run(postgres.getJdbcUrl("postgres", "postgres"), "postgres", "CREATE DATABASE " + name);
            return new Postgres(postgres.getJdbcUrl("postgres", name));
        }

        private static Server start() {
            try {
                return new Server(EmbeddedPostgres.builder().start());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void run(String url, String user, String sql) {
        try (Connection connection = DriverManager.getConnection(url, user, "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

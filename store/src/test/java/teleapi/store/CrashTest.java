package teleapi.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import teleapi.call.CallStatus;
import teleapi.call.records.KeptAnswer;
import teleapi.call.records.KeyClaim;
import teleapi.runtime.real.RealWorld;

/** A process that ends without a word, and the next one. */
final class CrashTest {
    private static final KeptAnswer ANSWER = new KeptAnswer(200, Map.of(), "application/json", "{}");

    /** The process: keeps a call, a key and an answer, and is gone in the same instant. */
    static final class Doomed {
        public static void main(String[] arguments) {
            Store store = Store.open(RealWorld.create(), settings(Path.of(arguments[0])));
            store.calls().commit(Calls.queued(1));
            store.requestKeys().claim(Calls.ACCOUNT, "running", new byte[] {1});
            KeyClaim answered = store.requestKeys().claim(Calls.ACCOUNT, "answered", new byte[] {1});
            store.requestKeys().answered((KeyClaim.Mine) answered, ANSWER);
            Runtime.getRuntime().halt(9);
        }
    }

    @Test
    void aCommittedRecordOutlivesTheDeathOfTheProcess(@TempDir Path folder) throws Exception {
        // CONTRACT 5: kill -9; nothing that was answered with 2xx is lost
        die(folder);
        try (Store store = Store.open(RealWorld.create(), settings(folder))) {
            assertEquals(
                    Optional.of(CallStatus.FAILED),
                    store.calls().find(Calls.ACCOUNT, Calls.queued(1).sid()).map(call -> call.status()));
        }
    }

    @Test
    void whatIsCommittedOutlivesADeathAtAnyLaterMoment(@TempDir Path folder, @TempDir Path deaths) throws Exception {
        // CONTRACT 5: kill -9; nothing that was answered with 2xx is lost. The embedded database uses old space again,
        // and then finds what is newest only by what it has noted in the file: some versions note it wrongly (ADR-0007)
        assertEveryCommitIsFoundAfterADeath(folder, deaths, 100, database -> {});
    }

    @Test
    void whatIsCommittedOutlivesADeathAlsoAfterTheFileWasCompacted(@TempDir Path folder, @TempDir Path deaths)
            throws Exception {
        // ADR-0007: what lives in old chunks is written anew, and their space used again
        var steps = new AtomicInteger();
        assertEveryCommitIsFoundAfterADeath(folder, deaths, 0, database -> {
            while (database.compact() > 0) {
                steps.incrementAndGet();
            }
        });
        assertTrue(steps.get() > 0);
    }

    private static void assertEveryCommitIsFoundAfterADeath(
            Path folder, Path deaths, int retention, Consumer<Database> between) throws Exception {
        int commits = 60;
        Database database = Database.open(settings(folder));
        // ms, instead of 45 s
        new Databases.H2(settings(folder)).execute("SET RETENTION_TIME " + retention);
        for (int number = 1; number <= commits; number++) {
            var calls = List.of(Calls.queued(number));
            database.jdbi().useTransaction(handle -> Records.keep(handle, new CallTable(), calls));
            between.accept(database);
            // A process that dies here leaves just this: what it has written to the file, nothing of its memory
            Files.copy(folder.resolve("teleapi.mv.db"), deaths.resolve(number + ".mv.db"));
        }
        database.close();
        List<Long> found = new ArrayList<>();
        for (int number = 1; number <= commits; number++) {
            found.add(calls(deaths.resolve(Integer.toString(number))));
        }
        assertEquals(LongStream.rangeClosed(1, commits).boxed().toList(), found);
    }

    private static long calls(Path database) throws SQLException {
        String url = "jdbc:h2:file:" + database + ";DATABASE_TO_LOWER=TRUE;ACCESS_MODE_DATA=r";
        try (Connection connection = DriverManager.getConnection(url, "teleapi", "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM calls")) {
            assertTrue(rows.next());
            return rows.getLong(1);
        }
    }

    private static void die(Path folder) throws Exception {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Doomed.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        assertEquals(9, process.waitFor(), () -> read(folder.resolve("output")));
    }

    @Test
    void aKeyOutlivesTheDeathOfTheProcess(@TempDir Path folder) throws Exception {
        // Issue 3: Idempotency-Key, stored, survives a crash: the answer is repeated; what ran is known to be unknown
        die(folder);
        try (Store store = Store.open(RealWorld.create(), settings(folder))) {
            assertEquals(
                    new KeyClaim.Answered(ANSWER),
                    store.requestKeys().claim(Calls.ACCOUNT, "answered", new byte[] {1}));
            assertEquals(new KeyClaim.Unknown(), store.requestKeys().claim(Calls.ACCOUNT, "running", new byte[] {1}));
        }
    }

    @Test
    void aFolderInUseIsOneClearLine(@TempDir Path folder) {
        // CONTRACT 1: one clear line that says what to do
        try (Store store = Store.open(RealWorld.create(), settings(folder))) {
            assertEquals(Optional.empty(), store.reading().trouble());
            Path file = folder.resolve("file");
            StoreException failed = org.junit.jupiter.api.Assertions.assertThrows(StoreException.class, () -> {
                Files.writeString(file, "in the way");
                Store.open(RealWorld.create(), settings(file)).close();
            });
            assertTrue(failed.toString().contains("--data"), failed.toString());
        }
    }

    private static StoreSettings settings(Path folder) {
        return new StoreSettings(folder, Optional.empty(), Optional.empty());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }
}

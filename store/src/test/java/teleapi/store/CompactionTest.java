package teleapi.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import teleapi.call.records.CallRecord;
import teleapi.runtime.Deadline;
import teleapi.runtime.Mailbox;
import teleapi.runtime.World;
import teleapi.runtime.real.RealWorld;

/** The file of the embedded database beside a long row of small commits. */
final class CompactionTest {
    private static final int CALLS = 1_000;

    @TempDir
    Path folder = Path.of("");

    @Test
    void theFileDoesNotGrowWithEachCommit() throws IOException {
        // ADR-0007: a commit is a chunk of its own; most of them hold a page or two that live on
        long grown = grown("left", false);
        long compacted = grown("compacted", true);
        assertTrue(compacted < grown / 4, compacted + " of " + grown);
    }

    @Test
    void alsoLargeCommitsLeaveRoom() {
        // ADR-0007: what lives in a chunk of many rows is more than is moved at once otherwise
        var settings = new StoreSettings(folder, Optional.empty(), Optional.empty());
        Database database = Database.open(settings);
        new Databases.H2(settings).execute("SET RETENTION_TIME 0");
        for (int i = 0; i < 60; i++) {
            int first = i;
            // Each commit changes pages of all that were before
            keep(
                    database,
                    IntStream.range(0, 300)
                            .mapToObj(n -> Calls.queued(n * 60 + first))
                            .toList());
        }
        int steps = 0;
        while (database.compact() > 0) {
            steps++;
        }
        keep(database, List.of(Calls.queued(300 * 60)));
        String alive = database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT setting_value FROM information_schema.settings"
                                + " WHERE setting_name = 'info.CHUNKS_FILL_RATE'")
                        .mapTo(String.class)
                        .one());
        database.close();
        assertTrue(Integer.parseInt(alive) >= 45, alive + " % alive after " + steps + " steps");
    }

    @Test
    void whatIsWrittenMeanwhileIsThere() {
        // ADR-0007: Retention compacts beside the writer and the API
        World world = RealWorld.create();
        var settings = new StoreSettings(folder, Optional.empty(), Optional.empty());
        Database database = Database.open(settings);
        new Databases.H2(settings).execute("SET RETENTION_TIME 0");
        Mailbox<Boolean> written = world.mailbox("written", 1);
        world.startHeavy("writer", () -> {
            for (int i = 0; i < CALLS; i++) {
                CallRecord queued = Calls.queued(i);
                keep(database, queued);
                keep(database, Calls.answered(queued, 2));
            }
            written.offer(true);
        });
        int steps = 0;
        Deadline end = world.time().after(Duration.ofSeconds(60));
        while (written.take(world.time().after(Duration.ZERO)).isEmpty() && !end.passed(world.time())) {
            steps += database.compact() > 0 ? 1 : 0;
        }
        database.close();
        assertTrue(steps > 0);
        Database again = Database.open(settings);
        List<CallRecord> calls =
                again.jdbi().withHandle(handle -> Records.all(handle, new CallTable(), new Conditions()));
        again.close();
        assertEquals(
                IntStream.range(0, CALLS)
                        .mapToObj(i -> Calls.answered(Calls.queued(i), 2))
                        .sorted(Comparator.comparing(call -> call.sid().text()))
                        .toList(),
                calls);
    }

    private static void keep(Database database, CallRecord call) {
        keep(database, List.of(call));
    }

    private static void keep(Database database, List<CallRecord> calls) {
        database.jdbi().useTransaction(handle -> Records.keep(handle, new CallTable(), calls));
    }

    private long grown(String name, boolean compacts) throws IOException {
        var settings = new StoreSettings(folder.resolve(name), Optional.empty(), Optional.empty());
        Database database = Database.open(settings);
        new Databases.H2(settings).execute("SET RETENTION_TIME 0");
        for (int i = 0; i < CALLS; i++) {
            keep(database, Calls.queued(i));
            boolean more = compacts && i % 100 == 99;
            while (more) {
                more = database.compact() > 0;
            }
        }
        long size = Files.size(settings.folder().resolve("teleapi.mv.db"));
        long rows = database.jdbi().withHandle(handle -> database.rows(handle, "calls"));
        assertEquals(CALLS, rows);
        database.close();
        return size;
    }
}

package teleapi.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import teleapi.call.Sid;
import teleapi.call.records.CallJournal;
import teleapi.call.records.CallRecord;
import teleapi.runtime.Deadline;
import teleapi.runtime.Mailbox;
import teleapi.runtime.World;
import teleapi.runtime.real.RealWorld;

/** What is written while a transaction is under way, and more with it than goes into the next one. */
final class WriterTest {
    private static final int MANY = 499;

    private final World world = RealWorld.create();
    private final Mailbox<Writer.Work> queue = world.mailbox("store writer", 10_000);
    private final Mailbox<Boolean> begun = world.mailbox("begun", 1);
    private final Mailbox<Boolean> goesOn = world.mailbox("goes on", 1);
    private final Mailbox<Boolean> done = world.mailbox("done", 1);

    @TempDir
    Path folder = Path.of("");

    private Optional<Database> database = Optional.empty();

    @BeforeEach
    void open() {
        database = Optional.of(Database.open(new StoreSettings(folder, Optional.empty(), Optional.empty())));
    }

    @AfterEach
    void close() {
        database().close();
    }

    private Database database() {
        return database.orElseThrow();
    }

    @Test
    void aListShowsWhatChangedWhileItsOlderStateWasBeingKept() {
        // ADR-0007: readers see their own writes
        Writer writer = changedWhileItIsKept();
        writer.ask(new Writer.Work.Settle(done));
        goesOn.post(true);
        assertEquals(Optional.of(true), done.take(soon()));
        assertEquals(2, revision(database()));
        writer.ask(new Writer.Work.Stop(soon(), done));
        done.take(soon());
    }

    @Test
    void theEndOfTheServerKeepsWhatChangedWhileItsOlderStateWasBeingKept() {
        // CONTRACT section 5: records written
        theNewestIsThereAfterTheEndOf(changedWhileItIsKept());
    }

    @Test
    void whatFollowsOnAStateThatIsRefusedIsKept() {
        // Writer: content that the database refuses is dropped, nothing else
        refuse(Calls.queued(1));
        theNewestIsThereAfterTheEndOf(changedWhileItIsKept());
    }

    @Test
    void theEndOfTheServerDoesNotWaitForADatabaseThatHasGoneAwayBefore() {
        // Store.close: gives up when it is away; more is due than goes into a transaction
        execute("ALTER TABLE calls RENAME TO calls_away");
        Writer writer = new Writer(world, database(), queue);
        var calls = new Outbox<>(new CallTable(), queue);
        for (int i = 1; i <= 3 * MANY; i++) {
            calls.put(Calls.queued(i));
        }
        writer.start();
        until(() -> writer.trouble().isPresent());
        writer.ask(new Writer.Work.Stop(world.time().after(Duration.ZERO), done));
        assertEquals(Optional.of(true), done.take(soon()));
    }

    @Test
    void aRefusalSaysThatTheDatabaseIsBack() {
        // Writer.trouble: empty when all is well; a server that is not well is given no calls, which would bring the
        // next record
        refuse(Calls.queued(1));
        execute("ALTER TABLE calls RENAME TO calls_away");
        Writer writer = new Writer(world, database(), queue);
        new Outbox<>(new CallTable(), queue).put(Calls.queued(1));
        writer.start();
        until(() -> writer.trouble().isPresent());
        execute("ALTER TABLE calls_away RENAME TO calls");
        writer.ask(new Writer.Work.Settle(done));
        assertEquals(Optional.of(true), done.take(soon()));
        assertEquals(Optional.empty(), writer.trouble());
        writer.ask(new Writer.Work.Stop(soon(), done));
        done.take(soon());
    }

    @Test
    void whatWasAskedBeforeDoesNotHurryTheNext() {
        // ADR-0007: the writer is woken by the first thing that is due and then gathers
        Writer writer = new Writer(world, database(), queue);
        var calls = new Outbox<>(new SlowTable(), queue);
        writer.start();
        writer.ask(new Writer.Work.Settle(done));
        assertEquals(Optional.of(true), done.take(soon()));
        Deadline gathered = world.time().after(Duration.ofMillis(130));
        calls.put(Calls.queued(1));
        assertEquals(Optional.of(true), begun.take(soon()));
        assertTrue(gathered.passed(world.time()));
        goesOn.post(true);
        writer.ask(new Writer.Work.Stop(soon(), done));
        assertEquals(Optional.of(true), done.take(soon()));
    }

    @Test
    void whoSharesTheProcessorGetsATurnAfterAFewRows() {
        // ADR-0007: H2 works on the writer's own thread
        var calls = new Outbox<>(new CallTable(), queue);
        List<CallRecord> records =
                IntStream.range(0, 10).mapToObj(Calls::queued).toList();
        records.forEach(calls::put);
        var batch = calls.batch(records.stream().map(CallRecord::sid).toList());
        List<Long> kept = new ArrayList<>();
        database()
                .jdbi()
                .useTransaction(handle -> batch.write(
                        handle,
                        database().atOnce(),
                        () -> kept.add(handle.createQuery("SELECT count(*) FROM calls")
                                .mapTo(Long.class)
                                .one())));
        assertEquals(List.of(4L, 8L, 10L), kept);
    }

    @Test
    void aRowThatAnotherInsertsMeanwhileEndsAsTheNewest() throws InterruptedException {
        // ADR-0007: each row ends as the newest snapshot, whoever comes last
        insertedMeanwhile(
                database(),
                "SELECT count(*) > 0 FROM information_schema.sessions"
                        + " WHERE executing_statement LIKE 'INSERT INTO calls%'");
        assertEquals(2, revision(database()));
    }

    @Test
    void soDoesOneOfWhichTheDriverDoesNotSayWhetherItInsertedIt() throws InterruptedException {
        // ADR-0007, the same; PostgreSQL's driver, where its URL asks for it, makes one statement of many and counts
        // none
        try (Databases fresh = Databases.fresh(Databases.Kind.POSTGRESQL, folder, world)) {
            Optional<String> url = fresh.settings().url().map(plain -> plain + "&reWriteBatchedInserts=true");
            Database postgres = Database.open(new StoreSettings(folder, url, Optional.empty()));
            insertedMeanwhile(
                    postgres,
                    "SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = current_database()"
                            + " AND wait_event_type = 'Lock' AND query LIKE 'INSERT INTO calls%'");
            assertEquals(2, revision(postgres));
            postgres.close();
        }
    }

    @Test
    void twoThatWaitForEachOtherAreNoOutage() throws InterruptedException {
        // Writer.trouble: a server that is not well is given no calls. Of two that wait for each other one is ended
        waitsForWhoDeletes(database(), "SELECT count(*) FROM information_schema.sessions WHERE blocker_id IS NOT NULL");
    }

    @Test
    void soItIsInPostgreSql() throws InterruptedException {
        // Writer.trouble, the same; there it is noticed after a second
        try (Databases fresh = Databases.fresh(Databases.Kind.POSTGRESQL, folder, world)) {
            Database postgres = Database.open(fresh.settings());
            waitsForWhoDeletes(
                    postgres,
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                            + " AND wait_event_type = 'Lock'");
            postgres.close();
        }
    }

    /**
     * Who deletes has the second journal and waits for the fifth; the writer has the eighth and waits for the second.
     *
     * @param waiting how many connections wait for another's transaction
     */
    private void waitsForWhoDeletes(Database database, String waiting) throws InterruptedException {
        Writer writer = new Writer(world, database, queue);
        var journals = new Outbox<>(new JournalTable(), queue);
        try (Handle other = database.jdbi().open()) {
            other.useTransaction(inside -> Records.keep(
                    inside,
                    journals.table(),
                    IntStream.rangeClosed(1, 8)
                            .mapToObj(call -> journal(call, 1))
                            .toList()));
            other.begin();
            Records.keep(other, journals.table(), List.of(journal(5, 2)));
            Thread deleting = Thread.ofPlatform()
                    .start(() -> new Retention(world, database).apply(Retention.Limit.bySid("journals", 0)));
            until(() -> count(database, waiting) >= 1);
            journals.put(journal(8, 2));
            journals.put(journal(2, 2));
            writer.start();
            until(() -> count(database, waiting) >= 2);
            other.commit();
            until(() -> {
                assertEquals(Optional.empty(), writer.trouble());
                return journals.size() == 0;
            });
            deleting.join();
        }
        writer.ask(new Writer.Work.Stop(soon(), done));
        assertEquals(Optional.of(true), done.take(soon()));
    }

    private static CallJournal journal(int call, long last) {
        return new CallJournal(Calls.queued(call).sid(), Calls.ACCOUNT, last, List.of());
    }

    private static int count(Database database, String query) {
        return database.jdbi()
                .withHandle(
                        handle -> handle.createQuery(query).mapTo(Integer.class).one());
    }

    private void until(BooleanSupplier happened) {
        Deadline end = soon();
        while (!happened.getAsBoolean()) {
            assertFalse(end.passed(world.time()));
            Thread.onSpinWait();
        }
    }

    /**
     * A transaction inserts the first state of the first call; another has a newer one to insert, and another call, before the first ends.
     *
     * @param inserting whether some connection waits with what it inserts for the end of a transaction
     */
    private static void insertedMeanwhile(Database database, String inserting) throws InterruptedException {
        CallRecord older = Calls.queued(1);
        try (Handle handle = database.jdbi().open();
                Handle other = database.jdbi().open()) {
            handle.begin();
            Records.keep(handle, new CallTable(), List.of(older));
            List<CallRecord> newer = List.of(Calls.answered(older, 2), Calls.queued(2));
            Thread keeping = Thread.ofPlatform()
                    .start(() -> other.useTransaction(inside -> Records.keep(inside, new CallTable(), newer)));
            while (keeping.isAlive() && !is(database, inserting)) {
                Thread.onSpinWait();
            }
            handle.commit();
            keeping.join();
        }
    }

    /** The first state of the first call waits in its transaction; meanwhile it has another, and many others begin. */
    private Writer changedWhileItIsKept() {
        Writer writer = new Writer(world, database(), queue);
        var calls = new Outbox<>(new SlowTable(), queue);
        CallRecord first = Calls.queued(1);
        calls.put(first);
        writer.start();
        assertEquals(Optional.of(true), begun.take(soon()));
        calls.put(Calls.answered(first, 2));
        for (int i = 2; i < MANY + 2; i++) {
            calls.put(Calls.queued(i));
        }
        return writer;
    }

    private void theNewestIsThereAfterTheEndOf(Writer writer) {
        writer.ask(new Writer.Work.Stop(soon(), done));
        goesOn.post(true);
        assertEquals(Optional.of(true), done.take(soon()));
        assertEquals(2, revision(database()));
    }

    private void refuse(CallRecord call) {
        execute("ALTER TABLE calls ADD CONSTRAINT test_refusal CHECK (status <> '"
                + call.status().text() + "' OR sid <> '" + call.sid() + "')");
    }

    private void execute(String sql) {
        database().jdbi().useHandle(handle -> handle.execute(sql));
    }

    private static boolean is(Database database, String query) {
        return database.jdbi()
                .withHandle(
                        handle -> handle.createQuery(query).mapTo(Boolean.class).one());
    }

    private static long revision(Database database) {
        return database.jdbi()
                .withHandle(handle -> Records.all(
                        handle,
                        new CallTable(),
                        new Conditions().equal("sid", Calls.queued(1).sid().text())))
                .getFirst()
                .revision();
    }

    private Deadline soon() {
        return world.time().after(Duration.ofSeconds(20));
    }

    /** Calls, the first of which are kept when the test says so. */
    private final class SlowTable implements RecordTable<CallRecord> {
        private final CallTable table = new CallTable();
        private boolean waited;

        @Override
        public void keep(Handle handle, List<CallRecord> calls) {
            if (!waited) {
                waited = true;
                begun.post(true);
                goesOn.take(soon());
            }
            table.keep(handle, calls);
        }

        @Override
        public String name() {
            return table.name();
        }

        @Override
        public Row row(CallRecord call) {
            return table.row(call);
        }

        @Override
        public CallRecord read(Columns columns) throws SQLException {
            return table.read(columns);
        }

        @Override
        public Sid sid(CallRecord call) {
            return table.sid(call);
        }

        @Override
        public Sid account(CallRecord call) {
            return table.account(call);
        }

        @Override
        public long revision(CallRecord call) {
            return table.revision(call);
        }

        @Override
        public boolean ended(CallRecord call) {
            return table.ended(call);
        }
    }
}

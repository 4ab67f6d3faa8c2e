package teleapi.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import teleapi.call.Sid;
import teleapi.call.records.AccountEvent;
import teleapi.call.records.CallJournal;
import teleapi.call.records.ConferenceRecord;
import teleapi.call.records.EventHistory;
import teleapi.call.records.JournalEntry;
import teleapi.call.records.OwedCallback;
import teleapi.rcml.HttpMethod;
import teleapi.runtime.Mailbox;

/** Events, journals and owed callbacks on real databases of both kinds. */
final class EventsTest extends OnBothDatabases {
    private static final int PIECE = 1_000;

    private AccountEvent event(Sid account, int count) {
        return AccountEvent.now(
                world,
                account,
                AccountEvent.Topic.CALL,
                "ringing",
                Optional.of(Calls.queued(1).sid()),
                Map.of("count", Integer.toString(count), "odd", "a\tb\\c\nd\0"));
    }

    private void post(Sid account, int from, int until) {
        IntStream.range(from, until).forEach(i -> store().eventLog().post(event(account, i)));
    }

    private List<AccountEvent> all(Sid account) {
        // A list waits until what was posted before is kept.
        store().eventHistory().list(account, Optional.empty(), Optional.empty(), 0, 1);
        var all = new ArrayList<AccountEvent>();
        List<AccountEvent> next = store().eventHistory().after(account, 0, PIECE);
        while (!next.isEmpty()) {
            all.addAll(next);
            next = store().eventHistory().after(account, all.getLast().number(), PIECE);
        }
        return all;
    }

    private static void assertWithoutGaps(List<AccountEvent> events, int first) {
        assertEquals(
                LongStream.range(1, events.size() + 1L).boxed().toList(),
                events.stream().map(AccountEvent::number).toList());
        assertEquals(
                IntStream.range(first, first + events.size())
                        .mapToObj(Integer::toString)
                        .toList(),
                events.stream().map(event -> event.values().get("count")).toList());
    }

    @Test
    void numbersGrowByOnePerAccountAlsoOverARestart() {
        // issue 3, item 10: an id that grows by one per account without gaps
        post(Calls.ACCOUNT, 0, 1_200);
        post(Calls.OTHER, 0, 3);
        restart();
        post(Calls.ACCOUNT, 1_200, 1_210);
        assertWithoutGaps(all(Calls.ACCOUNT), 0);
        assertEquals(1_210, all(Calls.ACCOUNT).size());
        assertWithoutGaps(all(Calls.OTHER), 0);
        assertEquals("a\tb\\c\nd", all(Calls.OTHER).getFirst().values().get("odd"));
        assertEquals(new EventHistory.Span(1, 1_210), store().eventHistory().span(Calls.ACCOUNT));
    }

    @Test
    void anOutageDelaysEventsAndLosesNone() {
        // ADR-0013: a number is void until it is committed; when the database is back all are numbered in their order
        post(Calls.ACCOUNT, 0, 5);
        assertEquals(5, all(Calls.ACCOUNT).size());
        database.execute("ALTER TABLE events RENAME TO events_away");
        post(Calls.ACCOUNT, 5, 10);
        var deadline = world.time().after(Duration.ofSeconds(20));
        while (store().reading().trouble().isEmpty() && !deadline.passed(world.time())) {
            world.<Boolean>mailbox("a moment", 1).take(world.time().after(Duration.ofMillis(20)));
        }
        post(Calls.ACCOUNT, 10, 15);
        database.execute("ALTER TABLE events_away RENAME TO events");
        restart();
        assertWithoutGaps(all(Calls.ACCOUNT), 0);
        assertEquals(15, all(Calls.ACCOUNT).size());
    }

    @Test
    void oneThatIsRefusedLeavesNoGapAlsoWhenTheDatabaseGoesAwayRightThen() {
        // ADR-0013: the next number is always one more; what the database refuses has had none
        database.execute("ALTER TABLE events ADD CONSTRAINT test_refusal CHECK (what <> 'refused')");
        database.execute("ALTER TABLE calls RENAME TO calls_away");
        post(Calls.ACCOUNT, 0, 2);
        store().eventLog()
                .post(AccountEvent.now(
                        world, Calls.ACCOUNT, AccountEvent.Topic.CALL, "refused", Optional.empty(), Map.of()));
        store().calls().write(Calls.queued(1));
        var deadline = world.time().after(Duration.ofSeconds(20));
        while (store().reading().trouble().isEmpty() && !deadline.passed(world.time())) {
            world.<Boolean>mailbox("a moment", 1).take(world.time().after(Duration.ofMillis(20)));
        }
        database.execute("ALTER TABLE calls_away RENAME TO calls");
        while (store().reading().waiting() > 0 && !deadline.passed(world.time())) {
            world.<Boolean>mailbox("a moment", 1).take(world.time().after(Duration.ofMillis(20)));
        }
        post(Calls.ACCOUNT, 2, 4);
        assertWithoutGaps(all(Calls.ACCOUNT), 0);
        assertEquals(4, all(Calls.ACCOUNT).size());
    }

    @Test
    void ofATransactionWhoseEndIsNotKnownNoneIsTakenTwice() {
        // ADR-0013: a number is void until its transaction is committed; afterwards each may be tried alone
        List<AccountEvent> events =
                IntStream.range(0, 3).mapToObj(i -> event(Calls.ACCOUNT, i)).toList();
        Database kept = Database.open(database.settings());
        EventTable table = new EventTable(account -> {});
        kept.jdbi().useTransaction(handle -> {
            table.begin();
            table.keep(handle, events);
        });
        // Nobody has told the table that it was committed
        for (AccountEvent event : events) {
            kept.jdbi().useTransaction(handle -> {
                table.begin();
                table.keep(handle, List.of(event));
            });
            table.kept(List.of(event));
        }
        kept.close();
        assertEquals(3, all(Calls.ACCOUNT).size());
        assertWithoutGaps(all(Calls.ACCOUNT), 0);
    }

    @Test
    void aListenerIsTold() {
        // EventHistory: a box gets something whenever there is more, after the commit
        Mailbox<Boolean> news = world.mailbox("news", 1);
        store().eventHistory().listen(Calls.ACCOUNT, news);
        post(Calls.OTHER, 0, 1);
        post(Calls.ACCOUNT, 0, 1);
        assertTrue(news.take(world.time().after(Duration.ofSeconds(10))).isPresent());
        assertEquals(1, store().eventHistory().after(Calls.ACCOUNT, 0, 10).size());
        store().eventHistory().forget(Calls.ACCOUNT, news);
        post(Calls.ACCOUNT, 1, 2);
        assertEquals(2, all(Calls.ACCOUNT).size());
        assertTrue(news.take(world.time().after(Duration.ZERO)).isEmpty());
    }

    @Test
    void theOldestAreForgotten() {
        // ADR-0013: the newest 10,000 of an account are kept
        post(Calls.ACCOUNT, 0, 10_620);
        store().eventHistory().list(Calls.ACCOUNT, Optional.empty(), Optional.empty(), 0, 1);
        var span = store().eventHistory().span(Calls.ACCOUNT);
        assertEquals(10_620, span.last());
        assertEquals(621, span.first());
    }

    @Test
    void aCallThatACrashEndedIsAnEvent() {
        // CONTRACT 5: after kill -9 every call reaches a final state, and whoever listens is told
        store().calls().commit(Calls.answered(Calls.queued(1), 2));
        restart();
        AccountEvent event = all(Calls.ACCOUNT).getLast();
        assertEquals("completed", event.what());
        assertEquals("error", event.values().get("cause"));
        assertEquals(Optional.of(Calls.queued(1).sid()), event.callSid());
    }

    private static JournalEntry entry(long number) {
        return new JournalEntry(
                number,
                Calls.NOON,
                number * 1_000,
                JournalEntry.Kind.HTTP,
                JournalEntry.Way.OUT,
                "application",
                "POST",
                Map.of("Url", "http://a/\\b\t", "Reason", "x\ny\r"));
    }

    @Test
    void aConferenceThatACrashEndedIsAnEvent() {
        // ADR-0015: exactly one conference-end, also after kill -9
        var room = new ConferenceRecord(
                new Sid("CF" + "0".repeat(32)),
                Calls.ACCOUNT,
                "Room",
                ConferenceRecord.Status.IN_PROGRESS,
                Calls.NOON,
                Calls.NOON,
                Optional.empty(),
                Optional.empty(),
                1);
        store().conferences().write(room);
        restart();
        restart();
        AccountEvent event = all(Calls.ACCOUNT).getLast();
        assertEquals(1, all(Calls.ACCOUNT).size());
        assertEquals("conference-end", event.what());
        assertEquals(room.sid().text(), event.values().get("conference_sid"));
        assertEquals("error", event.values().get("reason"));
        assertEquals(
                Optional.of("error"),
                store().conferences()
                        .find(Calls.ACCOUNT, room.sid())
                        .orElseThrow()
                        .reasonEnded());
    }

    @Test
    void aJournalIsTheSameAfterARestartAndTheLongerOneStays() {
        // Journals: written when the call has ended, and again when its last callback was answered
        var shorter = new CallJournal(Calls.queued(1).sid(), Calls.ACCOUNT, 1, List.of(entry(1)));
        var longer = new CallJournal(Calls.queued(1).sid(), Calls.ACCOUNT, 2, List.of(entry(1), entry(2)));
        store().journals().write(shorter);
        store().journals().write(longer);
        store().journals().write(shorter);
        assertEquals(Optional.of(longer), store().journals().find(Calls.ACCOUNT, longer.callSid()));
        restart();
        assertEquals(Optional.of(longer), store().journals().find(Calls.ACCOUNT, longer.callSid()));
        assertEquals(Optional.empty(), store().journals().find(Calls.OTHER, longer.callSid()));
    }

    @Test
    void theOldestJournalsAreForgotten() {
        // ADR-0013: the journals of the newest 20,000 calls are kept; Retention: in portions of 100
        keepJournals(1_000);
        assertEquals(750, store().retention().apply(Retention.Limit.bySid("journals", 250)));
        assertEquals(0, store().retention().apply(Retention.Limit.bySid("journals", 250)));
        assertTrue(
                store().journals().find(Calls.ACCOUNT, Calls.queued(750).sid()).isEmpty());
        assertTrue(
                store().journals().find(Calls.ACCOUNT, Calls.queued(751).sid()).isPresent());
    }

    @Test
    void noMorePortionsAreDeletedAfterTheEnd() {
        // Store.close: nobody uses the database when it is closed
        keepJournals(200);
        store().retention().end();
        assertEquals(0, store().retention().apply(Retention.Limit.bySid("journals", 0)));
    }

    @Test
    void retentionGoesOnAfterAnOutage() {
        // Retention: while the database is away it is tried again at the next turn
        keepJournals(1);
        database.execute("ALTER TABLE journals RENAME TO journals_away");
        assertEquals(0, store().retention().apply(Retention.Limit.bySid("journals", 0)));
        database.execute("ALTER TABLE journals_away RENAME TO journals");
        assertEquals(1, store().retention().apply(Retention.Limit.bySid("journals", 0)));
    }

    private void keepJournals(int count) {
        for (int call = 1; call <= count; call++) {
            store().journals().write(new CallJournal(Calls.queued(call).sid(), Calls.ACCOUNT, 1, List.of(entry(1))));
        }
        restart();
    }

    @Test
    void whatIsOwedIsLeftForTheNextStartUntilItIsSettled() {
        // CONTRACT 4 and 5: exactly one final event on every path, also that of kill -9
        var first = owed(1, 1);
        var second = owed(1, 2);
        var other = owed(2, 1);
        store().owedCallbacks().write(first);
        store().owedCallbacks().write(second);
        store().owedCallbacks().write(other);
        restart();
        assertEquals(List.of(second, other), store().owedCallbacks().left());
        store().owedCallbacks().write(second.paid());
        restart();
        assertEquals(List.of(other), store().owedCallbacks().left());
    }

    private static OwedCallback owed(int call, int revision) {
        return new OwedCallback(
                Calls.queued(call).sid(),
                Calls.ACCOUNT,
                "http://a/status?x=1",
                HttpMethod.GET,
                revision,
                "ringing",
                revision,
                false);
    }
}

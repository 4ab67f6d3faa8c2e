package teleapi.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import teleapi.call.Sid;
import teleapi.call.records.MessageFilter;
import teleapi.call.records.MessageRecord;
import teleapi.call.records.MessageRecord.Status;
import teleapi.call.records.MessageRecords;
import teleapi.call.records.RecordsUnavailable;

/** Records of text messages, on real databases of both kinds. */
final class MessageRecordsTest extends OnBothDatabases {
    private MessageRecords messages() {
        return store().messages();
    }

    private static MessageRecord queued(int number) {
        return saying(number, "See you at 5");
    }

    private static MessageRecord saying(int number, String body) {
        return new MessageRecord(
                new Sid("SM" + String.format(Locale.ROOT, "%032x", number)),
                Calls.ACCOUNT,
                number == 1 ? Optional.of(Calls.queued(1).sid()) : Optional.empty(),
                "+1555000" + number,
                "client:bob",
                body,
                MessageRecord.Direction.OUTBOUND_CALL,
                Status.QUEUED,
                Calls.NOON.plusSeconds(number),
                Calls.NOON.plusSeconds(number),
                Optional.empty(),
                Optional.empty(),
                1);
    }

    private static MessageRecord delivered(MessageRecord message) {
        return message.now(Status.DELIVERED, Optional.empty(), Calls.NOON.plusSeconds(60));
    }

    private Optional<MessageRecord> found(MessageRecord message) {
        return messages().find(Calls.ACCOUNT, message.sid());
    }

    private List<MessageRecord> listed(MessageFilter filter) {
        return messages().list(Calls.ACCOUNT, filter, 0, 50).items();
    }

    private static MessageFilter any() {
        return new MessageFilter(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static MessageFilter containing(String part) {
        return new MessageFilter(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(part));
    }

    @Test
    void allOfItIsKept() {
        // ADR-0024: each has a record; an error is part of it
        MessageRecord failed = queued(1).now(Status.UNDELIVERED, Optional.of(30003), Calls.NOON.plusSeconds(9));
        List.of(failed, delivered(queued(2))).forEach(messages()::write);
        restart();
        assertEquals(Optional.of(failed), found(failed));
        assertEquals(Optional.of(delivered(queued(2))), found(queued(2)));
        assertEquals(Optional.empty(), messages().find(Calls.OTHER, failed.sid()));
    }

    @Test
    void itsStatusOnlyMovesOn() {
        // ADR-0024: one last status; ARCHITECTURE invariant 8
        MessageRecord sending = queued(1).now(Status.SENDING, Optional.empty(), Calls.NOON.plusSeconds(2));
        messages().write(queued(1));
        messages().write(delivered(sending));
        messages().write(sending);
        restart();
        assertEquals(Optional.of(delivered(sending)), found(sending));
        messages().write(delivered(sending).now(Status.FAILED, Optional.of(30008), Calls.NOON.plusSeconds(99)));
        restart();
        assertEquals(Optional.of(delivered(sending)), found(sending));
    }

    @Test
    void aCommittedOneIsInTheTable() {
        // ADR-0024: kept before the API answers 201; RecordsUnavailable when it cannot be
        messages().commit(queued(1));
        assertEquals(Optional.of(queued(1)), found(queued(1)));
        assertEquals(0, store().reading().waiting());
        database.execute("ALTER TABLE messages RENAME TO messages_away");
        assertThrows(RecordsUnavailable.class, () -> messages().commit(queued(2)));
        database.execute("ALTER TABLE messages_away RENAME TO messages");
        assertEquals(Optional.empty(), found(queued(2)));
    }

    @Test
    void whatADeadServerLeftOnItsWayHasFailed() {
        // ADR-0024: a server that ends leaves failed, never a second copy
        MessageRecord sending = queued(2).now(Status.SENDING, Optional.empty(), Calls.NOON.plusSeconds(2));
        messages().commit(queued(1));
        messages().write(sending);
        restart();
        assertEquals(Optional.of(queued(1).interrupted()), found(queued(1)));
        assertEquals(Optional.of(sending.interrupted()), found(sending));
        assertEquals(Status.FAILED, found(sending).orElseThrow().status());
        restart();
        assertEquals(Optional.of(sending.interrupted()), found(sending));
    }

    @Test
    void theyAreListedTheNewestFirstInPages() {
        // MessageRecords: newest first; those of one moment in the order of their Sids
        MessageRecord same = new MessageRecord(
                queued(4).sid(),
                Calls.ACCOUNT,
                Optional.empty(),
                "+15550004",
                "client:bob",
                "",
                MessageRecord.Direction.INBOUND,
                Status.RECEIVED,
                queued(3).dateCreated(),
                queued(3).dateUpdated(),
                Optional.of(queued(3).dateCreated()),
                Optional.empty(),
                1);
        List.of(queued(2), same, queued(1), queued(3)).forEach(messages()::write);
        assertEquals(List.of(same, queued(3), queued(2), queued(1)), listed(any()));
        var second = messages().list(Calls.ACCOUNT, any(), 1, 3);
        assertEquals(List.of(queued(1)), second.items());
        assertEquals(4, second.total());
        assertEquals(List.of(), messages().list(Calls.OTHER, any(), 0, 50).items());
    }

    @Test
    void aListIsFilteredByPartiesAndTime() {
        // restcomm.md 4.4: From, To, StartTime, EndTime
        List.of(queued(1), queued(2), queued(3)).forEach(messages()::write);
        Optional<Instant> second = Optional.of(queued(2).dateCreated());
        assertEquals(
                List.of(queued(2)),
                listed(new MessageFilter(
                        Optional.of("+15550002"),
                        Optional.of("client:bob"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())));
        assertEquals(
                List.of(),
                listed(new MessageFilter(
                        Optional.empty(),
                        Optional.of("client:alice"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())));
        assertEquals(
                List.of(queued(3), queued(2)),
                listed(new MessageFilter(
                        Optional.empty(), Optional.empty(), second, Optional.empty(), Optional.empty())));
        assertEquals(
                List.of(queued(1)),
                listed(new MessageFilter(
                        Optional.empty(), Optional.empty(), Optional.empty(), second, Optional.empty())));
    }

    @Test
    void aPartOfTheTextIsFoundInAnyCaseAndMeansItself() {
        // MessageFilter: a part of the text, in any case; % and _ of LIKE are characters like any other
        MessageRecord percent = saying(1, "100% Sure!");
        MessageRecord plain = saying(2, "1000 sures, a\\b\nÄpfel");
        MessageRecord line = saying(3, "snake_case 'quoted' :p0");
        List.of(percent, plain, line).forEach(messages()::write);
        assertEquals(List.of(plain, percent), listed(containing("SURE")));
        assertEquals(List.of(percent), listed(containing("00%")));
        assertEquals(List.of(line), listed(containing("e_c")));
        assertEquals(List.of(), listed(containing("s_r")));
        assertEquals(List.of(percent), listed(containing("e!")));
        assertEquals(List.of(plain), listed(containing("a\\B\n")));
        assertEquals(List.of(line), listed(containing("'QUOTED' :p0")));
        assertEquals(List.of(), listed(containing("!%")));
    }

    @Test
    void oneThatHasEndedIsDeletedAndStaysSo() {
        // reliability.md A11: deletion deletes
        messages().write(queued(1));
        messages().delete(Calls.ACCOUNT, queued(1).sid());
        assertEquals(Optional.of(queued(1)), found(queued(1)), "it is on its way");
        messages().write(delivered(queued(1)));
        messages().delete(Calls.OTHER, queued(1).sid());
        assertEquals(Optional.of(delivered(queued(1))), found(queued(1)), "it is another account's");
        messages().delete(Calls.ACCOUNT, queued(1).sid());
        assertEquals(Optional.empty(), found(queued(1)));
        restart();
        assertEquals(Optional.empty(), found(queued(1)));
    }

    @Test
    void oneWhoseEndIsNotKeptYetIsNotSaidToBeDeleted() {
        // reliability.md A11: deletion deletes; what waits to be kept would bring it back
        MessageRecord end = delivered(queued(1));
        database.execute("ALTER TABLE calls RENAME TO calls_away");
        store().calls().write(Calls.queued(1));
        messages().write(end);
        assertThrows(RecordsUnavailable.class, () -> messages().delete(Calls.ACCOUNT, end.sid()));
        assertEquals(Optional.of(end), found(end));
        database.execute("ALTER TABLE calls_away RENAME TO calls");
        restart();
        messages().delete(Calls.ACCOUNT, end.sid());
        restart();
        assertEquals(Optional.empty(), found(end));
    }
}

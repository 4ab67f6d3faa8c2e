package teleapi.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import teleapi.call.CallStatus;
import teleapi.call.Sid;
import teleapi.call.records.CallFilter;
import teleapi.call.records.CallQuality;
import teleapi.call.records.CallRecord;
import teleapi.call.records.CallRecords;
import teleapi.call.records.ConferenceRecord;
import teleapi.call.records.Notification;
import teleapi.call.records.Page;
import teleapi.call.records.RecordsUnavailable;
import teleapi.media.Quality;
import teleapi.runtime.Deadline;

/** Records on real databases of both kinds. */
final class CallRecordsTest extends OnBothDatabases {
    private CallRecords calls() {
        return store().calls();
    }

    private Page<CallRecord> list(CallFilter filter, int page, int size) {
        return calls().list(Calls.ACCOUNT, filter, page, size);
    }

    @Test
    void whatIsCommittedIsTheSameAfterARestart() {
        // CONTRACT 5: nothing that was answered with 2xx is lost; every column comes back as it was
        CallRecord call = Calls.ended(Calls.answered(Calls.queued(1), 2), CallStatus.COMPLETED, 3);
        calls().commit(call);
        restart();
        assertEquals(Optional.of(call), calls().find(Calls.ACCOUNT, call.sid()));
    }

    @Test
    void howWellACallSoundedIsKeptOnce() {
        // ADR-0023: beside the record, which is final by then; figures to a thousandth of a millisecond
        Sid sid = Calls.queued(1).sid();
        Quality.FarEnd far = new Quality.FarEnd(0.0125, 3.25, 7.5);
        Quality quality = new Quality(
                "PCMU",
                100,
                90,
                8,
                3,
                2,
                17,
                1.234,
                20.5,
                OptionalDouble.of(41.25),
                OptionalDouble.of(60),
                Optional.of(far));
        Quality deaf = new Quality(
                "PCMA", 7, 0, 0, 0, 0, 0, 0, 0, OptionalDouble.empty(), OptionalDouble.empty(), Optional.empty());
        CallQuality kept = new CallQuality(sid, Calls.ACCOUNT, Calls.NOON, quality);
        CallQuality other = new CallQuality(Calls.queued(2).sid(), Calls.ACCOUNT, Calls.NOON, deaf);
        assertEquals(Optional.empty(), calls().quality(Calls.ACCOUNT, sid));
        calls().write(kept);
        calls().write(other);
        assertEquals(Optional.of(kept), calls().quality(Calls.ACCOUNT, sid));
        restart();
        calls().write(new CallQuality(sid, Calls.ACCOUNT, Calls.NOON.plusSeconds(1), deaf));
        restart();
        assertEquals(Optional.of(kept), calls().quality(Calls.ACCOUNT, sid));
        assertEquals(Optional.of(other), calls().quality(Calls.ACCOUNT, other.callSid()));
        assertEquals(Optional.empty(), calls().quality(Calls.OTHER, sid));
    }

    @Test
    void aWrittenRecordIsFoundAtOnceAndKeptLater() {
        // CallRecords: find sees the newest written, also when it is not kept yet
        CallRecord call = Calls.ended(Calls.queued(1), CallStatus.BUSY, 1);
        calls().write(call);
        assertEquals(Optional.of(call), calls().find(Calls.ACCOUNT, call.sid()));
        restart();
        assertEquals(Optional.of(call), calls().find(Calls.ACCOUNT, call.sid()));
    }

    @Test
    void aRecordOfAnotherAccountIsUnknown() {
        // reliability.md A8: every query carries the account
        calls().commit(Calls.queued(1));
        assertEquals(Optional.empty(), calls().find(Calls.OTHER, Calls.queued(1).sid()));
        assertEquals(0, calls().list(Calls.OTHER, Calls.any(), 0, 50).total());
    }

    @Test
    void anOlderSnapshotChangesNothing() {
        // CallRecords: a write with a lower revision has no effect, whatever the order of arrival
        CallRecord newer = Calls.answered(Calls.queued(1), 5);
        calls().commit(newer);
        calls().commit(Calls.queued(1));
        calls().write(Calls.queued(1));
        assertEquals(List.of(newer), list(Calls.any(), 0, 50).items());
    }

    @Test
    void aFinalRecordIsNeverOverwritten() {
        // ARCHITECTURE invariant 8: final states are final
        CallRecord ended = Calls.ended(Calls.queued(1), CallStatus.CANCELED, 3);
        calls().commit(ended);
        calls().commit(Calls.answered(Calls.queued(1), 9));
        calls().write(Calls.answered(Calls.queued(1), 10));
        assertEquals(List.of(ended), list(Calls.any(), 0, 50).items());
    }

    @Test
    void snapshotsInAnyOrderEndAsTheNewest() {
        // CallRecords: each row ends as its newest snapshot, however writes and commits are mixed
        List<CallRecord> writes = new ArrayList<>();
        for (int call = 1; call <= 40; call++) {
            for (int revision = 1; revision <= 8; revision++) {
                writes.add(Calls.answered(Calls.queued(call), revision));
            }
        }
        Random random = new Random(7);
        Collections.shuffle(writes, random);
        for (CallRecord write : writes) {
            if (random.nextInt(4) == 0) {
                calls().commit(write);
            } else {
                calls().write(write);
            }
        }
        assertTrue(list(Calls.any(), 0, 1000).items().stream().allMatch(call -> call.revision() == 8));
        assertEquals(40, list(Calls.any(), 0, 1000).total());
    }

    @Test
    void writesOutliveAnOutageOfTheDatabase() {
        // CallRecords: write never waits; what cannot be kept now is tried again
        CallRecord call = Calls.ended(Calls.queued(1), CallStatus.COMPLETED, 1);
        database.execute("ALTER TABLE calls RENAME TO calls_away");
        calls().write(call);
        assertEquals(Optional.of(call), calls().find(Calls.ACCOUNT, call.sid()));
        assertThrows(RecordsUnavailable.class, () -> calls().commit(Calls.queued(2)));
        assertThrows(RecordsUnavailable.class, () -> list(Calls.any(), 0, 50));
        assertTrue(reportsTrouble());
        database.execute("ALTER TABLE calls_away RENAME TO calls");
        restart();
        assertEquals(Optional.of(call), calls().find(Calls.ACCOUNT, call.sid()));
        assertEquals(Optional.empty(), store().reading().trouble());
    }

    @Test
    void aCallerNameWithNulDoesNotHoldUpTheOthers() {
        // PostgreSQL refuses U+0000 in text; the name comes from a SIP header of a stranger
        calls().write(Calls.named(Calls.queued(1), "sip:a\0b@example.org", Optional.of("\0")));
        calls().write(Calls.queued(2));
        assertEquals(
                "sip:ab@example.org",
                list(Calls.any(), 0, 50).items().getFirst().from());
        assertEquals(2, list(Calls.any(), 0, 50).total());
    }

    @Test
    void aRecordThatTheDatabaseRefusesIsDroppedAloneAndCounted() {
        // Writer: content that the database refuses must not hold up what is behind it
        database.execute("ALTER TABLE calls ADD CONSTRAINT test_refusal CHECK (caller <> 'bad')");
        calls().write(Calls.queued(1));
        calls().write(Calls.named(Calls.queued(2), "bad", Optional.empty()));
        calls().write(Calls.queued(3));
        assertEquals(2, list(Calls.any(), 0, 50).total());
        assertEquals(1, store().reading().lost());
    }

    @Test
    void openRecordsOfACrashGetATrueEnd() {
        // CONTRACT 5: after kill -9 every call record reaches a final, truthful state
        CallRecord ringing = Calls.queued(1);
        CallRecord answered = Calls.answered(Calls.queued(2), 4);
        calls().commit(ringing);
        calls().commit(answered);
        restart();
        CallRecord failed = calls().find(Calls.ACCOUNT, ringing.sid()).orElseThrow();
        assertEquals(CallStatus.FAILED, failed.status());
        assertEquals(Optional.of(ringing.dateUpdated()), failed.endTime());
        assertEquals(Optional.of(Duration.ZERO), failed.duration());
        CallRecord completed = calls().find(Calls.ACCOUNT, answered.sid()).orElseThrow();
        assertEquals(CallStatus.COMPLETED, completed.status());
        assertEquals(Optional.of(answered.dateUpdated()), completed.endTime());
        assertEquals(Optional.of(Duration.ofSeconds(3)), completed.duration());
        assertEquals(Optional.of("error"), completed.cause());
    }

    @Test
    void pagesDoNotOverlapAndCountAll() {
        // restcomm.md 4.1: Page is counted from 0; equal dates are in order of sid
        for (int number = 1; number <= 25; number++) {
            calls().commit(Calls.queued(number));
        }
        List<CallRecord> seen = new ArrayList<>();
        for (int page = 0; page < 3; page++) {
            seen.addAll(list(Calls.any(), page, 10).items());
        }
        assertEquals(25, seen.stream().map(CallRecord::sid).distinct().count());
        assertEquals(25, list(Calls.any(), 2, 10).total());
        assertEquals(5, list(Calls.any(), 2, 10).items().size());
        assertEquals(0, list(Calls.any(), 3, 10).items().size());
    }

    @Test
    void filtersHoldTogether() {
        // CONTRACT 2: To, From, Status, StartTime, EndTime, ParentCallSid, ConferenceSid; all conditions must hold
        CallRecord call = Calls.ended(Calls.answered(Calls.queued(1), 2), CallStatus.COMPLETED, 3);
        calls().commit(call);
        calls().commit(Calls.queued(2));
        CallFilter both = new CallFilter(
                Optional.of("+15550002"),
                Optional.of("+15550001"),
                Optional.of(CallStatus.COMPLETED),
                Optional.of(Calls.NOON.plusSeconds(5)),
                Optional.of(Calls.NOON.plusSeconds(6)),
                Optional.of(Calls.NOON.plusSeconds(60)),
                Optional.of(Calls.NOON.plusSeconds(61)),
                Optional.empty(),
                Optional.empty(),
                CallFilter.Sort.DURATION,
                false);
        assertEquals(List.of(call), list(both, 0, 50).items());
        CallFilter hostile = new CallFilter(
                Optional.of("' OR 1=1 --\0"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(call.sid()),
                Optional.of(call.sid()),
                CallFilter.Sort.STATUS,
                true);
        assertEquals(0, list(hostile, 0, 50).total());
    }

    @Test
    void conferencesAndNotificationsAreKept() {
        // ConferenceRecords, Notifications: the same terms as CallRecords; newest notification first
        ConferenceRecord room = new ConferenceRecord(
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
        assertEquals(Optional.of(room), store().conferences().find(Calls.ACCOUNT, room.sid()));
        Notification older = notification(1);
        Notification newer = notification(2);
        store().notifications().write(older);
        store().notifications().write(newer);
        assertEquals(
                List.of(newer, older),
                store().notifications()
                        .list(Calls.ACCOUNT, Optional.of(Calls.queued(1).sid()), 0, 50)
                        .items());
        restart();
        Page<ConferenceRecord> ended = store().conferences()
                .list(Calls.ACCOUNT, Optional.of(ConferenceRecord.Status.COMPLETED), Optional.of("Room"), 0, 50);
        assertEquals(1, ended.total());
    }

    private boolean reportsTrouble() {
        Deadline deadline = world.time().after(Duration.ofSeconds(20));
        while (store().reading().trouble().isEmpty() && !deadline.passed(world.time())) {
            world.<Boolean>mailbox("pause", 1).take(world.time().after(Duration.ofMillis(20)));
        }
        return store().reading().trouble().isPresent();
    }

    private static Notification notification(int number) {
        return new Notification(
                new Sid("NO" + "0".repeat(31) + number),
                Calls.ACCOUNT,
                Optional.of(Calls.queued(1).sid()),
                Calls.NOON.plusSeconds(number),
                true,
                11200,
                "no answer",
                Optional.of("http://127.0.0.1/document"));
    }
}

package teleapi.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import teleapi.call.Sid;
import teleapi.call.records.RecordingRecord;
import teleapi.call.records.Recordings;
import teleapi.call.records.RecordsUnavailable;
import teleapi.call.records.TranscriptionRecord;
import teleapi.call.records.Transcriptions;

/** Records of recordings, on real databases of both kinds. */
final class RecordingRecordsTest extends OnBothDatabases {
    private static final Sid CALL = Calls.queued(1).sid();
    private static final Sid ROOM = new Sid("CF" + "0".repeat(32));

    private Recordings recordings() {
        return store().recordings();
    }

    private static RecordingRecord begun(int number) {
        return RecordingRecord.begun(
                new Sid("RE" + "0".repeat(31) + number),
                Calls.ACCOUNT,
                CALL,
                Optional.empty(),
                2,
                "both",
                "DialVerb",
                Calls.NOON.plusSeconds(number));
    }

    private static RecordingRecord ofConference(int number) {
        RecordingRecord call = begun(number);
        return new RecordingRecord(
                call.sid(),
                call.accountSid(),
                call.callSid(),
                Optional.of(ROOM),
                1,
                "both",
                "Conference",
                call.status(),
                call.startTime(),
                call.dateUpdated(),
                Optional.empty(),
                Optional.empty(),
                0);
    }

    private Optional<RecordingRecord> found(RecordingRecord recording) {
        return recordings().find(Calls.ACCOUNT, recording.sid());
    }

    @Test
    void anEndIsKeptAndNothingOverwritesIt() {
        // CONTRACT section 5; ARCHITECTURE invariant 8
        RecordingRecord begun = begun(1);
        RecordingRecord end = begun.ended(Calls.NOON.plusSeconds(9), Duration.ofMillis(8_020), true);
        recordings().write(begun);
        recordings().write(end);
        restart();
        assertEquals(Optional.of(end), found(begun));
        recordings().write(begun.cutOff());
        restart();
        assertEquals(Optional.of(end), found(begun));
    }

    @Test
    void whatACrashCutOffIsSaidToHaveFailed() {
        // CONTRACT section 5: every record reaches a final, truthful state
        RecordingRecord begun = begun(1);
        recordings().write(begun);
        restart();
        assertEquals(Optional.of(begun.cutOff()), found(begun));
    }

    @Test
    void theirTextsAreKeptListedAndDeletedWithThem() {
        // restcomm.md 4.4; CONTRACT section 5: what a crash cut off has failed
        TranscriptionRecord begun = new TranscriptionRecord(
                new Sid("GT" + "0".repeat(32)),
                Calls.ACCOUNT,
                CALL,
                begun(1).sid(),
                TranscriptionRecord.Status.IN_PROGRESS,
                Calls.NOON,
                Calls.NOON,
                Duration.ofMillis(8_020),
                "",
                0);
        Transcriptions texts = store().transcriptions();
        texts.write(begun);
        restart();
        texts = store().transcriptions();
        assertEquals(Optional.of(begun.interrupted()), texts.find(Calls.ACCOUNT, begun.sid()));
        assertEquals(
                List.of(begun.interrupted()),
                texts.list(Calls.ACCOUNT, Optional.of(begun(1).sid()), 0, 50).items());
        assertEquals(
                List.of(),
                texts.list(Calls.ACCOUNT, Optional.of(begun(2).sid()), 0, 50).items());
        recordings().write(begun(1).ended(Calls.NOON, Duration.ofSeconds(9), true));
        recordings().delete(Calls.ACCOUNT, begun(1).sid());
        assertEquals(Optional.empty(), texts.find(Calls.ACCOUNT, begun.sid()));
    }

    @Test
    void theyAreListedTheNewestFirst() {
        // peers.md 2.5
        List.of(begun(1), begun(2)).forEach(recordings()::write);
        assertEquals(
                List.of(begun(2), begun(1)),
                recordings()
                        .list(Calls.ACCOUNT, Optional.of(CALL), Optional.empty(), 0, 50)
                        .items());
        assertEquals(
                List.of(),
                recordings()
                        .list(Calls.ACCOUNT, Optional.of(Calls.queued(2).sid()), Optional.empty(), 0, 50)
                        .items());
    }

    @Test
    void thoseOfAConferenceAreListedAlone() {
        // peers.md 2.5: Conferences/{}/Recordings; and a crash cuts them off as those of calls
        List.of(begun(1), ofConference(2)).forEach(recordings()::write);
        assertEquals(
                List.of(ofConference(2)),
                recordings()
                        .list(Calls.ACCOUNT, Optional.empty(), Optional.of(ROOM), 0, 50)
                        .items());
        restart();
        assertEquals(Optional.of(ofConference(2).cutOff()), found(ofConference(2)));
    }

    @Test
    void thoseThatHaveBeenKeptForLongAreFoundTheOldestFirst() {
        // issue 4, 4: retention counts from their end
        Instant end = Calls.NOON.plusSeconds(100);
        recordings().write(begun(1));
        recordings().write(begun(2).ended(end.plusSeconds(2), Duration.ofSeconds(1), true));
        recordings().write(begun(3).ended(end.plusSeconds(1), Duration.ofSeconds(1), false));
        recordings().write(begun(4).ended(end.plusSeconds(3), Duration.ofSeconds(1), true));
        restart();
        assertEquals(
                List.of(begun(1).sid(), begun(3).sid(), begun(2).sid()),
                recordings().endedBefore(end.plusSeconds(3), 10).stream()
                        .map(RecordingRecord::sid)
                        .toList());
        assertEquals(1, recordings().endedBefore(end.plusSeconds(3), 1).size());
    }

    @Test
    void oneThatHasEndedIsDeletedAndStaysSo() {
        // reliability.md A11: deletion deletes
        RecordingRecord begun = begun(1);
        recordings().write(begun);
        recordings().delete(Calls.ACCOUNT, begun.sid());
        assertEquals(Optional.of(begun), found(begun), "it runs");
        recordings().write(begun.ended(Calls.NOON, Duration.ZERO, false));
        recordings().delete(Calls.ACCOUNT, begun.sid());
        assertEquals(Optional.empty(), found(begun));
        restart();
        assertEquals(Optional.empty(), found(begun));
    }

    @Test
    void oneWhoseEndIsNotKeptYetIsNotSaidToBeDeleted() {
        // reliability.md A11: deletion deletes; what waits to be kept would bring it back
        RecordingRecord end = begun(1).ended(Calls.NOON, Duration.ofSeconds(1), true);
        database.execute("ALTER TABLE calls RENAME TO calls_away");
        store().calls().write(Calls.queued(1));
        recordings().write(end);
        assertThrows(RecordsUnavailable.class, () -> recordings().delete(Calls.ACCOUNT, end.sid()));
        assertEquals(Optional.of(end), found(end));
        database.execute("ALTER TABLE calls_away RENAME TO calls");
        restart();
        recordings().delete(Calls.ACCOUNT, end.sid());
        restart();
        assertEquals(Optional.empty(), found(end));
    }
}

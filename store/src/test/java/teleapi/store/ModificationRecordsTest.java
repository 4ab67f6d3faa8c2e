package teleapi.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import teleapi.call.ModificationStatus;
import teleapi.call.ModificationStatus.State;
import teleapi.call.Sid;
import teleapi.call.records.ModificationRecord;
import teleapi.call.records.ModificationRecords;

/** What became of modifications, on real databases of both kinds. */
final class ModificationRecordsTest extends OnBothDatabases {
    private static final Sid CALL = Calls.queued(1).sid();

    private ModificationRecords modifications() {
        return store().modifications();
    }

    private static ModificationRecord accepted(int number) {
        return ModificationRecord.accepted(
                new Sid("MO" + "0".repeat(31) + number), Calls.ACCOUNT, CALL, Calls.NOON.plusSeconds(number));
    }

    private static ModificationRecord after(ModificationRecord before, State state) {
        Map<String, Duration> timings = Map.of("fetched", Duration.ofNanos(1_234_567), "applied", Duration.ofMillis(9));
        ModificationStatus status = new ModificationStatus(
                before.sid(),
                state,
                11200,
                "no answer",
                timings,
                Calls.queued(1),
                teleapi.call.ControlState.NONE,
                java.util.Optional.empty());
        return before.after(status, Calls.NOON.plusSeconds(9));
    }

    @Test
    void theLastStatusIsToldAfterARestart() {
        // CONTRACT 2: GET Calls/{CallSid}/Modifications tells it later
        ModificationRecord failed = after(after(accepted(1), State.PREPARING), State.FAILED);
        modifications().write(accepted(1));
        modifications().write(failed);
        assertEquals(Optional.of(failed), modifications().find(Calls.ACCOUNT, CALL, failed.sid()));
        restart();
        assertEquals(Optional.of(failed), modifications().find(Calls.ACCOUNT, CALL, failed.sid()));
    }

    @Test
    void whatWasOpenWhenTheServerDiedHasFailedAndSaysWhy() {
        // Issue 3: every accepted modification has exactly one outcome
        modifications().write(accepted(1));
        modifications().write(after(accepted(2), State.PREPARING));
        restart();
        List<ModificationRecord> all =
                modifications().list(Calls.ACCOUNT, CALL, 0, 50).items();
        assertEquals(
                List.of(accepted(1).sid(), accepted(2).sid()),
                all.stream().map(ModificationRecord::sid).toList());
        for (ModificationRecord modification : all) {
            assertEquals(State.FAILED, modification.state());
            assertEquals(ModificationRecord.INTERRUPTED, modification.code());
            assertEquals("the server ended while it was under way", modification.reason());
        }
    }

    @Test
    void anEarlierStatusThatComesLateChangesNothing() {
        // ARCHITECTURE invariant 8: final states are final; the request and the call write from two threads
        ModificationRecord applied = after(accepted(1), State.APPLIED);
        modifications().write(applied);
        modifications().write(accepted(1));
        assertEquals(
                List.of(applied),
                modifications().list(Calls.ACCOUNT, CALL, 0, 50).items());
        modifications().write(accepted(1));
        modifications().write(after(accepted(1), State.SUPERSEDED));
        assertEquals(
                List.of(applied),
                modifications().list(Calls.ACCOUNT, CALL, 0, 50).items());
    }

    @Test
    void whenItWasHeardIsKeptAsWellAndNothingElseAfterTheOutcome() {
        // Issue 3, 3: timings to the first packet
        for (int number = 1; number <= 2; number++) {
            ModificationRecord applied = after(accepted(number), State.APPLIED);
            ModificationRecord heard = after(applied, State.HEARD);
            modifications().write(applied);
            if (number == 1) {
                // The row is there already, and is no snapshot that still waits to be written.
                restart();
            }
            modifications().write(heard);
            modifications().write(after(heard, State.FAILED));
            modifications().write(after(applied, State.SUPERSEDED));
            restart();
            assertEquals(Optional.of(heard), modifications().find(Calls.ACCOUNT, CALL, heard.sid()));
        }
    }

    @Test
    void theyBelongToTheirCallAndAccount() {
        // reliability.md A8: every query carries the account
        modifications().write(accepted(1));
        Sid sid = accepted(1).sid();
        assertEquals(Optional.empty(), modifications().find(Calls.OTHER, CALL, sid));
        assertEquals(
                Optional.empty(),
                modifications().find(Calls.ACCOUNT, Calls.queued(2).sid(), sid));
        assertEquals(0, modifications().list(Calls.OTHER, CALL, 0, 50).total());
    }
}

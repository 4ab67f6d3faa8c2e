package teleapi.rest.resource;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import teleapi.call.ModificationStatus;
import teleapi.call.Sid;
import teleapi.call.records.ModificationRecord;
import teleapi.call.records.ModificationRecords;
import teleapi.call.records.Page;
import teleapi.runtime.Time;

/**
 * What becomes of modifications, for {@code GET Calls/{CallSid}/Modifications}: the open ones in memory, all of them kept by the store.
 *
 * <pre>
 * Shape   open ones are as many as wait in the mailboxes of live calls
 * Thread  opened, accepted, refused: the request's; told: the call's; find, list: any that may wait
 * </pre>
 */
final class ModificationLog {
    /** Packets come every 20 ms: of so many applied at once few are still to be heard. */
    private static final int MOST_UNHEARD = 1_000;

    private final Time time;
    private final ModificationRecords records;
    private final ConcurrentHashMap<Sid, ModificationRecord> open = new ConcurrentHashMap<>();
    private final LinkedBlockingQueue<Sid> unheard = new LinkedBlockingQueue<>();

    ModificationLog(Time time, ModificationRecords records) {
        this.time = time;
        this.records = records;
    }

    /** Before it is handed to its call, whose first status may come at once. */
    ModificationRecord opened(Sid sid, Sid account, Sid call) {
        ModificationRecord record = ModificationRecord.accepted(sid, account, call, time.now());
        open.put(sid, record);
        return record;
    }

    /** For when its call has told nothing yet; what that tells meanwhile is newer and stays. */
    void accepted(ModificationRecord first) {
        records.write(first);
    }

    void refused(ModificationRecord first) {
        open.remove(first.sid());
    }

    void told(ModificationStatus status) {
        Instant now = time.now();
        ModificationRecord next = open.computeIfPresent(status.sid(), (sid, before) -> before.after(status, now));
        if (next != null) {
            // Written before it is forgotten here: it can be found at every moment.
            records.write(next);
            if (status.state() == ModificationStatus.State.APPLIED) {
                waitForFirstPacket(status.sid());
            } else if (status.state().last() || status.state() == ModificationStatus.State.HEARD) {
                open.remove(status.sid());
            }
        }
    }

    /** Its first packet may be told yet; or never, and then it is forgotten here after many others. */
    private void waitForFirstPacket(Sid applied) {
        unheard.add(applied);
        if (unheard.size() > MOST_UNHEARD) {
            Optional.ofNullable(unheard.poll()).ifPresent(open::remove);
        }
    }

    Optional<ModificationRecord> find(Sid account, Sid call, Sid modification) {
        return Optional.ofNullable(open.get(modification))
                .filter(record ->
                        record.accountSid().equals(account) && record.callSid().equals(call))
                .or(() -> records.find(account, call, modification));
    }

    /** Of a call, oldest first. */
    Page<ModificationRecord> list(Sid account, Sid call, int page, int size) {
        return records.list(account, call, page, size);
    }
}

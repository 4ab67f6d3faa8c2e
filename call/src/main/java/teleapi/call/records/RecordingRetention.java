package teleapi.call.records;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import teleapi.runtime.Mailbox;
import teleapi.runtime.World;

/**
 * Deletes recordings that have been kept for long enough, sound and record.
 *
 * <pre>
 * Thread  its own; end: any
 * Errors  what cannot be deleted now is tried again at the next turn
 * Source  ADR-0019
 * </pre>
 */
public final class RecordingRetention {
    private static final Duration TURN = Duration.ofMinutes(1);

    /** In one look at the database. */
    private static final int AT_ONCE = 100;

    private static final Logger LOG = LoggerFactory.getLogger(RecordingRetention.class);

    private final World world;
    private final Recordings recordings;
    private final RecordingFolder folder;
    private final Duration kept;
    private final Mailbox<Boolean> ending;

    private RecordingRetention(World world, Recordings recordings, RecordingFolder folder, Duration kept) {
        this.world = world;
        this.recordings = recordings;
        this.folder = folder;
        this.kept = kept;
        this.ending = world.mailbox("recording retention", 1);
    }

    /** Begins to delete those that ended longer than {@code kept} ago. */
    public static RecordingRetention start(World world, Recordings recordings, RecordingFolder folder, Duration kept) {
        var made = new RecordingRetention(world, recordings, folder, kept);
        world.startHeavy("recording retention", made::run);
        return made;
    }

    public void end() {
        ending.offer(true);
    }

    private void run() {
        while (ending.take(world.time().after(TURN)).isEmpty()) {
            try {
                deleteOld();
            } catch (RecordsUnavailable away) {
                LOG.warn("old recordings stay for now: {}", away.getMessage());
            }
        }
    }

    private void deleteOld() {
        long deleted;
        do {
            List<RecordingRecord> old =
                    recordings.endedBefore(world.time().now().minus(kept), AT_ONCE);
            deleted = old.stream().filter(this::delete).count();
        } while (deleted == AT_ONCE);
    }

    /** One that cannot be deleted is not in the way of the others. */
    private boolean delete(RecordingRecord recording) {
        try {
            folder.delete(recording, recordings);
            return true;
        } catch (IOException | RecordsUnavailable stays) {
            LOG.warn("recording {} stays for now: {}", recording.sid(), stays.toString());
            return false;
        }
    }
}

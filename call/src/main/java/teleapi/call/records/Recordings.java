package teleapi.call.records;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import teleapi.call.Sid;

/** Keeps the records of recordings; the same terms as {@link CallRecords}. Their sound is in the {@link RecordingFolder}. */
public interface Recordings {
    /** Keeps it soon; never waits. */
    void write(RecordingRecord record);

    Optional<RecordingRecord> find(Sid account, Sid recording) throws RecordsUnavailable;

    /** Of an account, or of one call or conference of it; newest first. */
    Page<RecordingRecord> list(Sid account, Optional<Sid> call, Optional<Sid> conference, int page, int size)
            throws RecordsUnavailable;

    /** Some of those that ended before then, of whatever account. */
    List<RecordingRecord> endedBefore(Instant then, int most) throws RecordsUnavailable;

    /** Forgets one that has ended. */
    void delete(Sid account, Sid recording) throws RecordsUnavailable;
}

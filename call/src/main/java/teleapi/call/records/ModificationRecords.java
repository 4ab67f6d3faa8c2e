package teleapi.call.records;

import java.util.Optional;
import teleapi.call.Sid;

/** Keeps what became of modifications, for 30 days; the same terms as {@link CallRecords}. */
public interface ModificationRecords {
    /** Keeps it soon; never waits. */
    void write(ModificationRecord record);

    /** The newest written, also when it is not kept yet. */
    Optional<ModificationRecord> find(Sid account, Sid call, Sid modification) throws RecordsUnavailable;

    /** Of a call, oldest first. */
    Page<ModificationRecord> list(Sid account, Sid call, int page, int size) throws RecordsUnavailable;
}

package teleapi.call.records;

import java.util.Optional;
import teleapi.call.Sid;

/** Keeps conference records; the same terms as {@link CallRecords}. */
public interface ConferenceRecords {
    void write(ConferenceRecord record);

    Optional<ConferenceRecord> find(Sid account, Sid conference) throws RecordsUnavailable;

    Page<ConferenceRecord> list(
            Sid account, Optional<ConferenceRecord.Status> status, Optional<String> friendlyName, int page, int size)
            throws RecordsUnavailable;
}

package teleapi.call.records;

import java.util.Optional;
import teleapi.call.Sid;

/** Keeps the records of transcriptions; the same terms as {@link CallRecords}. They are forgotten with their recording. */
public interface Transcriptions {
    /** Keeps it soon; never waits. */
    void write(TranscriptionRecord record);

    Optional<TranscriptionRecord> find(Sid account, Sid transcription) throws RecordsUnavailable;

    /** Of an account, or of one recording of it; newest first. */
    Page<TranscriptionRecord> list(Sid account, Optional<Sid> recording, int page, int size) throws RecordsUnavailable;

    /** Forgets one that has ended. */
    void delete(Sid account, Sid transcription) throws RecordsUnavailable;
}

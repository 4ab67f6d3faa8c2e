package teleapi.call.records;

import java.util.Optional;
import teleapi.call.Sid;

/** Keeps the records of text messages; the same terms as {@link CallRecords}. */
public interface MessageRecords {
    /** Keeps it soon, in order of writing; never waits. */
    void write(MessageRecord record);

    /** Keeps it before it returns. */
    void commit(MessageRecord record) throws RecordsUnavailable;

    /** The newest written, also when it is not kept yet. */
    Optional<MessageRecord> find(Sid account, Sid message) throws RecordsUnavailable;

    /** Newest first. */
    Page<MessageRecord> list(Sid account, MessageFilter filter, int page, int size) throws RecordsUnavailable;

    /** Forgets one that has ended. */
    void delete(Sid account, Sid message) throws RecordsUnavailable;
}

package teleapi.call.records;

import java.util.Optional;
import teleapi.call.Sid;

/**
 * Keeps the journals of calls that have ended, a bounded number of them.
 *
 * <pre>
 * Thread  write: any, never waits. find may wait
 * Errors  find throws RecordsUnavailable
 * Source  ADR-0013
 * </pre>
 */
public interface Journals {
    /** Keeps it soon, instead of an earlier and shorter one of the same call. */
    void write(CallJournal journal);

    /** The newest written; empty when the call still lives, never was, or has been forgotten. */
    Optional<CallJournal> find(Sid account, Sid call) throws RecordsUnavailable;
}

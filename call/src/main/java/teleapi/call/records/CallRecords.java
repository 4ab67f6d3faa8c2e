package teleapi.call.records;

import java.util.Optional;
import teleapi.call.Sid;

/**
 * Keeps call records.
 *
 * <pre>
 * Shape   a write is one whole snapshot; one with a lower revision, or over a final status, has no effect
 * Thread  both write: any, never waits. The others may wait: never from a script, a SIP worker or a media loop
 * Errors  commit throws RecordsUnavailable; reads do too
 * Source  ARCHITECTURE invariant 8; ADR-0007
 * </pre>
 */
public interface CallRecords {
    /** Keeps it soon, in order of writing; what cannot be kept now is tried again. */
    void write(CallRecord record);

    /** Keeps it before it returns: what the API has answered with 2xx is not lost. */
    void commit(CallRecord record) throws RecordsUnavailable;

    /** The newest written, also when it is not kept yet. */
    Optional<CallRecord> find(Sid account, Sid call) throws RecordsUnavailable;

    /** Keeps how well its sound went, once, soon. */
    void write(CallQuality quality);

    /** Empty when the call still lives, never had sound, or is forgotten. */
    Optional<CallQuality> quality(Sid account, Sid call) throws RecordsUnavailable;

    Page<CallRecord> list(Sid account, CallFilter filter, int page, int size) throws RecordsUnavailable;
}

package teleapi.call.records;

import java.util.List;

/** Keeps what is owed; write: any thread, never waits; the others may wait. Source: CONTRACT section 5; ADR-0013. */
public interface OwedCallbacks {
    /** Keeps it soon; forgets one that is settled. */
    void write(OwedCallback callback);

    /** Keeps it before it returns: a call that the API has promised has its last callback, come what may. */
    void commit(OwedCallback callback) throws RecordsUnavailable;

    /** What an earlier run of the server still owes: to be asked before the first call. */
    List<OwedCallback> left() throws RecordsUnavailable;
}

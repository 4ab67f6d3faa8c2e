package teleapi.call.records;

import java.util.List;

/** Keeps what is owed; write: any thread, never waits. Source: CONTRACT section 5; ADR-0013. */
public interface OwedCallbacks {
    /** Keeps it soon; forgets one that is settled. */
    void write(OwedCallback callback);

    /** What an earlier run of the server still owes: to be asked before the first call. */
    List<OwedCallback> left() throws RecordsUnavailable;
}

package teleapi.call.records;

import teleapi.call.CallStatus;
import teleapi.call.Sid;
import teleapi.call.StatusCallback;
import teleapi.rcml.HttpMethod;

/**
 * The final status callback that somebody waits for: kept while it is owed, so that a server that died makes good for it at its next start.
 *
 * @param sid of the call or the conference that ends with it
 * @param sequence its SequenceNumber if it ended now
 * @param previousStatus what the callback before said; of a conference nothing
 * @param revision grows with each change
 * @param settled delivered, or given up
 */
public record OwedCallback(
        Sid sid,
        Sid accountSid,
        String url,
        HttpMethod method,
        int sequence,
        String previousStatus,
        long revision,
        boolean settled) {
    /** Of a call that is about to begin. */
    public static OwedCallback first(Sid call, Sid account, StatusCallback callback) {
        return new OwedCallback(
                call, account, callback.url(), callback.method(), 0, CallStatus.QUEUED.text(), 0, false);
    }

    public OwedCallback paid() {
        return new OwedCallback(sid, accountSid, url, method, sequence, previousStatus, revision + 1, true);
    }
}

package teleapi.call.records;

import java.time.Instant;
import teleapi.call.Sid;

/** What became of claiming an Idempotency-Key. */
public sealed interface KeyClaim {
    /**
     * It is the claimant's, who does the work now.
     *
     * @param sid the key's own
     * @param request its digest
     */
    record Mine(Sid sid, Sid account, String request, Instant since) implements KeyClaim {}

    /** The same request is still at work. */
    record Running() implements KeyClaim {}

    /** The same request was at work when the server died or it broke: nobody knows what came of it. */
    record Unknown() implements KeyClaim {}

    /** The same request has been answered. */
    record Answered(KeptAnswer answer) implements KeyClaim {}

    /** Another request has the key. */
    record Taken() implements KeyClaim {}
}

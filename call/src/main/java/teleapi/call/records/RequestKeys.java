package teleapi.call.records;

import teleapi.call.Sid;

/**
 * Keeps which requests with an Idempotency-Key have been taken, and how each was answered.
 *
 * <pre>
 * Shape   a key belongs to one account, and to its first request for 24 hours
 * Thread  any that may wait. One that has claimed a key ends that with exactly one of answered, unknown, release
 * Errors  claim throws RecordsUnavailable; then nothing is claimed
 * Source  CONTRACT section 2; ADR-0012
 * </pre>
 */
public interface RequestKeys {
    /**
     * Takes the key, or says who has it. That it is taken is kept before this returns, and so before the request has any effect.
     *
     * @param request what tells two requests apart, of any length
     */
    KeyClaim claim(Sid account, String key, byte[] request) throws RecordsUnavailable;

    /** The request was answered; kept before this returns, or later when the database does not answer now. */
    void answered(KeyClaim.Mine claim, KeptAnswer answer);

    /** It broke, and nobody knows whether it had an effect. */
    void unknown(KeyClaim.Mine claim);

    /** It had no effect: the key is free for another try. */
    void release(KeyClaim.Mine claim);
}

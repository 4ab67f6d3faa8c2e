/**
 * Digest authentication (RFC 7616, 8760, 2617; RFC 3261 §22), both sides, without input or output. Transactions ask
 * {@link teleapi.sip.auth.DigestServer} who a request is from, and {@link teleapi.sip.auth.DigestClient} for the answer to a challenge.
 * Start reading at {@link teleapi.sip.auth.DigestServer}; the arithmetic is in {@link teleapi.sip.auth.Algorithm}.
 */
@org.jspecify.annotations.NullMarked
package teleapi.sip.auth;

/**
 * Transactions (RFC 3261 §17 as corrected by RFC 4320 and RFC 6026): retransmissions, and their end.
 *
 * <p>Four pure machines, one per figure of the RFC, and {@link teleapi.sip.transaction.Transactions}, which runs them on a SIP worker.
 * Called by {@code teleapi.sip} and {@code teleapi.sip.dialog} on the worker's thread. Start reading at
 * {@link teleapi.sip.transaction.InviteClient}.
 */
@org.jspecify.annotations.NullMarked
package teleapi.sip.transaction;

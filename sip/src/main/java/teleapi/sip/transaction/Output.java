package teleapi.sip.transaction;

/**
 * What a transaction machine wants done. Timers have the letters of RFC 3261 §17 and RFC 6026 §8.
 *
 * <pre>
 * Shape   SET starts or restarts a timer; setting a timer that ends a state replaces the one of the state before
 * Source  RFC 3261 table 4, RFC 6026 §7
 * </pre>
 */
public enum Output {
    /** Send the request (client) or the latest response (server), again if need be. */
    SEND,
    /** Send the ACK to a final response that is no 2xx. */
    SEND_ACK,
    /** Hand the message to the transaction user. */
    TELL,
    /** Nothing came in time. */
    TELL_TIMEOUT,
    /** It could not be sent. */
    TELL_UNREACHABLE,
    /** Retransmission of an INVITE: T1, then twice as long each time. */
    SET_A,
    STOP_A,
    SET_B,
    STOP_B,
    SET_D,
    /** Retransmission of another request: T1, then twice as long each time, at most T2. */
    SET_E,
    /** T2 at once: the far end is at work (RFC 3261 §17.1.2.2). */
    SET_E_SLOW,
    STOP_E,
    SET_F,
    /** Retransmission of a final response to an INVITE: T1, then twice as long each time, at most T2. */
    SET_G,
    STOP_G,
    SET_H,
    SET_I,
    SET_J,
    SET_K,
    SET_L,
    SET_M
}

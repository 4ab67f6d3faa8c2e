package teleapi.sip.transport;

/**
 * Where encoded messages leave.
 *
 * <pre>
 * Thread  the SIP worker that owns the transaction
 * Errors  a message that certainly cannot arrive (no connection) is told by {@code teleapi.sip.transaction.Transactions#unreachable} with the token;
 *         a datagram the system refuses is a lost one: retransmission makes up for it
 * </pre>
 */
@FunctionalInterface
public interface Sender {
    /**
     * Sends, without waiting.
     *
     * @param token names the client transaction; empty text when nobody wants to know
     */
    void send(byte[] message, Path to, String token);
}

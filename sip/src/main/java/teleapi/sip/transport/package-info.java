/**
 * SIP over UDP and TCP (RFC 3261 §18, RFC 3581): sockets, connections, framing, and where an answer goes.
 *
 * <p>Called by {@code teleapi.sip} and by transactions. Start reading at {@link teleapi.sip.transport.Path}.
 */
@org.jspecify.annotations.NullMarked
package teleapi.sip.transport;

package teleapi.sip;

import java.net.InetSocketAddress;
import java.time.Instant;
import teleapi.sip.message.SipMessage;

/**
 * Is told every message that passes, for a ladder picture. Messages hold digests, so it is for demonstrations and tests.
 *
 * <pre>
 * Thread  a SIP worker's: do not wait
 * </pre>
 */
@FunctionalInterface
public interface SipTrace {
    /** Looks away: costs nothing. */
    SipTrace NONE = (at, sent, transport, peer, message) -> {};

    /**
     * A message has come, or leaves.
     *
     * @param sent whether it is ours
     * @param peer where it came from or goes to
     */
    void passed(Instant at, boolean sent, Transport transport, InetSocketAddress peer, SipMessage message);
}

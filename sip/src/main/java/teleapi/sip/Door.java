package teleapi.sip;

import java.util.Optional;

/**
 * Who is let in, and who takes the call; {@code call} fulfils it.
 *
 * <pre>
 * Thread  a SIP worker's: decide from memory, do not wait
 * </pre>
 */
public interface Door {
    /** The shared secret of a client by its user name; for REGISTER and INVITE with digest. Empty when there is no such client. */
    Optional<String> password(String user);

    /** A new INVITE, whose digest (if any) has been verified. */
    Admission invited(IncomingInvite invite);

    /** The most characters of a MESSAGE; a longer one is refused before it is asked about. */
    int longestMessage();

    /** A MESSAGE, whose digest (if any) has been verified. */
    MessageVerdict messaged(IncomingMessage message);
}

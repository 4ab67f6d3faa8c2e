package teleapi.sip;

import java.util.List;
import java.util.Optional;
import teleapi.sip.message.Header;

/**
 * A MESSAGE to be sent.
 *
 * @param id becomes Call-ID and From tag; the same for all phones of one client, so that one that is registered twice takes it once (RFC 3261
 *     §8.2.2.2)
 * @param target the Request-URI
 * @param contact where to send it when the target is a registered client; otherwise the target says
 * @param to the To URI
 * @param from the From URI
 * @param headers more headers
 * @param text plain text
 * @param credentials for a challenge of this very target (never used elsewhere)
 */
public record OutgoingMessage(
        String id,
        SipUri target,
        Optional<Contact> contact,
        SipUri to,
        SipUri from,
        List<Header> headers,
        String text,
        Optional<Credentials> credentials) {}

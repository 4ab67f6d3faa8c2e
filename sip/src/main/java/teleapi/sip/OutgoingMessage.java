package teleapi.sip;

import java.util.List;
import java.util.Optional;
import teleapi.sip.message.Header;

/**
 * A MESSAGE to be sent.
 *
 * @param target the Request-URI
 * @param contact where to send it when the target is a registered client; otherwise the target says
 * @param to the To URI
 * @param from the From URI
 * @param headers more headers
 * @param text plain text
 * @param credentials for a challenge of this very target (never used elsewhere)
 */
public record OutgoingMessage(
        SipUri target,
        Optional<Contact> contact,
        SipUri to,
        SipUri from,
        List<Header> headers,
        String text,
        Optional<Credentials> credentials) {}

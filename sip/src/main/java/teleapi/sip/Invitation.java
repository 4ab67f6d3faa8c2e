package teleapi.sip;

import java.util.List;
import java.util.Optional;
import teleapi.sip.message.Header;

/**
 * An INVITE to be sent.
 *
 * @param target the Request-URI
 * @param contact where to send it when the target is a registered client; otherwise the target says
 * @param to the To URI
 * @param from the From URI
 * @param fromDisplay the name shown for it; empty text for none
 * @param headers more headers, such as X-Teleapi-CallSid
 * @param offer SDP; empty for an INVITE without an offer
 * @param credentials for a challenge of this very target (never used elsewhere)
 */
public record Invitation(
        SipUri target,
        Optional<Contact> contact,
        SipUri to,
        SipUri from,
        String fromDisplay,
        List<Header> headers,
        Optional<byte[]> offer,
        Optional<Credentials> credentials) {}

package teleapi.call;

import java.util.List;
import java.util.Optional;
import teleapi.sip.Contact;
import teleapi.sip.Credentials;
import teleapi.sip.SipUri;
import teleapi.sip.message.Header;

/** Where an outbound leg goes. */
public sealed interface Destination {
    /** As the webhooks show it: +number, client:name or sip:uri. */
    String shown();

    /**
     * Something an INVITE can be sent to.
     *
     * @param headers the X- headers asked for with the address
     */
    record Reachable(
            String shown,
            SipUri target,
            Optional<Contact> contact,
            Optional<Credentials> credentials,
            List<Header> headers)
            implements Destination {}

    /** A leg to here fails at once, with this SIP status. */
    record Unreachable(String shown, int sipStatus, String reason) implements Destination {}

    /** There would be too many calls: a leg to here fails at once, and the application is told why. */
    record NoRoom(String shown) implements Destination {}
}

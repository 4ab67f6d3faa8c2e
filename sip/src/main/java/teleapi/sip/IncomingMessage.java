package teleapi.sip;

import java.net.InetSocketAddress;
import java.util.Optional;
import teleapi.sip.message.SipRequest;

/**
 * A MESSAGE at the door.
 *
 * @param request as received
 * @param text its body, of as many characters as the door takes
 * @param client the user name whose digest was verified, if credentials were sent
 * @param source where it came from
 */
public record IncomingMessage(SipRequest request, String text, Optional<String> client, InetSocketAddress source) {}

package teleapi.sip;

import java.net.InetSocketAddress;
import java.util.Optional;
import teleapi.sip.message.SipRequest;

/**
 * A new INVITE at the door.
 *
 * @param dialog the handle to answer with, once admitted
 * @param request as received
 * @param client the user name whose digest was verified, if credentials were sent
 * @param source where it came from
 */
public record IncomingInvite(Dialog dialog, SipRequest request, Optional<String> client, InetSocketAddress source) {}

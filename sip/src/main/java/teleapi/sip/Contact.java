package teleapi.sip;

import java.net.InetSocketAddress;

/**
 * Where a registered client can be reached.
 *
 * @param uri the Contact as registered, to be used as the Request-URI
 * @param transport UDP or TCP
 * @param source where the REGISTER came from: requests go there (RFC 3581, 5626: through NAT, over the same TCP connection when it is open)
 */
public record Contact(SipUri uri, Transport transport, InetSocketAddress source) {}

package teleapi.sip;

import java.net.InetSocketAddress;

/**
 * How a user agent presents itself.
 *
 * @param bind UDP and TCP; port 0 means any free one (the same for both)
 * @param publicHost what stands in Via, Contact and From; an IP address or a name
 * @param realm of digest challenges
 * @param product User-Agent and Server
 * @param workers how many SIP workers
 */
public record SipSettings(InetSocketAddress bind, String publicHost, String realm, String product, int workers) {}

package teleapi.call;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import teleapi.sip.Credentials;
import teleapi.sip.SipUri;

/**
 * Where numbers go: a carrier's SIP address.
 *
 * @param credentials for its digest challenge; used for nothing else (reference/reliability.md S5)
 */
public record Trunk(SipUri address, Optional<Credentials> credentials) {
    /** {@code sip:host}, {@code sip:user:password@host:port;transport=tcp}; empty when it is no SIP URI. */
    public static Optional<Trunk> parse(String uri) {
        return SipUri.parse(uri)
                .filter(parsed -> !parsed.scheme().equals("tel"))
                .map(parsed -> new Trunk(
                        new SipUri(
                                parsed.scheme(),
                                Optional.empty(),
                                parsed.host(),
                                parsed.port(),
                                parsed.parameters(),
                                Map.of()),
                        parsed.user().map(user -> new Credentials(user, password(uri)))));
    }

    /** A URI keeps no password (RFC 3261 §19.1.1 advises against one); here it is the only place to say it. */
    private static String password(String uri) {
        int at = uri.indexOf('@');
        int colon = uri.indexOf(':', uri.indexOf(':') + 1);
        return colon < 0 || colon > at
                ? ""
                : URLDecoder.decode(uri.substring(colon + 1, at).replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** The number at this trunk. */
    SipUri number(String number) {
        return new SipUri(
                address.scheme(), Optional.of(number), address.host(), address.port(), address.parameters(), Map.of());
    }
}

package teleapi.call;

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
        return SipUri.parse(uri).filter(parsed -> !parsed.scheme().equals("tel")).map(parsed -> {
            Optional<Credentials> credentials = parsed.user().map(user -> {
                int colon = user.indexOf(':');
                return colon < 0
                        ? new Credentials(user, "")
                        : new Credentials(user.substring(0, colon), user.substring(colon + 1));
            });
            return new Trunk(
                    new SipUri(
                            parsed.scheme(), Optional.empty(), parsed.host(), parsed.port(), parsed.parameters(), java.util.Map.of()),
                    credentials);
        });
    }

    /** The number at this trunk. */
    SipUri number(String number) {
        return new SipUri(
                address.scheme(), Optional.of(number), address.host(), address.port(), address.parameters(), java.util.Map.of());
    }
}

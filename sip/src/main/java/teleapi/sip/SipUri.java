package teleapi.sip;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A sip:, sips: or tel: URI, unescaped.
 *
 * @param scheme lower case
 * @param user unescaped; for tel: the number; empty when there is none
 * @param host lower case, IPv6 in brackets; empty for tel:
 * @param parameters URI parameters by lower-case name; a flag has the empty value
 * @param headers what follows the question mark, in order
 */
public record SipUri(
        String scheme,
        Optional<String> user,
        String host,
        OptionalInt port,
        Map<String, String> parameters,
        Map<String, String> headers) {
    /** Reads a URI; empty when it is none. Length limit 2,048 characters. */
    public static Optional<SipUri> parse(String text) {
        throw new UnsupportedOperationException();
    }

    /** {@code sip:user@host:port}. */
    public static SipUri of(String user, String host, int port) {
        return new SipUri("sip", Optional.of(user), host, OptionalInt.of(port), Map.of(), Map.of());
    }

    /** The URI without parameters and headers: an address of record. */
    public SipUri bare() {
        return new SipUri(scheme, user, host, port, Map.of(), Map.of());
    }

    /** As it stands in a message, escaped. */
    @Override
    public String toString() {
        throw new UnsupportedOperationException();
    }
}

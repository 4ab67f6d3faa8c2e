package teleapi.sip;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * A sip:, sips: or tel: URI, unescaped.
 *
 * <pre>
 * Shape   a password ({@code user:password@}) is dropped on reading: RFC 3261 §19.1.1 advises against it, and it must not reach a log
 * Source  RFC 3261 §19.1, RFC 3966
 * </pre>
 *
 * @param scheme lower case
 * @param user unescaped; for tel: the number without visual separators; empty when there is none
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
        return Optional.ofNullable(UriText.read(text));
    }

    /** Whether {@link #parse} knows this scheme. */
    public static boolean isKnownScheme(String scheme) {
        return scheme.equalsIgnoreCase("sip") || scheme.equalsIgnoreCase("sips") || scheme.equalsIgnoreCase("tel");
    }

    /** {@code sip:user@host:port}. */
    public static SipUri of(String user, String host, int port) {
        return new SipUri("sip", Optional.of(user), host, OptionalInt.of(port), Map.of(), Map.of());
    }

    /** The URI without parameters and headers: an address of record. */
    public SipUri bare() {
        return new SipUri(scheme, user, host, port, Map.of(), Map.of());
    }

    /** One parameter by its lower-case name; a flag has the empty value. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** Whether it is the same by RFC 3261 §19.1.4: parameters that only one of them has do not count, but for those that lead elsewhere. */
    public boolean sameAs(SipUri other) {
        if (!scheme.equals(other.scheme)
                || !user.equals(other.user)
                || !host.equals(other.host)
                || !port.equals(other.port)) {
            return false;
        }
        for (String name : both(parameters.keySet(), other.parameters.keySet())) {
            String mine = parameters.get(name);
            String theirs = other.parameters.get(name);
            boolean mustBeInBoth = switch (name) {
                case "user", "ttl", "method", "maddr", "transport" -> true;
                default -> false;
            };
            boolean differ = (mine == null || theirs == null) ? mustBeInBoth : !mine.equalsIgnoreCase(theirs);
            if (differ) {
                return false;
            }
        }
        return headers.equals(other.headers);
    }

    private static Collection<String> both(Collection<String> some, Collection<String> others) {
        Collection<String> all = new TreeSet<>(some);
        all.addAll(others);
        return all;
    }

    /** As it stands in a message, escaped. */
    @Override
    public String toString() {
        return UriText.write(this);
    }
}

package teleapi.sip.auth;

import static teleapi.sip.message.AuthParameters.quote;

import java.util.Optional;
import teleapi.sip.message.AuthParameters;

/**
 * A digest challenge that we can answer or give.
 *
 * @param opaque to be sent back as it is
 * @param stale only the nonce was too old: the password need not be asked for again
 * @param qop whether qop=auth is offered; RFC 2069 did not have it
 */
public record Challenge(
        String realm, String nonce, Optional<String> opaque, Algorithm algorithm, boolean stale, boolean qop) {
    /** Reads a header value; empty when it is no digest challenge, or one for an algorithm or protection that we do not have. */
    public static Optional<Challenge> parse(String text) {
        return AuthParameters.parse(text)
                .filter(read -> read.scheme().equalsIgnoreCase("Digest"))
                .flatMap(Challenge::of);
    }

    private static Optional<Challenge> of(AuthParameters read) {
        Optional<String> realm = read.parameter("realm");
        Optional<String> nonce = read.parameter("nonce");
        Optional<Algorithm> algorithm = Algorithm.of(read.parameter("algorithm").orElse("MD5"));
        Optional<String> qop = read.parameter("qop");
        boolean auth = qop.map(Challenge::offersAuth).orElse(false);
        if (realm.isEmpty() || nonce.isEmpty() || algorithm.isEmpty() || (qop.isPresent() && !auth)) {
            return Optional.empty();
        }
        boolean stale = read.parameter("stale").orElse("").equalsIgnoreCase("true");
        return Optional.of(
                new Challenge(realm.get(), nonce.get(), read.parameter("opaque"), algorithm.get(), stale, auth));
    }

    private static boolean offersAuth(String list) {
        for (int at = 0; at <= list.length(); ) {
            int comma = list.indexOf(',', at);
            int end = comma < 0 ? list.length() : comma;
            if (list.substring(at, end).trim().equalsIgnoreCase("auth")) {
                return true;
            }
            at = end + 1;
        }
        return false;
    }

    /** As it stands in the header. */
    public String value() {
        StringBuilder out = new StringBuilder(160)
                .append("Digest realm=")
                .append(quote(realm))
                .append(", nonce=")
                .append(quote(nonce));
        opaque.ifPresent(text -> out.append(", opaque=").append(quote(text)));
        out.append(", algorithm=").append(algorithm.token());
        if (stale) {
            out.append(", stale=TRUE");
        }
        if (qop) {
            out.append(", qop=\"auth\"");
        }
        return out.toString();
    }
}

package teleapi.sip.auth;

import static teleapi.sip.message.AuthParameters.quote;

import java.util.Optional;
import teleapi.sip.message.AuthParameters;

/**
 * Digest credentials, as received or to be sent.
 *
 * @param uri what was asked for, as its sender saw it
 * @param response the proof; never in {@link #toString}
 * @param count with qop=auth: how often this nonce was used, eight hexadecimal digits, and the sender's own nonce
 */
public record Authorization(
        String username,
        String realm,
        String nonce,
        String uri,
        String response,
        Algorithm algorithm,
        Optional<String> opaque,
        Optional<Count> count) {
    /** What qop=auth adds. */
    public record Count(String digits, String clientNonce) {}

    /** Reads a header value; empty when it is no digest, incomplete, or of an algorithm or protection that we do not offer. */
    public static Optional<Authorization> parse(String text) {
        return AuthParameters.parse(text)
                .filter(read -> read.scheme().equalsIgnoreCase("Digest"))
                .flatMap(Authorization::of);
    }

    private static Optional<Authorization> of(AuthParameters read) {
        Optional<Algorithm> algorithm = Algorithm.of(read.parameter("algorithm").orElse("MD5"));
        for (String name : new String[] {"username", "realm", "nonce", "uri", "response"}) {
            if (read.parameter(name).isEmpty()) {
                return Optional.empty();
            }
        }
        Optional<Count> count = read.parameter("nc")
                .filter(Authorization::isCount)
                .flatMap(digits -> read.parameter("cnonce").map(nonce -> new Count(digits, nonce)));
        Optional<String> qop = read.parameter("qop");
        boolean whole = qop.isEmpty() || (qop.get().equalsIgnoreCase("auth") && count.isPresent());
        if (algorithm.isEmpty() || !whole) {
            return Optional.empty();
        }
        return Optional.of(new Authorization(
                read.parameter("username").orElse(""),
                read.parameter("realm").orElse(""),
                read.parameter("nonce").orElse(""),
                read.parameter("uri").orElse(""),
                read.parameter("response").orElse(""),
                algorithm.get(),
                read.parameter("opaque"),
                qop.isPresent() ? count : Optional.empty()));
    }

    private static boolean isCount(String digits) {
        for (int i = 0; i < digits.length(); i++) {
            if (Character.digit(digits.charAt(i), 16) < 0 || digits.charAt(i) >= 128) {
                return false;
            }
        }
        return digits.length() == 8;
    }

    /** What the response must be for this password. */
    String expected(String method, String password) {
        return count.map(by -> algorithm.response(
                        username, realm, password, method, uri, nonce, by.digits(), by.clientNonce()))
                .orElseGet(() -> algorithm.response(username, realm, password, method, uri, nonce));
    }

    /** As it stands in the header. */
    public String value() {
        StringBuilder out = new StringBuilder(320)
                .append("Digest username=")
                .append(quote(username))
                .append(", realm=")
                .append(quote(realm))
                .append(", nonce=")
                .append(quote(nonce))
                .append(", uri=")
                .append(quote(uri))
                .append(", response=")
                .append(quote(response))
                .append(", algorithm=")
                .append(algorithm.token());
        count.ifPresent(by -> out.append(", qop=auth, nc=")
                .append(by.digits())
                .append(", cnonce=")
                .append(quote(by.clientNonce())));
        opaque.ifPresent(text -> out.append(", opaque=").append(quote(text)));
        return out.toString();
    }

    @Override
    public String toString() {
        return "Authorization[" + username + " at " + realm + "]";
    }
}

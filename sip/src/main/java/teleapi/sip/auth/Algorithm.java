package teleapi.sip.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** The hash of a digest and what is hashed (RFC 7616 §3.4). The better one comes first: so they are offered (RFC 8760 §2.4). */
public enum Algorithm {
    SHA_256("SHA-256"),
    /** For phones that know no other. */
    MD5("MD5");

    private final String token;

    Algorithm(String token) {
        this.token = token;
    }

    /** As it stands in a header. */
    public String token() {
        return token;
    }

    static Optional<Algorithm> of(String token) {
        for (Algorithm algorithm : values()) {
            if (algorithm.token.equalsIgnoreCase(token)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /** The response with qop=auth. */
    String response(
            String user,
            String realm,
            String password,
            String method,
            String uri,
            String nonce,
            String count,
            String clientNonce) {
        return hash(hash(user + ":" + realm + ":" + password) + ":" + nonce + ":" + count + ":" + clientNonce + ":auth:"
                + hash(method + ":" + uri));
    }

    /** The response without qop, as RFC 2069 had it. */
    String response(String user, String realm, String password, String method, String uri, String nonce) {
        return hash(hash(user + ":" + realm + ":" + password) + ":" + nonce + ":" + hash(method + ":" + uri));
    }

    private String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(token).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no " + token + " in this Java", e);
        }
    }
}

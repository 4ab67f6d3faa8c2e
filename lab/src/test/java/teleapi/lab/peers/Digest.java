package teleapi.lab.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** A trunk's side of digest authentication (RFC 2617 §3.2.2, MD5 with qop=auth), computed apart from the product's. */
final class Digest {
    private Digest() {}

    static void assertRight(Sipp.Message request, String header, String user, String password) {
        Map<String, String> given = new TreeMap<>();
        String credentials = request.header(header);
        for (String pair : credentials.substring(credentials.indexOf(' ') + 1).split(",", -1)) {
            int equals = pair.indexOf('=');
            given.put(
                    pair.substring(0, equals).strip(),
                    pair.substring(equals + 1).strip().replace("\"", ""));
        }
        String method = request.start().substring(0, request.start().indexOf(' '));
        String secret = hash(user + ":" + given.get("realm") + ":" + password);
        String asked = hash(method + ":" + given.get("uri"));
        String expected = hash(secret + ":" + given.get("nonce") + ":" + given.get("nc") + ":" + given.get("cnonce")
                + ":auth:" + asked);
        assertEquals(user, given.get("username"), credentials);
        assertEquals(expected, given.get("response"), credentials);
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

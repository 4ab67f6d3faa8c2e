package teleapi.call.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Proves to an application that a request comes from us: X-Twilio-Signature. Source: reference/peers.md 2.8. */
public final class Signature {
    private Signature() {}

    /** Base64 of HMAC-SHA1 over the URL as requested and, for a form, its parameters sorted by name, names and values joined. */
    public static String of(String authToken, String url, Map<String, String> form) {
        var signed = new StringBuilder(url);
        new TreeMap<>(form).forEach((name, value) -> signed.append(name).append(value));
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(authToken.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no HmacSHA1", missing);
        }
    }
}

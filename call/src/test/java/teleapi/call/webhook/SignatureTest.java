package teleapi.call.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SignatureTest {
    private static final String URL = "https://mycompany.com/myapp.php?foo=1&bar=2";
    private static final Map<String, String> FORM = Map.of(
            "CallSid", "CA1234567890ABCDE",
            "Caller", "+14158675309",
            "Digits", "1234",
            "From", "+14158675309",
            "To", "+18005551212");

    @Test
    void isWhatTheValidatorsOfTheFieldExpect() {
        // reference/peers.md 2.8: the example that the published validators are tested with.
        assertEquals("RSOYDt4T1cUTdK1PDd93/VVr8B8=", Signature.of("12345", URL, FORM));
    }

    @Test
    void changesWithTokenUrlAndForm() {
        // reference/reliability.md A12: one octet changed, another signature.
        String signature = Signature.of("12345", URL, FORM);
        assertNotEquals(signature, Signature.of("12346", URL, FORM));
        assertNotEquals(signature, Signature.of("12345", URL + "3", FORM));
        assertNotEquals(signature, Signature.of("12345", URL, Map.of("CallSid", "CA1234567890ABCDF")));
    }
}

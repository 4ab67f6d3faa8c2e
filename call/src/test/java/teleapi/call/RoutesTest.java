package teleapi.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import teleapi.sip.message.Header;

/** What a URI's query adds to the INVITE. */
final class RoutesTest {
    @Test
    void aPlusInAHeaderOfAUriIsItself() {
        // RFC 3261 §19.1.2: only %HH is an escape there
        assertEquals(
                List.of(new Header("X-Callback", "+15550100"), new Header("X-Note", "a b")),
                Routes.headers("X-Callback=+15550100&X-Note=a%20b"));
    }

    @Test
    void theHeadersOfTeleapiAreNotTheApplicationsToWrite() {
        // CONTRACT section 4: INVITEs that we send carry X-Teleapi-CallSid; a second one would make it doubtful
        assertEquals(
                List.of(new Header("X-Mine", "1")),
                Routes.headers("X-Teleapi-CallSid=CAfake&x-teleapi-any=1&X-Mine=1"));
    }

    @Test
    void onlyXHeadersGoOutAndNothingEndsTheirLine() {
        // reliability S10
        assertEquals(
                List.of(new Header("X-A", "bEvil: 1")),
                Routes.headers("X-A=b%0d%0aEvil:%201&Route=%3Csip:a%3E&X-%0d%0aB=1&Content-Length=5"));
    }
}

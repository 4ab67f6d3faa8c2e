package teleapi.call.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import teleapi.rcml.HttpMethod;

class UrlsTest {
    @Test
    void relativeReferencesStartAtTheDocument() {
        // reference/restcomm.md 5.1: relative URLs resolve against the document just fetched.
        assertEquals(Optional.of("http://app/next"), Urls.resolve("http://app/a/b?c=d", "/next"));
        assertEquals(Optional.of("http://app/a/next"), Urls.resolve("http://app/a/b", "next"));
        assertEquals(Optional.of("https://other/x"), Urls.resolve("http://app/a", "https://other/x"));
    }

    @Test
    void onlyHttpAndTheSoundFolderCanBeRequested() {
        // reference/reliability.md A1, A2: http, https, and store: by name; nothing else.
        assertEquals(Optional.empty(), Urls.resolve("http://app/", "file:///etc/passwd"));
        assertEquals(Optional.empty(), Urls.resolve("http://app/", "jar:http://app/x!/y"));
        assertEquals(Optional.empty(), Urls.resolve("", "no-base"));
        assertEquals(Optional.empty(), Urls.resolve("http://app/", "http://a b"));
        assertEquals(Optional.of("store:hello.wav"), Urls.resolve("http://app/", "store:hello.wav"));
    }

    @Test
    void parametersOfAGetJoinTheQueryAndTheFragmentStaysHere() {
        // reference/restcomm.md 9.14: merge query parameters on GET, do not replace; RFC 3986 §3.5.
        var parameters = new TreeMap<String, String>();
        parameters.put("From", "+1555");
        parameters.put("Name", "a b");
        assertEquals(
                "http://app/x?y=z&From=%2B1555&Name=a+b",
                Urls.requested(HttpMethod.GET, "http://app/x?y=z#rc=2", parameters));
        assertEquals("http://app/x?y=z", Urls.requested(HttpMethod.POST, "http://app/x?y=z#rc=2", parameters));
    }

    @Test
    void userAndPasswordOfAUrlAreInNoErrorText() {
        // ADR-0026; reference/reliability.md A13.
        var received = new HttpReply.Received(500, "https://us:p@ss@app/x?a=b@c", "", new byte[0]);
        assertEquals(new HttpReply.Failed(11200, "https://app/x?a=b@c was answered with 500"), received.usable());
        assertEquals("see https://app/x?… there", Urls.withoutSecrets("see https://us:p@ss@app/x?a=b there"));
    }
}

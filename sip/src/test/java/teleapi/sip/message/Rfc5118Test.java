package teleapi.sip.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import teleapi.sip.SipUri;

/** The 12 messages of RFC 5118: IPv6 in every place. */
class Rfc5118Test {
    private static final Map<String, byte[]> MESSAGES = Corpus.read("rfc5118.txt");

    private static SipRequest request(String name) {
        byte[] bytes = MESSAGES.get(name);
        if (bytes == null) {
            throw new AssertionError(name);
        }
        return Corpus.request(bytes);
    }

    private static SipUri uri(String name) {
        return request(name).uri().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "ipv6-good, serve", "ipv6-bad, 400", "port-ambiguous, serve", "port-unambiguous, serve",
                "via-received-param-with-delim, serve",
        "via-received-param-no-delim, serve", "ipv6-in-sdp, serve", "mult-ip-in-header, serve", "mult-ip-in-sdp, serve",
                "ipv4-mapped-ipv6, serve",
        "ipv6-bug-abnf-3-colons, serve", "ipv6-correct-abnf-2-colons, serve"
    })
    void everyMessageHasItsVerdict(String name, String verdict) {
        // RFC 5118 §4
        assertEquals(12, MESSAGES.size());
        assertEquals(verdict, Corpus.verdict(MESSAGES.getOrDefault(name, new byte[0])));
    }

    @Test
    void aPortIsOnlyBehindTheBracket() {
        // RFC 5118 §4.3 and §4.4
        assertEquals("[2001:db8::10:5070]", uri("port-ambiguous").host());
        assertEquals(OptionalInt.empty(), uri("port-ambiguous").port());
        assertEquals("[2001:db8::10]", uri("port-unambiguous").host());
        assertEquals(OptionalInt.of(5070), uri("port-unambiguous").port());
    }

    @Test
    void receivedComesWithAndWithoutBrackets() {
        // RFC 5118 §4.5
        assertEquals(
                Optional.of("[2001:db8::9:255]"),
                request("via-received-param-with-delim").via().received());
        assertEquals(
                Optional.of("2001:db8::9:255"),
                request("via-received-param-no-delim").via().received());
        assertEquals(
                "[2001:db8::9:1]", request("via-received-param-no-delim").via().host());
    }

    @Test
    void bothFamiliesStandInOneMessage() {
        // RFC 5118 §4.7 and §4.9
        Via third = request("mult-ip-in-header").vias().get(2);
        assertEquals("[2001:db8::9:255]", third.host());
        assertEquals(Optional.of("192.0.2.200"), third.received());
        Via mapped = request("ipv4-mapped-ipv6").via();
        assertEquals("[::ffff:192.0.2.10]", mapped.host());
        assertEquals(OptionalInt.of(19823), mapped.port());
    }

    @Test
    void aThirdColonBeforeAnIpv4PartIsOneTooMany() {
        // RFC 5118 §4.10: tolerate it
        assertEquals(uri("ipv6-correct-abnf-2-colons"), uri("ipv6-bug-abnf-3-colons"));
        assertEquals(Optional.empty(), Host.parse("[2001:db8:::10]"));
        assertEquals(Optional.empty(), Host.parse("[2001:db8::::192.0.2.1]"));
    }
}

package teleapi.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SipUriTest {
    private static SipUri uri(String text) {
        return SipUri.parse(text).orElseThrow(() -> new AssertionError(text));
    }

    @Test
    void everyPartIsReadAndUnescaped() {
        // RFC 3261 §19.1.1
        SipUri uri = uri(
                "SIPS:%61lice%40home;day=tue@ATLANTA.example.com:5061;Transport=TCP;lr?subject=project%20x&priority=urgent");
        assertEquals("sips", uri.scheme());
        assertEquals(Optional.of("alice@home;day=tue"), uri.user());
        assertEquals("atlanta.example.com", uri.host());
        assertEquals(OptionalInt.of(5061), uri.port());
        assertEquals(Map.of("transport", "TCP", "lr", ""), uri.parameters());
        assertEquals(List.of("subject", "priority"), List.copyOf(uri.headers().keySet()));
        assertEquals("project x", uri.headers().get("subject"));
    }

    @Test
    void whatIsWrittenIsReadBackTheSame() {
        // RFC 3261 §19.1.2: a character outside a component's set is escaped
        for (String text : List.of(
                "sip:example.com",
                "sip:a%3Ab%40c@[2001:db8::1]:5070;x=%22%3B?a=%26&b=",
                "sip:null-%00-null@example.com",
                "sip:%D1%8E@example.com",
                "tel:+12015550123;phone-context=example.com")) {
            assertEquals(text, uri(text).toString());
        }
    }

    @Test
    void aTelephoneNumberLosesItsVisualSeparators() {
        // RFC 3966 §4: they do not count in a comparison
        assertEquals(Optional.of("+12015550123"), uri("tel:+1(201)555-01.23").user());
        assertEquals(
                Optional.of("*21#"), uri("tel:*21#;phone-context=example.com").user());
    }

    @Test
    void whatIsNoUriIsRefused() {
        // RFC 3261 §25.1
        for (String text : List.of(
                "",
                "sip",
                "sip:",
                "sip:@host",
                "sip:a@b@c",
                "http://example.com",
                "sip:user@host:99999",
                "sip:user@host:",
                "sip:user@host:1x",
                "sip:us er@host",
                "sip:user@ho st",
                "sip:user@host;",
                "sip:user@host;a=1;A=2",
                "sip:%4@host",
                "sip:user%zz@host",
                "sip:[::1",
                "sip:[1:::2]",
                "sip:[::1]x",
                "sip:2001:db8::1",
                "sip:a..b",
                "sip:user@host;x=a b",
                "<sip:user@host>",
                "sip:user@host?",
                "tel:",
                "tel:+",
                "tel:+12a",
                "sip:" + "a".repeat(2_048))) {
            assertEquals(Optional.empty(), SipUri.parse(text), text);
        }
    }

    @Test
    void comparisonFollowsTheTablesOfTheRfc() {
        // RFC 3261 §19.1.4
        assertTrue(uri("sip:%61lice@atlanta.com;transport=TCP").sameAs(uri("sip:alice@AtLanTa.CoM;Transport=tcp")));
        assertTrue(uri("sip:carol@chicago.com").sameAs(uri("sip:carol@chicago.com;newparam=5")));
        assertTrue(uri("sip:carol@chicago.com;security=on").sameAs(uri("sip:carol@chicago.com;newparam=5")));
        assertFalse(uri("sip:carol@chicago.com;security=on").sameAs(uri("sip:carol@chicago.com;security=off")));
        assertFalse(uri("SIP:ALICE@AtLanTa.CoM").sameAs(uri("sip:alice@AtLanTa.CoM")));
        assertFalse(uri("sip:bob@biloxi.com").sameAs(uri("sip:bob@biloxi.com:5060")));
        assertFalse(uri("sip:bob@biloxi.com").sameAs(uri("sip:bob@biloxi.com;transport=udp")));
        assertFalse(uri("sip:carol@chicago.com").sameAs(uri("sip:carol@chicago.com?Subject=next%20meeting")));
    }

    @Test
    void aPasswordInTheUriIsDropped() {
        // RFC 3261 §19.1.1: passing authentication information in clear text is a security risk
        assertEquals(
                "sip:alice@atlanta.com", uri("sip:alice:secret@atlanta.com").toString());
    }
}

package teleapi.sip.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class HeaderValuesTest {
    private static final byte[] NONE = {};

    private static SipRequest invite(Header... headers) {
        return new SipRequest("INVITE", "sip:bob@example.com", List.of(headers), NONE);
    }

    @Test
    void aViaIsReadWithAllItsParts() {
        // RFC 3261 §20.42, RFC 3581 §3
        Via via = Via.parse("SIP / 2.0 / udp [2001:DB8::9:1] : 5070 ;rport; branch=z9hG4bKas3;received=2001:db8::9:255")
                .orElseThrow();
        assertEquals("UDP", via.transport());
        assertEquals("[2001:db8::9:1]", via.host());
        assertEquals(OptionalInt.of(5070), via.port());
        assertEquals(Optional.of("z9hG4bKas3"), via.branch());
        assertEquals(Optional.of("2001:db8::9:255"), via.received());
        assertTrue(via.asksForRport());
        assertEquals(OptionalInt.empty(), via.rport());
        assertEquals(OptionalInt.of(9), via.with("rport", "9").rport());
        assertEquals(
                "SIP/2.0/UDP [2001:db8::9:1]:5070;rport;branch=z9hG4bKas3;received=2001:db8::9:255", via.toString());
    }

    @Test
    void aBranchThatIsTheCookieAloneNamesNoTransaction() {
        // RFC 3261 §8.1.1.7, §17.2.3
        assertFalse(Via.parse("SIP/2.0/UDP a;branch=z9hG4bK").orElseThrow().hasTransactionBranch());
        assertTrue(Via.parse("SIP/2.0/UDP a;branch=Z9HG4BKx").orElseThrow().hasTransactionBranch());
        assertFalse(Via.parse("SIP/2.0/UDP a").orElseThrow().hasTransactionBranch());
    }

    @Test
    void whatIsNoViaIsRefused() {
        // RFC 3261 §25.1
        for (String text : List.of(
                "",
                "SIP/2.0/UDP",
                "SIP/2.0/UDP ",
                "SIP/7.0/UDP a",
                "SIP/2.0/UDPa",
                "SIP/2.0/UDP a:99999",
                "SIP/2.0/UDP a:",
                "SIP/2.0/UDP a;;",
                "SIP/2.0/UDP a;branch=",
                "SIP/2.0/UDP a;x=1;x=2",
                "SIP/2.0/UDP [::1",
                "SIP/2.0/UDP ::1")) {
            assertEquals(Optional.empty(), Via.parse(text), text);
        }
    }

    @Test
    void anAddressIsReadInItsThreeForms() {
        // RFC 3261 §20.10, §20.34: without angle brackets the parameters are the header's
        NameAddress quoted = NameAddress.parse("\"A \\\"B\\\" <c>\" <sip:a@b;lr>;tag=1;x=\"y;z\"")
                .orElseThrow();
        assertEquals("A \"B\" <c>", quoted.display());
        assertEquals("sip:a@b;lr", quoted.uri());
        assertEquals(Optional.of("1"), quoted.tag());
        assertEquals("y;z", quoted.parameters().get("x"));
        assertEquals("\"A \\\"B\\\" <c>\" <sip:a@b;lr>;tag=1;x=\"y;z\"", quoted.toString());

        NameAddress tokens = NameAddress.parse("The Operator<sip:op@b>").orElseThrow();
        assertEquals("The Operator", tokens.display());

        NameAddress bare = NameAddress.parse("sip:a@b;lr ; tag=2").orElseThrow();
        assertEquals("sip:a@b", bare.uri());
        assertEquals(Map.of("lr", "", "tag", "2"), bare.parameters());
    }

    @Test
    void whatIsNoAddressIsRefused() {
        // RFC 3261 §20: a comma or question mark needs angle brackets; one tag only
        for (String text : List.of(
                "",
                "*",
                "sip:a@b?x=y",
                "sip:a,b@c",
                "\"a <sip:a@b>",
                "\"a\" sip:a@b",
                "a, b <sip:a@b>",
                "<sip:a@b",
                "<>",
                "<sip:>",
                "< sip:a@b >",
                "<sip:a@b>;tag=1;tag=2",
                "<sip:a@b>x",
                "<sip:a@b>;=1",
                "<a>",
                "<ht tp:x>",
                "<http:a b>")) {
            assertEquals(Optional.empty(), NameAddress.parse(text), text);
        }
    }

    @Test
    void aListIsSplitOnlyWhereTheGrammarHasOne() {
        // RFC 3261 §7.3.1
        SipRequest request = invite(
                new Header("Contact", "\"a,b\" <sip:a@b;x=1,2>, <sip:c@d>"),
                new Header("contact", "sip:e@f"),
                new Header("Subject", "one, two"));
        assertEquals(List.of("\"a,b\" <sip:a@b;x=1,2>", "<sip:c@d>", "sip:e@f"), request.headers("CONTACT"));
        assertEquals(List.of("one, two"), request.headers("Subject"));
    }

    @Test
    void aResponseCopiesWhatTheRfcNames() {
        // RFC 3261 §8.2.6.2, §12.1.1
        SipRequest request = invite(
                new Header("Via", "SIP/2.0/UDP a;branch=z9hG4bK1"),
                new Header("Via", "SIP/2.0/UDP b;branch=z9hG4bK2"),
                new Header("Record-Route", "<sip:p;lr>"),
                new Header("Max-Forwards", "70"),
                new Header("From", "<sip:a@b>;tag=f"),
                new Header("To", "Bob <sip:b@c>"),
                new Header("Call-ID", "x"),
                new Header("CSeq", "1 INVITE"),
                new Header("Timestamp", "5"));
        SipResponse ringing = SipResponse.to(request, 180, "t");
        assertEquals("Ringing", ringing.reason());
        assertEquals(List.of("a", "b"), ringing.vias().stream().map(Via::host).toList());
        assertEquals(Optional.of("t"), ringing.toTag());
        assertEquals(Optional.of("f"), ringing.fromTag());
        assertEquals(new CSeq(1, "INVITE"), ringing.cseq());
        assertEquals(Optional.of("<sip:p;lr>"), ringing.header("Record-Route"));
        assertEquals(Optional.empty(), ringing.header("Max-Forwards"));

        SipResponse trying = SipResponse.to(request, 100, "t");
        assertEquals(Optional.empty(), trying.toTag());
        assertEquals(Optional.of("5"), trying.header("Timestamp"));
        assertEquals(Optional.empty(), SipResponse.to(request, 486, "t").header("Record-Route"));
    }

    @Test
    void aTagThatIsThereIsKept() {
        // RFC 3261 §8.2.6.2
        SipRequest request = invite(new Header("To", "<sip:b@c>;tag=old"));
        assertEquals(Optional.of("old"), SipResponse.to(request, 200, "new").toTag());
    }

    @Test
    void aLineEndInAValueIsRefused() {
        // RFC 3261 §7.3: it would begin another header at the far end
        for (String bad : List.of("a\rb", "a\nb", "a\0b")) {
            assertThrows(IllegalArgumentException.class, () -> new Header("X", bad));
            assertThrows(IllegalArgumentException.class, () -> new Header(bad, "x"));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> SipWriter.bytes(new SipRequest("INVITE", bad, List.of(), NONE)));
            assertThrows(
                    IllegalArgumentException.class, () -> SipWriter.bytes(new SipResponse(200, bad, List.of(), NONE)));
        }
    }

    @Test
    void aHeaderNameIsAToken() {
        // RFC 3261 §7.3.1: with a colon or a space in it, it would be another header or none
        for (String bad : List.of("", "X Y", "X:Y", "X\u00E9")) {
            assertThrows(IllegalArgumentException.class, () -> new Header(bad, "x"));
        }
    }
}

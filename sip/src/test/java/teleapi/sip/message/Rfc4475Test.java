package teleapi.sip.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import teleapi.sip.SipUri;

/** The 49 messages of RFC 4475, each with its verdict; of those that are served, what was understood. */
class Rfc4475Test {
    private static final Map<String, byte[]> MESSAGES = new HashMap<>();

    static {
        MESSAGES.putAll(Corpus.read("rfc4475-valid.txt"));
        MESSAGES.putAll(Corpus.read("rfc4475-invalid.txt"));
        MESSAGES.putAll(Corpus.read("rfc4475-application.txt"));
    }

    private static byte[] bytes(String name) {
        byte[] bytes = MESSAGES.get(name);
        if (bytes == null) {
            throw new AssertionError(name);
        }
        return bytes;
    }

    private static SipRequest request(String name) {
        return Corpus.request(bytes(name));
    }

    private static SipResponse response(String name) {
        return (SipResponse) Corpus.message(bytes(name));
    }

    private static SipUri uri(NameAddress address) {
        return address.sipUri().orElseThrow();
    }

    private static String bodyText(SipMessage message) {
        return new String(message.body(), StandardCharsets.UTF_8);
    }

    @Test
    void allMessagesOfTheRfcAreHere() {
        // RFC 4475: 13 valid, 19 invalid, 1 of transactions, 15 of applications, 1 old
        assertEquals(49, MESSAGES.size());
    }

    @ParameterizedTest
    @CsvSource({
        "wsinv, serve", "intmeth, 501", "esc01, serve", "escnull, serve", "esc02, 501", "lwsdisp, serve",
                "longreq, serve", "dblreq, serve",
        "semiuri, serve", "transports, serve", "mpart01, serve", "unreason, serve", "noreason, serve", "badinv01, 400",
                "clerr, 400", "ncl, 400",
        "scalar02, 400", "scalarlg, drop", "quotbal, 400", "ltgtruri, 400", "lwsruri, 400", "lwsstart, 400",
                "trws, 400", "escruri, 400",
        "baddate, serve", "regbadct, 400", "badaspec, 400", "baddn, 400", "badvers, 505", "mismatch01, 400",
                "mismatch02, 501", "bigcode, drop",
        "badbranch, 400", "insuf, 400", "unkscm, 416", "novelsc, 416", "unksm2, 400", "bext01, 420", "invut, 415",
                "regaut01, serve",
        "multi01, 400", "mcl01, 400", "bcast, drop", "zeromf, serve", "cparam01, serve", "cparam02, serve",
                "regescrt, serve", "sdp01, 406",
        "inv2543, serve"
    })
    void everyMessageHasItsVerdict(String name, String verdict) {
        // RFC 4475 §3: what an element should do with each; where it may choose, the stricter way (but baddate: we do
        // not use Date)
        assertEquals(verdict, Corpus.verdict(bytes(name)));
    }

    @ParameterizedTest
    @CsvSource({
        "badinv01",
        "clerr",
        "scalar02",
        "quotbal",
        "trws",
        "baddn",
        "badvers",
        "badbranch",
        "insuf",
        "multi01",
        "mcl01"
    })
    void theAnswerToAMalformedRequestCanBeWritten(String name) {
        // RFC 3261 §8.2.6.2: from what there is, each header once
        ParsedMessage.Malformed malformed = (ParsedMessage.Malformed) SipParser.parse(ByteBuffer.wrap(bytes(name)));
        SipResponse answer = SipResponse.to(malformed.request().orElseThrow(), malformed.status(), "tag");
        assertTrue(answer.header("Via").isPresent());
        assertTrue(answer.header("CSeq").isPresent());
        assertTrue(answer.headers("CSeq").size() == 1
                && answer.headers("From").size() <= 1
                && answer.headers("To").size() <= 1);
        assertTrue(new String(SipWriter.bytes(answer), StandardCharsets.UTF_8)
                .startsWith("SIP/2.0 " + malformed.status() + " "));
    }

    @Test
    void wsinvIsReadThroughItsFoldsAndSpaces() {
        // RFC 4475 §3.1.1.1
        SipRequest wsinv = request("wsinv");
        assertEquals("sip:vivekg@chair-dnrc.example.com;unknownparam", wsinv.requestUri());
        assertEquals(Map.of("unknownparam", ""), wsinv.uri().orElseThrow().parameters());
        assertEquals(Optional.of("vivekg"), uri(wsinv.to()).user());
        assertEquals(Optional.of("1918181833n"), wsinv.toTag());
        assertEquals("J Rosenberg \\\"", wsinv.from().display());
        assertEquals(Optional.of("jdrosen"), uri(wsinv.from()).user());
        assertEquals(Optional.of("98asjd8"), wsinv.fromTag());
        assertEquals(OptionalInt.of(68), wsinv.maxForwards());
        assertEquals("wsinv.ndaksdj@192.0.2.1", wsinv.callId());
        assertEquals(new CSeq(9, "INVITE"), wsinv.cseq());
        assertEquals(
                List.of("192.0.2.2", "spindle.example.com", "192.168.255.111"),
                wsinv.vias().stream().map(Via::host).toList());
        assertEquals(
                List.of("UDP", "TCP", "UDP"),
                wsinv.vias().stream().map(Via::transport).toList());
        assertEquals(
                List.of("390skdjuw", "z9hG4bK9ikj8", "z9hG4bK30239"),
                wsinv.vias().stream().map(via -> via.branch().orElseThrow()).toList());
        assertEquals(Optional.of(""), wsinv.header("Subject"));
        assertEquals(Optional.of("newfangled value continued newfangled value"), wsinv.header("NewFangledHeader"));
        assertEquals(Optional.of(";;,,;;,;"), wsinv.header("UnknownHeaderWithUnusualValue"));
        assertEquals(Optional.of("application/sdp"), wsinv.contentType());
        NameAddress route = wsinv.addresses("Route").getFirst();
        assertEquals("services.example.com", uri(route).host());
        assertEquals(
                Map.of("lr", "", "unknownwith", "value", "unknown-no-value", ""),
                uri(route).parameters());
        NameAddress contact = wsinv.contact().orElseThrow();
        assertEquals("Quoted string \"\"", contact.display());
        assertEquals(Map.of("newparam", "newvalue", "secondparam", "", "q", "0.33"), contact.parameters());
        assertEquals(150, wsinv.body().length);
    }

    @Test
    void intmethIsReadWithEveryCharacterThatMayStandThere() {
        // RFC 4475 §3.1.1.2; a NUL in a quoted pair is the only legal one, and is not kept
        SipRequest intmeth = request("intmeth");
        assertEquals("!interesting-Method0123456789_*+`.%indeed'~", intmeth.method());
        assertEquals(
                Optional.of("1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*"),
                intmeth.uri().orElseThrow().user());
        assertEquals("example.com", intmeth.uri().orElseThrow().host());
        assertEquals(Optional.of("z9hG4bK-.!%66*_+`'~"), intmeth.via().branch());
        assertEquals("BEL:\u0007 NUL:\uFFFD DEL:\u007F", intmeth.to().display());
        assertEquals("token1~` token2'+_ token3*%!.-", intmeth.from().display());
        assertEquals(
                "\u0440\u0430\u0431\u043E\u0442\u0430\u044E\u0449\u0438\u0439",
                intmeth.from().parameters().get("fromparam''~+*_!.-%"));
        assertEquals(Optional.of("_token~1'+`*%!-."), intmeth.fromTag());
        assertEquals("intmeth.word%ZK-!.*_+'@word`~)(><:\\/\"][?}{", intmeth.callId());
        assertEquals(new CSeq(139122385, intmeth.method()), intmeth.cseq());
        assertEquals(OptionalInt.of(255), intmeth.maxForwards());
        assertEquals(Optional.of("\uFEFF\u5927\u505C\u96FB"), intmeth.header("extensionHeader-!.%*+_`'~"));
    }

    @Test
    void esc01IsUnescapedOnce() {
        // RFC 4475 §3.1.1.3
        SipRequest esc01 = request("esc01");
        assertEquals(
                Optional.of("sips:user@example.com"), esc01.uri().orElseThrow().user());
        assertEquals("example.net", esc01.uri().orElseThrow().host());
        assertEquals(Optional.of("user"), uri(esc01.to()).user());
        assertEquals(Optional.of("I have spaces"), uri(esc01.from()).user());
        SipUri contact = uri(esc01.contact().orElseThrow());
        assertEquals(Optional.of("caller"), contact.user());
        assertEquals(Map.of("lr", "", "name", "value%41"), contact.parameters());
    }

    @Test
    void escnullKeepsTheNullsInItsUsers() {
        // RFC 4475 §3.1.1.4
        SipRequest escnull = request("escnull");
        assertEquals(Optional.of("null-\0-null"), uri(escnull.to()).user());
        assertEquals(
                List.of("\0", "\0\0"),
                escnull.addresses("Contact").stream()
                        .map(contact -> uri(contact).user().orElseThrow())
                        .toList());
    }

    @Test
    void esc02IsNotUnescapedWhereThereIsNoEscape() {
        // RFC 4475 §3.1.1.5
        SipRequest esc02 = request("esc02");
        assertEquals("RE%47IST%45R", esc02.method());
        assertEquals("%Z%45", esc02.to().display());
        assertEquals(Optional.of("z9hG4bK209%fzsnel234"), esc02.via().branch());
        assertEquals(2, esc02.addresses("Contact").size());
        assertEquals(Optional.of("<sip:alias2@host2.example.com>"), esc02.header("C%6Fntact"));
    }

    @Test
    void lwsdispNeedsNoSpaceBeforeTheBracket() {
        // RFC 4475 §3.1.1.6
        assertEquals("caller", request("lwsdisp").from().display());
        assertEquals(Optional.of("323"), request("lwsdisp").fromTag());
    }

    @Test
    void longreqIsReadWhole() {
        // RFC 4475 §3.1.1.7
        SipRequest longreq = request("longreq");
        assertEquals(34, longreq.vias().size());
        assertEquals("sip33.example.com", longreq.via().host());
        assertEquals(Optional.of("192.0.2.5"), longreq.vias().getLast().received());
        assertEquals(OptionalInt.of(6000), uri(longreq.to()).port());
        assertEquals(
                "I have a user name of " + "extreme".repeat(10) + " proportion",
                longreq.to().display());
        assertEquals(Optional.of("12" + "982".repeat(50) + "424"), longreq.fromTag());
        assertEquals(150, longreq.body().length);
    }

    @Test
    void dblreqIsOneRegister() {
        // RFC 4475 §3.1.1.8: what follows the body in a datagram is noise
        SipRequest dblreq = request("dblreq");
        assertEquals("REGISTER", dblreq.method());
        assertEquals(0, dblreq.body().length);
        assertEquals("dblreq.0ha0isndaksdj99sdfafnl3lk233412", dblreq.callId());
    }

    @Test
    void semiuriHasItsSemicolonInTheUser() {
        // RFC 4475 §3.1.1.9
        SipRequest semiuri = request("semiuri");
        assertEquals(
                Optional.of("user;par=u@example.net"),
                semiuri.uri().orElseThrow().user());
        assertEquals("example.com", semiuri.uri().orElseThrow().host());
        assertEquals(Map.of(), semiuri.uri().orElseThrow().parameters());
        assertEquals(6, semiuri.headers("Accept").size());
    }

    @Test
    void transportsMayBeUnknown() {
        // RFC 4475 §3.1.1.10
        assertEquals(
                List.of("UDP", "SCTP", "TLS", "UNKNOWN", "TCP"),
                request("transports").vias().stream().map(Via::transport).toList());
    }

    @Test
    void mpart01KeepsTheBytesOfItsBody() {
        // RFC 4475 §3.1.1.11
        SipRequest mpart01 = request("mpart01");
        assertEquals(553, mpart01.body().length);
        byte[] all = bytes("mpart01");
        byte[] tail = new byte[553];
        System.arraycopy(all, all.length - 553, tail, 0, 553);
        assertArrayEquals(tail, mpart01.body());
        assertEquals(Optional.of("multipart/mixed"), mpart01.contentType());
        assertTrue(mpart01.via().asksForRport());
    }

    @Test
    void reasonPhrasesMayBeOddOrMissing() {
        // RFC 4475 §3.1.1.12 and §3.1.1.13
        assertEquals(200, response("unreason").status());
        assertTrue(response("unreason").reason().startsWith("= 2**3 * 5**2 \u043D\u043E \u0441\u0442\u043E"));
        assertEquals(154, response("unreason").body().length);
        assertEquals(100, response("noreason").status());
        assertEquals("", response("noreason").reason());
    }

    @Test
    void baddateIsServedWithItsBody() {
        // RFC 4475 §3.1.2.12: do not refuse for a Date that is not used
        assertEquals(150, request("baddate").body().length);
    }

    @Test
    void bext01IsToldAllThatIsNotSupported() {
        // RFC 4475 §3.3.5: of Require only, Proxy-Require is not for us
        Refusal refusal = Corpus.RULES.refusal(request("bext01")).orElseThrow();
        assertEquals(
                List.of(new Header("Unsupported", "nothingSupportsThis, nothingSupportsThisEither")),
                refusal.headers());
    }

    @Test
    void invutIsToldWhatIsUnderstood() {
        // RFC 4475 §3.3.6
        Refusal refusal = Corpus.RULES.refusal(request("invut")).orElseThrow();
        assertEquals(List.of(new Header("Accept", "application/sdp, multipart/mixed")), refusal.headers());
    }

    @Test
    void unksm2IsWellFormed() {
        // RFC 4475 §3.3.4: only a registrar minds
        SipRequest unksm2 = request("unksm2");
        assertEquals("isbn:2983792873", unksm2.to().uri());
        assertEquals("http://www.example.com", unksm2.from().uri());
        assertEquals("name:John_Smith", unksm2.contact().orElseThrow().uri());
        assertEquals(Optional.empty(), unksm2.to().sipUri());
    }

    @Test
    void aParameterBelongsToTheUriOnlyInBrackets() {
        // RFC 4475 §3.3.12 and §3.3.13
        NameAddress outside = request("cparam01").contact().orElseThrow();
        assertEquals(Map.of("unknownparam", ""), outside.parameters());
        assertEquals(Map.of(), uri(outside).parameters());
        NameAddress inside = request("cparam02").contact().orElseThrow();
        assertEquals(Map.of(), inside.parameters());
        assertEquals(Map.of("unknownparam", ""), uri(inside).parameters());
        assertEquals(Optional.of("+19725552222"), uri(inside).user());
    }

    @Test
    void regescrtKeepsTheHeaderInItsContact() {
        // RFC 4475 §3.3.14
        assertEquals(
                Map.of("Route", "<sip:sip.example.com>"),
                uri(request("regescrt").contact().orElseThrow()).headers());
    }

    @Test
    void inv2543IsACallOfAnOlderKind() {
        // RFC 4475 §3.4.1: no branch, no From tag, no Contact, no Max-Forwards, no Content-Length
        SipRequest inv2543 = request("inv2543");
        assertEquals(Optional.empty(), inv2543.fromTag());
        assertFalse(inv2543.via().hasTransactionBranch());
        assertEquals(Optional.empty(), inv2543.contact());
        assertEquals(OptionalInt.empty(), inv2543.maxForwards());
        assertEquals("phone", inv2543.to().parameters().get("user"));
        assertTrue(bodyText(inv2543).endsWith("m=audio 49217 RTP/AVP 0\r\n"));
    }

    @Test
    void zeromfEndsHereAnyway() {
        // RFC 4475 §3.3.11: an endpoint processes it as if hops were left
        assertEquals(OptionalInt.of(0), request("zeromf").maxForwards());
    }
}

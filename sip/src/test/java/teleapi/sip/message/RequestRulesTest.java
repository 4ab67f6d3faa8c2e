package teleapi.sip.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestRulesTest {
    private static Optional<Integer> verdict(String method, String uri, String more) {
        return Corpus.RULES
                .refusal(Corpus.request(Corpus.wire(
                        method + " " + uri + " SIP/2.0\nVia: SIP/2.0/UDP a;branch=z9hG4bK1\nFrom: <sip:a@b>;tag=1\n"
                                + "Call-ID: x\nCSeq: 1 " + method + "\n" + more)))
                .map(Refusal::status);
    }

    private static Optional<Integer> invite(String more) {
        return verdict("INVITE", "sip:b@example.com", "To: <sip:b@c>\n" + more);
    }

    @Test
    void aKnownMethodThatIsNotServedIsNotAllowed() {
        // RFC 3261 §8.2.1: 405 with Allow, 501 when it is not even known
        assertEquals(Optional.of(405), verdict("PUBLISH", "sip:b@example.com", "To: <sip:b@c>\n\n"));
        assertEquals(Optional.of(501), verdict("INVENT", "sip:b@example.com", "To: <sip:b@c>\n\n"));
        assertEquals(Optional.of(501), verdict("invite", "sip:b@example.com", "To: <sip:b@c>\n\n"));
    }

    @Test
    void theAnswerNamesWhatIsAllowed() {
        // RFC 3261 §21.4.6
        SipRequest request = Corpus.request(Corpus.wire("""
            PUBLISH sip:b@c SIP/2.0
            Via: SIP/2.0/UDP a;branch=z9hG4bK1
            From: <sip:a@b>;tag=1
            To: <sip:b@c>
            Call-ID: x
            CSeq: 1 PUBLISH

            """));
        SipResponse answer = Corpus.RULES.refusal(request).orElseThrow().answer(request, "t");
        assertTrue(answer.headers("Allow").containsAll(List.of("ACK", "INVITE", "REGISTER")));
        assertEquals(Optional.of("t"), answer.toTag());
    }

    @Test
    void aTelephoneNumberMayBeCalled() {
        // RFC 3261 §8.2.2.1: schemes that are understood; the others get 416
        assertEquals(Optional.empty(), verdict("INVITE", "tel:+12015550123", "To: <tel:+12015550123>\n\n"));
        assertEquals(Optional.of(416), verdict("INVITE", "mailto:a@b", "To: <sip:b@c>\n\n"));
    }

    @Test
    void aNewCallWithoutHopsLeftIsALoop() {
        // RFC 3261 §16.3: it may have to go on from here; inside a dialog it does not
        assertEquals(Optional.of(483), invite("Max-Forwards: 0\n\n"));
        assertEquals(Optional.empty(), verdict("INVITE", "sip:b@c", "To: <sip:b@c>;tag=9\nMax-Forwards: 0\n\n"));
        assertEquals(Optional.empty(), invite("Max-Forwards: 300\n\n"));
    }

    @Test
    void requireIsIgnoredInAckAndCancel() {
        // RFC 3261 §8.2.2.3
        assertEquals(Optional.of(420), invite("Require: timer, magic\n\n"));
        assertEquals(Optional.empty(), invite("Require: timer\n\n"));
        assertEquals(Optional.empty(), verdict("ACK", "sip:b@c", "To: <sip:b@c>\nRequire: magic\n\n"));
        assertEquals(Optional.empty(), verdict("CANCEL", "sip:b@c", "To: <sip:b@c>\nRequire: magic\n\n"));
    }

    @Test
    void aBodyMustBeUnderstoodUnlessItIsOptional() {
        // RFC 3261 §8.2.3
        assertEquals(Optional.of(415), invite("Content-Type: text/plain\n\nhello"));
        assertEquals(Optional.of(415), invite("\nhello"));
        assertEquals(Optional.of(415), invite("Content-Type: application/sdp\nContent-Encoding: gzip\n\nhello"));
        assertEquals(Optional.empty(), invite("Content-Type: Application / SDP ; charset=x\n\nhello"));
        assertEquals(
                Optional.empty(),
                invite("Content-Type: text/plain\nContent-Disposition: render;handling=optional\n\nhello"));
        assertEquals(
                Optional.empty(), verdict("BYE", "sip:b@c", "To: <sip:b@c>;tag=2\nContent-Type: text/plain\n\nhello"));
    }

    @Test
    void aCallerMustTakeSdp() {
        // RFC 3261 §20.1
        assertEquals(Optional.of(406), invite("Accept: text/plain\n\n"));
        assertEquals(Optional.empty(), invite("Accept: text/plain, application/*;q=0.1\n\n"));
    }
}

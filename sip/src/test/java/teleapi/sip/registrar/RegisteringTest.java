package teleapi.sip.registrar;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import teleapi.sip.SipUri;
import teleapi.sip.message.Header;
import teleapi.sip.message.SipRequest;
import teleapi.sip.transport.Path;

/** What a REGISTER may do to the bindings of its address of record. */
final class RegisteringTest {
    private static final long SECOND = 1_000_000_000L;
    private static final SipUri SELF = SipUri.of("bob", "10.0.0.1", 5060);
    private static final Path PATH = Path.udp(new InetSocketAddress("10.0.0.2", 6000));

    private static SipRequest request(String callId, int sequence, String... headers) {
        List<Header> all = new ArrayList<>();
        all.add(new Header("Call-ID", callId));
        all.add(new Header("CSeq", sequence + " REGISTER"));
        for (String line : headers) {
            int colon = line.indexOf(':');
            all.add(new Header(
                    line.substring(0, colon), line.substring(colon + 1).trim()));
        }
        return new SipRequest("REGISTER", "sip:10.0.0.1", all, new byte[0]);
    }

    private static List<Binding> bound(List<Binding> now, SipRequest request) {
        return switch (Registering.register(now, request, PATH, SELF, 0)) {
            case Registering.Outcome.Bound bound -> bound.bindings();
            case Registering.Outcome.Refused refused ->
                throw new AssertionError(refused.status() + " " + refused.reason());
        };
    }

    private static int refused(List<Binding> now, SipRequest request) {
        return switch (Registering.register(now, request, PATH, SELF, 0)) {
            case Registering.Outcome.Bound bound ->
                throw new AssertionError(bound.bindings().toString());
            case Registering.Outcome.Refused refused -> refused.status();
        };
    }

    private static List<String> hosts(List<Binding> bindings) {
        return bindings.stream().map(binding -> binding.contact().uri().host()).toList();
    }

    @Test
    void theMostRecentContactComesFirst() {
        // the face: contacts, most recent first
        List<Binding> one = bound(List.of(), request("a", 1, "Contact: <sip:bob@one>"));
        List<Binding> two = bound(one, request("b", 1, "Contact: <sip:bob@two>"));
        assertEquals(List.of("two", "one"), hosts(two));
        assertEquals(List.of("one", "two"), hosts(bound(two, request("a", 2, "Contact: <sip:bob@one>"))));
    }

    @Test
    void theExpiryIsTheContactsTheHeadersOrAnHourAndNeverMore() {
        // RFC 3261 §10.3 step 6
        assertEquals(
                3_600 * SECOND,
                bound(List.of(), request("a", 1, "Contact: <sip:bob@one>"))
                        .getFirst()
                        .expires());
        assertEquals(
                120 * SECOND,
                bound(List.of(), request("a", 1, "Contact: <sip:bob@one>", "Expires: 120"))
                        .getFirst()
                        .expires());
        assertEquals(
                90 * SECOND,
                bound(List.of(), request("a", 1, "Contact: <sip:bob@one>;expires=90", "Expires: 120"))
                        .getFirst()
                        .expires());
        assertEquals(
                3_600 * SECOND,
                bound(List.of(), request("a", 1, "Contact: <sip:bob@one>;expires=4294967295"))
                        .getFirst()
                        .expires());
    }

    @Test
    void tooShortIs423AndChangesNothing() {
        // RFC 3261 §10.3 step 6
        assertEquals(423, refused(List.of(), request("a", 1, "Contact: <sip:bob@one>;expires=59")));
    }

    @Test
    void zeroRemoves() {
        // RFC 3261 §10.2.2
        List<Binding> one = bound(List.of(), request("a", 1, "Contact: <sip:bob@one>"));
        assertEquals(List.of(), bound(one, request("a", 2, "Contact: <sip:bob@one>;expires=0")));
    }

    @Test
    void theStarRemovesAllAndOnlyWithExpiresZeroAndAlone() {
        // RFC 3261 §10.2.2, §10.3 step 6; reliability S4
        List<Binding> one = bound(List.of(), request("a", 1, "Contact: <sip:bob@one>"));
        assertEquals(List.of(), bound(one, request("a", 2, "Contact: *", "Expires: 0")));
        assertEquals(400, refused(one, request("a", 2, "Contact: *")));
        assertEquals(400, refused(one, request("a", 2, "Contact: *", "Expires: 60")));
        assertEquals(400, refused(one, request("a", 2, "Contact: *", "Contact: <sip:bob@two>", "Expires: 0")));
    }

    @Test
    void anOldRegisterDoesNotUndoANewOne() {
        // RFC 3261 §10.3 step 7
        List<Binding> one = bound(List.of(), request("a", 5, "Contact: <sip:bob@one>"));
        assertEquals(500, refused(one, request("a", 5, "Contact: <sip:bob@one>;expires=0")));
        assertEquals(500, refused(one, request("a", 4, "Contact: *", "Expires: 0")));
    }

    @Test
    void askingWithoutAContactChangesNothing() {
        // RFC 3261 §10.2.3
        List<Binding> one = bound(List.of(), request("a", 1, "Contact: <sip:bob@one>"));
        assertEquals(one, bound(one, request("a", 2)));
    }

    @Test
    void tenContactsAreEnough() {
        // reliability S4
        List<Binding> bindings = List.of();
        for (int i = 0; i < 10; i++) {
            bindings = bound(bindings, request("c" + i, 1, "Contact: <sip:bob@h" + i + ">"));
        }
        assertEquals(10, bindings.size());
        assertEquals(403, refused(bindings, request("x", 1, "Contact: <sip:bob@more>")));
        assertEquals(
                10, bound(bindings, request("c3", 2, "Contact: <sip:bob@h3>")).size());
    }

    @Test
    void nobodyRegistersUsOrWhatIsNoSip() {
        // reliability S4: reg-self-contact
        assertEquals(403, refused(List.of(), request("a", 1, "Contact: <sip:bob@10.0.0.1>")));
        assertEquals(400, refused(List.of(), request("a", 1, "Contact: <mailto:bob@one>")));
    }

    @Test
    void theSourceIsRemembered() {
        // the face: requests go where the REGISTER came from
        Binding binding = bound(List.of(), request("a", 1, "Contact: <sip:bob@192.168.1.2:5060>"))
                .getFirst();
        assertEquals(PATH.remote(), binding.contact().source());
    }
}

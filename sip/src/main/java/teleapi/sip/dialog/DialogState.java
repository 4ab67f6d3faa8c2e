package teleapi.sip.dialog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import teleapi.sip.SipUri;
import teleapi.sip.message.CSeq;
import teleapi.sip.message.Header;
import teleapi.sip.message.NameAddress;
import teleapi.sip.message.SipMessage;
import teleapi.sip.message.SipRequest;
import teleapi.sip.transport.Hop;

/**
 * What both ends of a dialog remember, and the requests made of it.
 *
 * <pre>
 * Source  RFC 3261 §12.1, §12.2.1.1
 * </pre>
 */
final class DialogState {
    // Owned by the SIP worker of its dialog.
    private static final byte[] NO_BODY = {};

    private final String callId;
    private final String localTag;
    private final String local;
    private String remote;
    private String remoteTag;
    private String target;
    private List<String> routes;
    private Optional<Hop> flow;
    private long localSequence;
    private long remoteSequence = -1;

    /**
     * @param local our From or To value, with its tag
     * @param remote the far end's, with its tag when it is known
     * @param target its Contact URI, or the Request-URI before one is known
     * @param flow where requests go when no route is set, whatever the target says (a client behind NAT)
     */
    DialogState(
            String callId,
            String localTag,
            String local,
            String remote,
            String remoteTag,
            String target,
            List<String> routes,
            Optional<Hop> flow) {
        this.callId = callId;
        this.localTag = localTag;
        this.local = local;
        this.remote = remote;
        this.remoteTag = remoteTag;
        this.target = target;
        this.routes = routes;
        this.flow = flow;
    }

    String callId() {
        return callId;
    }

    String localTag() {
        return localTag;
    }

    String remoteTag() {
        return remoteTag;
    }

    String target() {
        return target;
    }

    /** Ours, without name and tag. */
    String localUri() {
        return address(local);
    }

    long localSequence() {
        return localSequence;
    }

    long nextSequence() {
        return ++localSequence;
    }

    /** RFC 3261 §12.2.2: the far end's numbers grow; false for one that does not. */
    boolean sequence(long number) {
        if (number <= remoteSequence) {
            return false;
        }
        remoteSequence = number;
        return true;
    }

    /** The same call with the far end that sent this response (RFC 3261 §12.1.2): its tag, its Contact, its Record-Routes reversed. */
    DialogState with(SipMessage response) {
        List<String> reversed = new ArrayList<>(response.headers("Record-Route")).reversed();
        DialogState state = new DialogState(
                callId,
                localTag,
                local,
                response.header("To").orElse(remote),
                response.toTag().orElse(""),
                response.contact().map(NameAddress::uri).orElse(target),
                reversed,
                flow);
        state.localSequence = localSequence;
        state.remoteSequence = remoteSequence;
        return state;
    }

    /** RFC 3261 §12.2.1.2, §12.2.2: a target refresh takes the new Contact. */
    void refreshTarget(SipMessage message) {
        message.contact().map(NameAddress::uri).ifPresent(uri -> target = uri);
    }

    /** A request in the dialog, without Via. */
    SipRequest request(String method, long sequence, String product, List<Header> more) {
        return request(method, sequence, product, more, NO_BODY);
    }

    SipRequest request(String method, long sequence, String product, List<Header> more, byte[] body) {
        List<Header> headers = new ArrayList<>(12 + more.size());
        headers.add(new Header("Max-Forwards", "70"));
        String uri = target;
        if (!routes.isEmpty()) {
            boolean loose = isLoose(routes.getFirst());
            List<String> path = new ArrayList<>(routes);
            if (!loose) {
                // RFC 3261 §12.2.1.1: a strict router gets its own URI in the start line and the target at the end of
                // the route
                uri = address(routes.getFirst());
                path.removeFirst();
                path.add('<' + target + '>');
            }
            path.forEach(route -> headers.add(new Header("Route", route)));
        }
        headers.add(new Header("From", local));
        headers.add(new Header("To", remote));
        headers.add(new Header("Call-ID", callId));
        headers.add(new Header("CSeq", new CSeq(sequence, method).toString()));
        headers.add(new Header("User-Agent", product));
        headers.addAll(more);
        return new SipRequest(method, uri, headers, body);
    }

    /** Where its requests go: the first route, the known flow, or the target. Empty when that is nowhere we can send. */
    Optional<Hop> hop() {
        if (!routes.isEmpty()) {
            return SipUri.parse(address(routes.getFirst())).flatMap(Hop::of);
        }
        return flow.isPresent() ? flow : SipUri.parse(target).flatMap(Hop::of);
    }

    private static boolean isLoose(String route) {
        return SipUri.parse(address(route)).flatMap(uri -> uri.parameter("lr")).isPresent();
    }

    private static String address(String route) {
        return NameAddress.parse(route).map(NameAddress::uri).orElse(route);
    }
}

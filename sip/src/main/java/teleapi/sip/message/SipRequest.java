package teleapi.sip.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import teleapi.sip.SipUri;

/**
 * A request as received or to be sent.
 *
 * <pre>
 * Shape   headers in order; body bytes are the message's own
 * Source  RFC 3261 §7.1
 * </pre>
 *
 * @param method as written: methods are case-sensitive
 * @param requestUri as written
 */
public record SipRequest(String method, String requestUri, List<Header> headers, byte[] body) implements SipMessage {
    public SipRequest {
        headers = List.copyOf(headers);
    }

    /** The Request-URI, when it is sip:, sips: or tel:. */
    public Optional<SipUri> uri() {
        return SipUri.parse(requestUri);
    }

    /** A copy with one more header at the end. */
    public SipRequest with(Header header) {
        return with(List.of(header));
    }

    /** A copy with more headers at the end. */
    public SipRequest with(List<Header> more) {
        List<Header> all = new ArrayList<>(headers);
        all.addAll(more);
        return new SipRequest(method, requestUri, all, body);
    }

    /** A copy with one more header at the top: a Via to be pushed. */
    public SipRequest withFirst(Header header) {
        List<Header> all = new ArrayList<>(headers.size() + 1);
        all.add(header);
        all.addAll(headers);
        return new SipRequest(method, requestUri, all, body);
    }

    /** A copy with this body. */
    public SipRequest withBody(String contentType, byte[] bytes) {
        return new SipRequest(
                method, requestUri, Lists.replacing(headers, new Header("Content-Type", contentType)), bytes);
    }
}

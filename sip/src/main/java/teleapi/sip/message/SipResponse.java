package teleapi.sip.message;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A response as received or to be sent.
 *
 * <pre>
 * Shape   headers in order; body bytes are the message's own
 * Source  RFC 3261 §7.2, §8.2.6
 * </pre>
 *
 * @param status 100 to 699
 * @param reason may be empty
 */
public record SipResponse(int status, String reason, List<Header> headers, byte[] body) implements SipMessage {
    private static final byte[] NONE = {};
    /** A call ends, or a text is delivered, within seconds; a caller who comes sooner would only add to the load. */
    private static final Header LATER = new Header("Retry-After", "5");

    public SipResponse {
        headers = List.copyOf(headers);
    }

    /**
     * A response to a request: its Vias, From, To (with {@code toTag} when it has none and the status is not 100), Call-ID and CSeq, the
     * Record-Routes when it can make a dialog (§12.1.1), the Timestamp in a 100 (§8.2.6.1). Works on half a request too: what is missing stays so.
     */
    public static SipResponse to(SipRequest request, int status, String reason, String toTag) {
        List<Header> copied = new ArrayList<>();
        boolean dialog = status > 100 && status < 300 && request.method().equals("INVITE");
        Set<String> once = new HashSet<>();
        for (Header header : request.headers()) {
            switch (header.name()) {
                case "Via" -> copied.add(header);
                // twice only in a request that is answered with 400
                case "From", "Call-ID", "CSeq" -> {
                    if (once.add(header.name())) {
                        copied.add(header);
                    }
                }
                case "To" -> {
                    if (once.add("To")) {
                        copied.add(status == 100 ? header : tagged(header, toTag));
                    }
                }
                case "Record-Route" -> {
                    if (dialog) {
                        copied.add(header);
                    }
                }
                case "Timestamp" -> {
                    if (status == 100) {
                        copied.add(header);
                    }
                }
                default -> {}
            }
        }
        return new SipResponse(status, reason, copied, NONE);
    }

    /** The same with the usual reason phrase. */
    public static SipResponse to(SipRequest request, int status, String toTag) {
        return to(request, status, Reasons.phrase(status), toTag);
    }

    // The text of the To is kept, so that a far end that compares it as text is content.
    private static Header tagged(Header to, String tag) {
        Optional<NameAddress> address = NameAddress.parse(to.value());
        if (address.isEmpty() || address.get().tag().isPresent()) {
            return to;
        }
        return new Header("To", to.value() + ";tag=" + tag);
    }

    public boolean isProvisional() {
        return status < 200;
    }

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** A copy with one more header at the end. */
    public SipResponse with(Header header) {
        return with(List.of(header));
    }

    /** A copy with more headers at the end. */
    public SipResponse with(List<Header> more) {
        List<Header> all = new ArrayList<>(headers);
        all.addAll(more);
        return new SipResponse(status, reason, all, body);
    }

    /** A 503 says when to come again, or it would count as a 500 (RFC 3261 §21.5.4); any other response is as it was. */
    public SipResponse withTimeToRetry() {
        return status == 503 && header(LATER.name()).isEmpty() ? with(LATER) : this;
    }

    /** A copy with this body. */
    public SipResponse withBody(String contentType, byte[] bytes) {
        return new SipResponse(
                status, reason, Lists.replacing(headers, new Header("Content-Type", contentType)), bytes);
    }
}

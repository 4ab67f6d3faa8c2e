package teleapi.sip.message;

import java.util.List;
import java.util.Optional;

/**
 * A request as received or to be sent.
 *
 * <pre>
 * Shape   headers in order; body bytes are the message's own
 * Source  RFC 3261 §7.1
 * </pre>
 */
public record SipRequest(String method, String requestUri, List<Header> headers, byte[] body) {
    /** The first value of a header by its full name, whatever its case. */
    public Optional<String> header(String name) {
        for (Header header : headers) {
            if (header.name().equalsIgnoreCase(name)) {
                return Optional.of(header.value());
            }
        }
        return Optional.empty();
    }
}

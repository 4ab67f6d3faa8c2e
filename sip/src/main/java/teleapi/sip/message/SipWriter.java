package teleapi.sip.message;

import java.nio.charset.StandardCharsets;

/**
 * Messages to bytes.
 *
 * <pre>
 * Shape   Content-Length is always the body's, whatever the headers say
 * Errors  IllegalArgumentException for CR, LF or NUL in a method, URI, reason or header: it would be read as something else
 * Source  RFC 3261 §7, §18.3
 * </pre>
 */
public final class SipWriter {
    private SipWriter() {}

    public static byte[] bytes(SipMessage message) {
        byte[] head = head(message);
        byte[] body = message.body();
        byte[] all = new byte[head.length + body.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    private static byte[] head(SipMessage message) {
        StringBuilder out = new StringBuilder(1_024);
        switch (message) {
            case SipRequest request ->
                out.append(clean(request.method()))
                        .append(' ')
                        .append(clean(request.requestUri()))
                        .append(" SIP/2.0\r\n");
            case SipResponse response ->
                out.append("SIP/2.0 ")
                        .append(response.status())
                        .append(' ')
                        .append(clean(response.reason()))
                        .append("\r\n");
        }
        for (Header header : message.headers()) {
            if (!header.is("Content-Length")) {
                out.append(header.name()).append(": ").append(header.value()).append("\r\n");
            }
        }
        out.append("Content-Length: ").append(message.body().length).append("\r\n\r\n");
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    // Header refuses them itself
    private static String clean(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r' || c == '\n' || c == 0) {
                throw new IllegalArgumentException("a control character in the start line at " + i);
            }
        }
        return text;
    }
}

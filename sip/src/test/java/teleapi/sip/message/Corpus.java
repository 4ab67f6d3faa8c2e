package teleapi.sip.message;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Messages written down in text files, and what a user agent like ours makes of them.
 *
 * <p>A message begins behind a line {@code ### name} and ends before the next; a line end is CRLF on the wire, a backslash at a line's end joins it
 * with the next. {@code {{0A1B}}} stands for bytes, {@code {{3*ab}}} for ababab, {@code {{sdp address start}}} for the session description that
 * most messages of RFC 4475 carry (start is 0 when absent), without its last line end.
 */
final class Corpus {
    static final RequestRules RULES = new RequestRules(
            Set.of("INVITE", "ACK", "BYE", "CANCEL", "OPTIONS", "REGISTER", "INFO", "MESSAGE"),
            Set.of("timer"),
            Set.of("application/sdp", "multipart/mixed"),
            Set.of("application/sdp", "multipart/mixed"));

    private Corpus() {}

    static Map<String, byte[]> read(String file) {
        try (InputStream in = Corpus.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException(file);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\\\n", "");
            Map<String, byte[]> messages = new LinkedHashMap<>();
            for (int at = text.indexOf("\n### "); at >= 0; ) {
                int nameEnd = text.indexOf('\n', at + 1);
                int next = text.indexOf("\n### ", nameEnd);
                String body = text.substring(nameEnd + 1, next < 0 ? text.length() : next + 1);
                messages.put(text.substring(at + 5, nameEnd), wire(body));
                at = next;
            }
            return messages;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From the notation to bytes. */
    static byte[] wire(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf("{{", at);
            int end = open < 0 ? text.length() : open;
            out.writeBytes(text.substring(at, end).replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
            if (open < 0) {
                break;
            }
            int close = text.indexOf("}}", open);
            out.writeBytes(expand(text.substring(open + 2, close)));
            at = close + 2;
        }
        return out.toByteArray();
    }

    private static byte[] expand(String macro) {
        int star = macro.indexOf('*');
        if (star > 0) {
            return macro.substring(star + 1)
                    .repeat(Integer.parseInt(macro.substring(0, star)))
                    .getBytes(StandardCharsets.UTF_8);
        }
        if (!macro.startsWith("sdp ")) {
            return HexFormat.of().parseHex(macro);
        }
        int gap = macro.indexOf(' ', 4);
        String address = macro.substring(4, gap < 0 ? macro.length() : gap);
        String start = gap < 0 ? "0" : macro.substring(gap + 1);
        return wire("v=0\no=mhandley 29739 7272939 IN IP4 " + address + "\ns=-\nc=IN IP4 " + address + "\nt=" + start
                + " 0\nm=audio 49217 RTP/AVP 0 12\nm=video 3227 RTP/AVP 31\na=rtpmap:31 LPC");
    }

    /** What our user agent does with a datagram: "serve", "drop" or the status it answers with. */
    static String verdict(byte[] datagram) {
        return switch (SipParser.parse(ByteBuffer.wrap(datagram))) {
            case ParsedMessage.Message(SipRequest request) ->
                RULES.refusal(request)
                        .map(refusal -> String.valueOf(refusal.status()))
                        .orElse("serve");
            case ParsedMessage.Message(SipResponse response) -> ResponseRules.accepts(response) ? "serve" : "drop";
            case ParsedMessage.Malformed malformed ->
                malformed.request().isPresent() ? String.valueOf(malformed.status()) : "drop";
            case ParsedMessage.KeepAlive _, ParsedMessage.NotSip _ -> "drop";
        };
    }

    static SipMessage message(byte[] datagram) {
        return switch (SipParser.parse(ByteBuffer.wrap(datagram))) {
            case ParsedMessage.Message(SipMessage message) -> message;
            case ParsedMessage.Malformed malformed -> throw new AssertionError(malformed.reason());
            case ParsedMessage other -> throw new AssertionError(other);
        };
    }

    static SipRequest request(byte[] datagram) {
        return (SipRequest) message(datagram);
    }
}

package teleapi.sip.message;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import teleapi.sip.SipUri;

/**
 * A value of From, To, Contact, Route, Record-Route, Refer-To: a URI with a name and parameters.
 *
 * @param display unquoted; empty when there is none
 * @param uri as written, any scheme, without the angle brackets
 * @param parameters of the header (not of the URI) by lower-case name, unquoted; a flag has the empty value
 */
public record NameAddress(String display, String uri, Map<String, String> parameters) {
    /** A URI alone. */
    public static NameAddress of(SipUri uri) {
        return new NameAddress("", uri.toString(), Map.of());
    }

    /** A URI with a name (may be empty). */
    public static NameAddress of(String display, SipUri uri) {
        return new NameAddress(display, uri.toString(), Map.of());
    }

    /** Reads one value; empty when it is none. */
    public static Optional<NameAddress> parse(String text) {
        return Optional.ofNullable(read(text));
    }

    private static @Nullable NameAddress read(String text) {
        int start = Chars.skipSpace(text, 0);
        String display = "";
        int open;
        if (start < text.length() && text.charAt(start) == '"') {
            int end = Chars.quotedEnd(text, start);
            if (end < 0) {
                return null;
            }
            display = Chars.unquote(text.substring(start, end));
            open = Chars.skipSpace(text, end);
            if (open == text.length() || text.charAt(open) != '<') {
                return null;
            }
        } else {
            open = text.indexOf('<', start);
            if (open < 0) {
                return bare(text, start);
            }
            display = text.substring(start, open).trim();
            if (!isTokens(display)) {
                return null;
            }
        }
        int close = text.indexOf('>', open);
        if (close < 0) {
            return null;
        }
        String uri = text.substring(open + 1, close);
        Map<String, String> parameters = Parameters.parse(text, close + 1);
        return parameters == null || !isUri(uri) ? null : new NameAddress(display, uri, parameters);
    }

    // RFC 3261 §20: without angle brackets every parameter is the header's, and a comma, semicolon or question mark
    // cannot be the URI's.
    private static @Nullable NameAddress bare(String text, int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) != ';' && !Chars.isSpace(text.charAt(end))) {
            end++;
        }
        String uri = text.substring(start, end);
        Map<String, String> parameters = Parameters.parse(text, end);
        boolean clear = uri.indexOf('?') < 0 && uri.indexOf(',') < 0;
        return parameters == null || !clear || !isUri(uri) ? null : new NameAddress("", uri, parameters);
    }

    // *(token LWS)
    private static boolean isTokens(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Chars.isToken(text.charAt(i)) && !Chars.isSpace(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    // sip:, sips: and tel: are read; any other must have a scheme, and no control, space or bracket may follow (RFC
    // 3986 §3.1)
    static boolean isUri(String uri) {
        int colon = uri.indexOf(':');
        if (colon <= 0 || colon == uri.length() - 1) {
            return false;
        }
        for (int i = 0; i < colon; i++) {
            if (!Chars.isToken(uri.charAt(i))) {
                return false;
            }
        }
        if (SipUri.isKnownScheme(uri.substring(0, colon))) {
            return SipUri.parse(uri).isPresent();
        }
        for (int i = colon; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (c <= ' ' || c == '<' || c == '>' || c == '"' || c >= 0x7F) {
                return false;
            }
        }
        return true;
    }

    /** The URI read, when it is sip:, sips: or tel:. */
    public Optional<SipUri> sipUri() {
        return SipUri.parse(uri);
    }

    public Optional<String> tag() {
        return Optional.ofNullable(parameters.get("tag"));
    }

    public NameAddress withTag(String tag) {
        return with("tag", tag);
    }

    /** A copy with this parameter set. */
    public NameAddress with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(name, value);
        return new NameAddress(display, uri, Collections.unmodifiableMap(more));
    }

    /** As it stands in the header: with angle brackets always, the name quoted. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(96);
        if (!display.isEmpty()) {
            out.append(Chars.quote(display)).append(' ');
        }
        out.append('<').append(uri).append('>');
        Parameters.write(parameters, out);
        return out.toString();
    }
}

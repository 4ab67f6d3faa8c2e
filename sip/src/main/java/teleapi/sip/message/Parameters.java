package teleapi.sip.message;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parameters behind a header value: {@code ;name=value;flag}. */
final class Parameters {
    /** More than any honest header has. */
    private static final int MOST = 50;

    private Parameters() {}

    /** By lower-case name, unquoted; a flag has the empty value. Null when the text from {@code at} on is not such a list, or names one twice. */
    static @Nullable Map<String, String> parse(String text, int at) {
        int i = Chars.skipSpace(text, at);
        if (i == text.length()) {
            return Map.of();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        while (i < text.length()) {
            if (text.charAt(i) != ';' || parameters.size() == MOST) {
                return null;
            }
            int nameStart = Chars.skipSpace(text, i + 1);
            int nameEnd = Chars.tokenEnd(text, nameStart);
            if (nameEnd == nameStart) {
                return null;
            }
            String value = "";
            i = Chars.skipSpace(text, nameEnd);
            if (i < text.length() && text.charAt(i) == '=') {
                int valueStart = Chars.skipSpace(text, i + 1);
                int valueEnd = valueEnd(text, valueStart);
                if (valueEnd <= valueStart) {
                    return null;
                }
                String written = text.substring(valueStart, valueEnd);
                value = written.charAt(0) == '"' ? Chars.unquote(written) : written;
                i = Chars.skipSpace(text, valueEnd);
            }
            if (parameters.put(text.substring(nameStart, nameEnd).toLowerCase(Locale.ROOT), value) != null) {
                return null;
            }
        }
        return Collections.unmodifiableMap(parameters);
    }

    private static int valueEnd(String text, int at) {
        if (at < text.length() && text.charAt(at) == '"') {
            return Chars.quotedEnd(text, at);
        }
        int i = at;
        while (i < text.length() && isPlain(text.charAt(i))) {
            i++;
        }
        return i;
    }

    // token or host: an IPv6 address stands here with and without brackets (RFC 5118 §4.5)
    private static boolean isPlain(char c) {
        return Chars.isToken(c) || c == '[' || c == ']' || c == ':';
    }

    static void write(Map<String, String> parameters, StringBuilder out) {
        parameters.forEach((name, value) -> {
            out.append(';').append(name);
            if (!value.isEmpty()) {
                out.append('=').append(isPlain(value) ? value : Chars.quote(value));
            }
        });
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (!isPlain(value.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}

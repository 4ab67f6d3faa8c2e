package teleapi.sip.message;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value of WWW-Authenticate, Proxy-Authenticate, Authorization or Proxy-Authorization (RFC 3261 §20.7, §20.27, §20.28, §20.44).
 *
 * @param scheme as written
 * @param parameters by lower-case name, unquoted, in order
 */
public record AuthParameters(String scheme, Map<String, String> parameters) {
    /** More than any scheme has. */
    private static final int MOST = 30;

    /** Reads one value; empty when it is none, or names a parameter twice. */
    public static Optional<AuthParameters> parse(String text) {
        int schemeEnd = Chars.tokenEnd(text, 0);
        if (schemeEnd == 0 || schemeEnd == text.length() || !Chars.isSpace(text.charAt(schemeEnd))) {
            return Optional.empty();
        }
        Map<String, String> parameters = read(text, Chars.skipSpace(text, schemeEnd));
        return parameters == null
                ? Optional.empty()
                : Optional.of(new AuthParameters(text.substring(0, schemeEnd), parameters));
    }

    private static @Nullable Map<String, String> read(String text, int start) {
        Map<String, String> parameters = new LinkedHashMap<>();
        int i = start;
        while (true) {
            int nameEnd = Chars.tokenEnd(text, i);
            int equal = Chars.skipSpace(text, nameEnd);
            if (nameEnd == i || equal == text.length() || text.charAt(equal) != '=' || parameters.size() == MOST) {
                return null;
            }
            int valueStart = Chars.skipSpace(text, equal + 1);
            boolean quoted = valueStart < text.length() && text.charAt(valueStart) == '"';
            int valueEnd = quoted ? Chars.quotedEnd(text, valueStart) : Chars.tokenEnd(text, valueStart);
            if (valueEnd <= valueStart) {
                return null;
            }
            String written = text.substring(valueStart, valueEnd);
            String name = text.substring(i, nameEnd).toLowerCase(Locale.ROOT);
            if (parameters.put(name, quoted ? Chars.unquote(written) : written) != null) {
                return null;
            }
            int comma = Chars.skipSpace(text, valueEnd);
            if (comma == text.length()) {
                return Collections.unmodifiableMap(parameters);
            }
            if (text.charAt(comma) != ',') {
                return null;
            }
            i = Chars.skipSpace(text, comma + 1);
        }
    }

    /** One parameter by its lower-case name. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** As a quoted string. */
    public static String quote(String said) {
        return Chars.quote(said);
    }
}

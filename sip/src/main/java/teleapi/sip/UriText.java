package teleapi.sip;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import teleapi.sip.message.Host;

/** Reads and writes URIs as text, with their escapes (RFC 3261 §19.1.1 and §25.1, RFC 3966 §3). */
final class UriText {
    private static final int LONGEST = 2_048;
    /** More than any honest URI has. */
    private static final int MOST_PARAMETERS = 50;

    private static final String MARK = "-_.!~*'()";
    private static final boolean[] USER = of(MARK + "&=+$,;?/");
    private static final boolean[] PASSWORD = of(MARK + "&=+$,");
    private static final boolean[] PARAMETER = of(MARK + "[]/:&+$");
    private static final boolean[] HEADER = of(MARK + "[]/?:+$");
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private UriText() {}

    private static boolean[] of(String marks) {
        boolean[] allowed = new boolean[128];
        for (char c = 0; c < 128; c++) {
            allowed[c] =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || marks.indexOf(c) >= 0;
        }
        return allowed;
    }

    static @Nullable SipUri read(String text) {
        int colon = text.indexOf(':');
        if (colon < 3 || colon > 4 || text.length() > LONGEST) {
            return null;
        }
        String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "sip", "sips" -> readSip(scheme, text, colon + 1);
            case "tel" -> readTel(text, colon + 1);
            default -> null;
        };
    }

    private static @Nullable SipUri readSip(String scheme, String text, int start) {
        // An at sign stands nowhere else unescaped, while the user may have semicolons and question marks.
        int at = text.indexOf('@', start);
        Optional<String> user = Optional.empty();
        int hostStart = start;
        if (at >= 0) {
            String read = readUser(text.substring(start, at));
            if (read == null) {
                return null;
            }
            user = Optional.of(read);
            hostStart = at + 1;
        }
        int question = text.indexOf('?', hostStart);
        int end = question < 0 ? text.length() : question;
        int semicolon = text.indexOf(';', hostStart);
        int hostPortEnd = semicolon < 0 || semicolon > end ? end : semicolon;

        int hostEnd = text.startsWith("[", hostStart) ? text.indexOf(']', hostStart) + 1 : text.indexOf(':', hostStart);
        if (hostEnd <= hostStart || hostEnd > hostPortEnd) {
            hostEnd = hostPortEnd;
        }
        Optional<String> host = Host.parse(text.substring(hostStart, hostEnd));
        OptionalInt port = OptionalInt.empty();
        if (hostEnd < hostPortEnd) {
            int read = readPort(text, hostEnd, hostPortEnd);
            if (read < 0) {
                return null;
            }
            port = OptionalInt.of(read);
        }
        Map<String, String> parameters = readParameters(text, hostPortEnd, end);
        Map<String, String> headers = question < 0 ? Map.of() : readHeaders(text, question + 1);
        if (host.isEmpty() || parameters == null || headers == null) {
            return null;
        }
        return new SipUri(scheme, user, host.get(), port, parameters, headers);
    }

    private static @Nullable String readUser(String text) {
        int colon = text.indexOf(':');
        if (colon >= 0 && unescape(text, colon + 1, text.length(), PASSWORD) == null) {
            return null;
        }
        int end = colon < 0 ? text.length() : colon;
        return end == 0 ? null : unescape(text, 0, end, USER);
    }

    // :1*DIGIT up to 65535
    private static int readPort(String text, int from, int to) {
        if (text.charAt(from) != ':' || from + 1 == to || to - from > 12) {
            return -1;
        }
        int port = 0;
        for (int i = from + 1; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            port = port * 10 + digit;
            if (port > 65_535) {
                return -1;
            }
        }
        return port;
    }

    private static @Nullable Map<String, String> readParameters(String text, int from, int to) {
        return from == to ? Map.of() : readPairs(text, from + 1, to, ';', PARAMETER, true);
    }

    private static @Nullable Map<String, String> readHeaders(String text, int from) {
        return readPairs(text, from, text.length(), '&', HEADER, false);
    }

    private static @Nullable Map<String, String> readPairs(
            String text, int from, int to, char separator, boolean[] allowed, boolean lowerOnce) {
        Map<String, String> pairs = new LinkedHashMap<>();
        int i = from;
        while (i <= to) {
            int end = text.indexOf(separator, i);
            if (end < 0 || end > to) {
                end = to;
            }
            int equal = text.indexOf('=', i);
            int nameEnd = equal < 0 || equal > end ? end : equal;
            String name = unescape(text, i, nameEnd, allowed);
            String value = nameEnd == end ? "" : unescape(text, nameEnd + 1, end, allowed);
            if (name == null || name.isEmpty() || value == null || pairs.size() == MOST_PARAMETERS) {
                return null;
            }
            // RFC 3261 §19.1.1: a parameter name appears once; of a header that comes twice the first counts
            boolean twice = pairs.putIfAbsent(lowerOnce ? name.toLowerCase(Locale.ROOT) : name, value) != null;
            if (twice && lowerOnce) {
                return null;
            }
            i = end + 1;
        }
        return Collections.unmodifiableMap(pairs);
    }

    private static @Nullable SipUri readTel(String text, int start) {
        int semicolon = text.indexOf(';', start);
        int end = semicolon < 0 ? text.length() : semicolon;
        StringBuilder number = new StringBuilder(end - start);
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            boolean global = text.charAt(start) == '+';
            if ((c >= '0' && c <= '9') || (c == '+' && i == start)) {
                number.append(c);
            } else if (!global && ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == '*' || c == '#')) {
                number.append(c);
            } else if ("-.()".indexOf(c) < 0) {
                return null;
            }
        }
        Map<String, String> parameters = readParameters(text, end, text.length());
        if (number.isEmpty() || number.toString().equals("+") || parameters == null) {
            return null;
        }
        return new SipUri("tel", Optional.of(number.toString()), "", OptionalInt.empty(), parameters, Map.of());
    }

    /** Null when a character is not allowed or an escape is broken. */
    private static @Nullable String unescape(String text, int from, int to, boolean[] allowed) {
        boolean escaped = false;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '%') {
                if (i + 2 >= to
                        || !HexFormat.isHexDigit(text.charAt(i + 1))
                        || !HexFormat.isHexDigit(text.charAt(i + 2))) {
                    return null;
                }
                escaped = true;
                i += 2;
            } else if (c >= 128 || !allowed[c]) {
                return null;
            }
        }
        return escaped ? decode(text, from, to) : text.substring(from, to);
    }

    private static String decode(String text, int from, int to) {
        byte[] bytes = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '%') {
                bytes[length++] = (byte) HexFormat.fromHexDigits(text, i + 1, i + 3);
                i += 2;
            } else {
                bytes[length++] = (byte) c;
            }
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    static String write(SipUri uri) {
        StringBuilder out = new StringBuilder(64).append(uri.scheme()).append(':');
        if (uri.scheme().equals("tel")) {
            out.append(uri.user().orElse(""));
        } else {
            uri.user().ifPresent(user -> {
                escape(user, USER, out);
                out.append('@');
            });
            out.append(uri.host());
            uri.port().ifPresent(port -> out.append(':').append(port));
        }
        uri.parameters().forEach((name, value) -> pair(name, value, ';', PARAMETER, false, out));
        char[] separator = {'?'};
        uri.headers().forEach((name, value) -> {
            pair(name, value, separator[0], HEADER, true, out);
            separator[0] = '&';
        });
        return out.toString();
    }

    private static void pair(
            String name, String value, char separator, boolean[] allowed, boolean always, StringBuilder out) {
        out.append(separator);
        escape(name, allowed, out);
        if (always || !value.isEmpty()) {
            out.append('=');
            escape(value, allowed, out);
        }
    }

    private static void escape(String text, boolean[] allowed, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 128 || !allowed[c]) {
                escapeFrom(text, i, allowed, out);
                return;
            }
            out.append(c);
        }
    }

    private static void escapeFrom(String text, int from, boolean[] allowed, StringBuilder out) {
        for (byte b : text.substring(from).getBytes(StandardCharsets.UTF_8)) {
            if (b >= 0 && allowed[b]) {
                out.append((char) b);
            } else {
                out.append('%');
                HEX.toHexDigits(out, b);
            }
        }
    }
}

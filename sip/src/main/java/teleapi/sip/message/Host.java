package teleapi.sip.message;

import java.util.Locale;
import java.util.Optional;

/** Host names and addresses as they stand in URIs and Vias (RFC 3261 §25.1, RFC 5954 for IPv6). */
public final class Host {
    private static final int LONGEST = 255;

    private Host() {}

    /** In lower case, IPv6 in brackets; empty when it is no host. Underscores are let through: container networks name machines so. */
    public static Optional<String> parse(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return Optional.empty();
        }
        if (text.charAt(0) != '[') {
            return isName(text) ? Optional.of(text.toLowerCase(Locale.ROOT)) : Optional.empty();
        }
        // RFC 5118 §4.10: the grammar of RFC 3261 writes a third colon before an IPv4 part; it means two
        int colons = text.indexOf(":::");
        boolean third = colons > 0 && isIpv4(text, colons + 3, text.length() - 1);
        String address = third ? text.substring(0, colons) + text.substring(colons + 1) : text;
        boolean good = address.endsWith("]") && isIpv6(address, 1, address.length() - 1);
        return good ? Optional.of(address.toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    private static boolean isName(String text) {
        char last = '.';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isAlphanumeric(c) && c != '_' && c != '.' && c != '-') {
                return false;
            }
            // a label neither is empty nor begins with a hyphen
            if (last == '.' && (c == '.' || c == '-')) {
                return false;
            }
            last = c;
        }
        return true;
    }

    // h16 groups, at most one "::", perhaps an IPv4 address at the end
    static boolean isIpv6(String text, int from, int to) {
        int groups = 0;
        boolean gap = false;
        int i = from;
        if (text.startsWith("::", i)) {
            gap = true;
            i += 2;
        }
        while (i < to) {
            int end = i;
            while (end < to && Character.digit(text.charAt(end), 16) >= 0 && text.charAt(end) < 128) {
                end++;
            }
            if (end < to && text.charAt(end) == '.') {
                groups += 2;
                return isIpv4(text, i, to) && (gap ? groups < 8 : groups == 8);
            }
            if (end == i || end - i > 4) {
                return false;
            }
            groups++;
            i = end;
            if (i < to) {
                if (text.charAt(i) != ':') {
                    return false;
                }
                i++;
                if (i < to && text.charAt(i) == ':') {
                    if (gap) {
                        return false;
                    }
                    gap = true;
                    i++;
                } else if (i == to) {
                    return false;
                }
            }
        }
        return gap ? groups < 8 : groups == 8;
    }

    static boolean isIpv4(String text, int from, int to) {
        int parts = 0;
        int i = from;
        while (parts < 4) {
            int end = i;
            while (end < to && text.charAt(end) != '.') {
                end++;
            }
            if (end - i > 3 || Numbers.read(text, i, end, 255).isEmpty()) {
                return false;
            }
            parts++;
            if (end == to) {
                return parts == 4;
            }
            i = end + 1;
        }
        return false;
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}

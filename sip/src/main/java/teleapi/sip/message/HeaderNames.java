package teleapi.sip.message;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is known of header names: usual spelling, compact form, whether a line holds a list (RFC 3261 §7.3, §20 and extensions). */
final class HeaderNames {
    /** Headers whose grammar is a comma list. */
    private static final String[] LISTS = {
        "Accept",
        "Accept-Encoding",
        "Accept-Language",
        "Alert-Info",
        "Allow",
        "Allow-Events",
        "Call-Info",
        "Contact",
        "Content-Encoding",
        "Content-Language",
        "Diversion",
        "Error-Info",
        "History-Info",
        "In-Reply-To",
        "P-Asserted-Identity",
        "P-Preferred-Identity",
        "Path",
        "Privacy",
        "Proxy-Require",
        "Reason",
        "Record-Route",
        "Require",
        "Route",
        "Security-Client",
        "Security-Server",
        "Security-Verify",
        "Service-Route",
        "Supported",
        "Unsupported",
        "Via",
        "Warning"
    };

    private static final String[] SINGLE = {
        "Authentication-Info",
        "Authorization",
        "Call-ID",
        "Content-Disposition",
        "Content-Length",
        "Content-Type",
        "CSeq",
        "Date",
        "Event",
        "Expires",
        "From",
        "Identity",
        "Identity-Info",
        "Join",
        "Max-Forwards",
        "MIME-Version",
        "Min-Expires",
        "Min-SE",
        "Organization",
        "Priority",
        "Proxy-Authenticate",
        "Proxy-Authorization",
        "RAck",
        "Refer-Sub",
        "Refer-To",
        "Referred-By",
        "Reject-Contact",
        "Remote-Party-ID",
        "Replaces",
        "Reply-To",
        "Request-Disposition",
        "Retry-After",
        "RSeq",
        "Server",
        "Session-Expires",
        "SIP-ETag",
        "SIP-If-Match",
        "Subject",
        "Subscription-State",
        "Timestamp",
        "To",
        "User-Agent",
        "WWW-Authenticate",
        "X-Teleapi-CallSid"
    };

    private static final Map<String, String> COMPACT = Map.ofEntries(
            Map.entry("a", "Accept-Contact"),
            Map.entry("b", "Referred-By"),
            Map.entry("c", "Content-Type"),
            Map.entry("d", "Request-Disposition"),
            Map.entry("e", "Content-Encoding"),
            Map.entry("f", "From"),
            Map.entry("i", "Call-ID"),
            Map.entry("j", "Reject-Contact"),
            Map.entry("k", "Supported"),
            Map.entry("l", "Content-Length"),
            Map.entry("m", "Contact"),
            Map.entry("n", "Identity-Info"),
            Map.entry("o", "Event"),
            Map.entry("r", "Refer-To"),
            Map.entry("s", "Subject"),
            Map.entry("t", "To"),
            Map.entry("u", "Allow-Events"),
            Map.entry("v", "Via"),
            Map.entry("x", "Session-Expires"),
            Map.entry("y", "Identity"));

    private static final Set<String> LIST_NAMES = Stream.concat(
                    Stream.of(LISTS), Stream.of(LISTS).map(HeaderNames::lower))
            .collect(Collectors.toUnmodifiableSet());

    private static final Map<String, String> USUAL = Stream.of(
                    Stream.of(LISTS), Stream.of(SINGLE), COMPACT.values().stream())
            .flatMap(Function.identity())
            .distinct()
            .collect(Collectors.toUnmodifiableMap(HeaderNames::lower, Function.identity()));

    /** Open addressing by the hash of the lower-case name; a power of two, a quarter full. */
    private static final @Nullable String[] TABLE = new @Nullable String[512];

    static {
        for (String name : USUAL.values()) {
            int slot = slot(name.getBytes(StandardCharsets.ISO_8859_1), 0, name.length());
            while (TABLE[slot] != null) {
                slot = (slot + 1) & (TABLE.length - 1);
            }
            TABLE[slot] = name;
        }
    }

    private HeaderNames() {}

    /** The usual spelling of a name or compact form; an unknown name as it is written. */
    static String usual(byte[] bytes, int from, int to) {
        if (to - from == 1) {
            String letter = String.valueOf((char) bytes[from]);
            return COMPACT.getOrDefault(lower(letter), letter);
        }
        int slot = slot(bytes, from, to);
        while (true) {
            String known = TABLE[slot];
            if (known == null) {
                return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
            }
            if (same(known, bytes, from, to)) {
                return known;
            }
            slot = (slot + 1) & (TABLE.length - 1);
        }
    }

    static boolean isList(String name) {
        return LIST_NAMES.contains(name) || LIST_NAMES.contains(lower(name));
    }

    private static int slot(byte[] bytes, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + (bytes[i] | 0x20);
        }
        return (hash ^ (hash >>> 9)) & (TABLE.length - 1);
    }

    private static boolean same(String known, byte[] bytes, int from, int to) {
        if (known.length() != to - from) {
            return false;
        }
        for (int i = 0; i < known.length(); i++) {
            // The bit that tells a letter's case tells no two other token characters apart.
            if ((known.charAt(i) | 0x20) != (bytes[from + i] | 0x20)) {
                return false;
            }
        }
        return true;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}

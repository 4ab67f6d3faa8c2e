package teleapi.sip.message;

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
        "Accept", "Accept-Encoding", "Accept-Language", "Alert-Info", "Allow", "Allow-Events", "Call-Info", "Contact", "Content-Encoding",
        "Content-Language", "Diversion", "Error-Info", "History-Info", "In-Reply-To", "P-Asserted-Identity", "P-Preferred-Identity", "Path",
        "Privacy", "Proxy-Require", "Reason", "Record-Route", "Require", "Route", "Security-Client", "Security-Server", "Security-Verify",
        "Service-Route", "Supported", "Unsupported", "Via", "Warning"
    };

    private static final String[] SINGLE = {
        "Authentication-Info", "Authorization", "Call-ID", "Content-Disposition", "Content-Length", "Content-Type", "CSeq", "Date", "Event",
        "Expires", "From", "Identity", "Identity-Info", "Join", "Max-Forwards", "MIME-Version", "Min-Expires", "Min-SE", "Organization",
        "Priority", "Proxy-Authenticate", "Proxy-Authorization", "RAck", "Refer-Sub", "Refer-To", "Referred-By", "Reject-Contact",
        "Remote-Party-ID", "Replaces", "Reply-To", "Request-Disposition", "Retry-After", "RSeq", "Server", "Session-Expires", "SIP-ETag",
        "SIP-If-Match", "Subject", "Subscription-State", "Timestamp", "To", "User-Agent", "WWW-Authenticate", "X-Teleapi-CallSid"
    };

    private static final Map<String, String> COMPACT = Map.ofEntries(
            Map.entry("a", "Accept-Contact"), Map.entry("b", "Referred-By"), Map.entry("c", "Content-Type"), Map.entry("d", "Request-Disposition"),
            Map.entry("e", "Content-Encoding"), Map.entry("f", "From"), Map.entry("i", "Call-ID"), Map.entry("j", "Reject-Contact"),
            Map.entry("k", "Supported"), Map.entry("l", "Content-Length"), Map.entry("m", "Contact"), Map.entry("n", "Identity-Info"),
            Map.entry("o", "Event"), Map.entry("r", "Refer-To"), Map.entry("s", "Subject"), Map.entry("t", "To"), Map.entry("u", "Allow-Events"),
            Map.entry("v", "Via"), Map.entry("x", "Session-Expires"), Map.entry("y", "Identity"));

    private static final Set<String> LIST_NAMES = Stream.of(LISTS).map(HeaderNames::lower).collect(Collectors.toUnmodifiableSet());

    private static final Map<String, String> USUAL = Stream.of(Stream.of(LISTS), Stream.of(SINGLE), COMPACT.values().stream())
            .flatMap(Function.identity())
            .distinct()
            .collect(Collectors.toUnmodifiableMap(HeaderNames::lower, Function.identity()));

    private HeaderNames() {}

    /** The usual spelling of a name or compact form; an unknown name as it is. */
    static String usual(String written) {
        @Nullable String usual = written.length() == 1 ? COMPACT.get(lower(written)) : USUAL.get(lower(written));
        return usual == null ? written : usual;
    }

    static boolean isList(String name) {
        return LIST_NAMES.contains(lower(name));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}

package teleapi.sip.message;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One Via value.
 *
 * @param transport upper case: UDP, TCP, TLS, SCTP, WS, or one we do not know
 * @param host of sent-by, lower case; IPv6 in brackets
 * @param port of sent-by
 * @param parameters by lower-case name; a flag (an rport to be filled in) has the empty value
 */
public record Via(String transport, String host, OptionalInt port, Map<String, String> parameters) {
    /** What a branch of RFC 3261 begins with (§8.1.1.7). */
    public static final String COOKIE = "z9hG4bK";

    /** Our own Via: with an empty rport (RFC 3581 §3). */
    public static Via of(String transport, String host, int port, String branch) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("rport", "");
        parameters.put("branch", branch);
        return new Via(transport, host, OptionalInt.of(port), Collections.unmodifiableMap(parameters));
    }

    /** Reads one value; empty when it is none. */
    public static Optional<Via> parse(String text) {
        return Optional.ofNullable(read(text));
    }

    private static @Nullable Via read(String text) {
        int i = expect(text, 0, "SIP");
        i = i < 0 ? i : expect(text, i, "/");
        i = i < 0 ? i : expect(text, i, "2.0");
        i = i < 0 ? i : expect(text, i, "/");
        if (i < 0) {
            return null;
        }
        int transportEnd = Chars.tokenEnd(text, i);
        int hostStart = Chars.skipSpace(text, transportEnd);
        if (transportEnd == i || hostStart == transportEnd) {
            return null;
        }
        int hostEnd = hostEnd(text, hostStart);
        Optional<String> host = Host.parse(text.substring(hostStart, hostEnd));
        if (host.isEmpty()) {
            return null;
        }
        int next = Chars.skipSpace(text, hostEnd);
        OptionalInt port = OptionalInt.empty();
        if (next < text.length() && text.charAt(next) == ':') {
            int portStart = Chars.skipSpace(text, next + 1);
            int portEnd = Chars.tokenEnd(text, portStart);
            OptionalLong read = Numbers.read(text, portStart, portEnd, 65_535);
            if (read.isEmpty()) {
                return null;
            }
            port = OptionalInt.of((int) read.getAsLong());
            next = portEnd;
        }
        Map<String, String> parameters = Parameters.parse(text, next);
        if (parameters == null) {
            return null;
        }
        return new Via(text.substring(i, transportEnd).toUpperCase(Locale.ROOT), host.get(), port, parameters);
    }

    private static int expect(String text, int at, String word) {
        int i = Chars.skipSpace(text, at);
        return text.regionMatches(true, i, word, 0, word.length()) ? Chars.skipSpace(text, i + word.length()) : -1;
    }

    private static int hostEnd(String text, int at) {
        int i = at;
        if (i < text.length() && text.charAt(i) == '[') {
            int bracket = text.indexOf(']', i);
            return bracket < 0 ? text.length() : bracket + 1;
        }
        while (i < text.length() && text.charAt(i) != ';' && text.charAt(i) != ':' && !Chars.isSpace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /** Empty when there is none: an RFC 2543 peer. */
    public Optional<String> branch() {
        return Optional.ofNullable(parameters.get("branch"));
    }

    /** Whether the branch names the transaction (RFC 3261 §17.2.3): it begins with the cookie, whatever its case, and goes on. */
    public boolean hasTransactionBranch() {
        String branch = parameters.getOrDefault("branch", "");
        return branch.length() > COOKIE.length() && branch.regionMatches(true, 0, COOKIE, 0, COOKIE.length());
    }

    public Optional<String> received() {
        return Optional.ofNullable(parameters.get("received"));
    }

    /** The filled-in rport. */
    public OptionalInt rport() {
        OptionalLong value = Numbers.read(parameters.getOrDefault("rport", ""), 65_535);
        return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
    }

    /** Whether rport stands there, filled in or not: the answer goes to the source port (RFC 3581 §4). */
    public boolean asksForRport() {
        return parameters.containsKey("rport");
    }

    /** A copy with this parameter set. */
    public Via with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(name, value);
        return new Via(transport, host, port, Collections.unmodifiableMap(more));
    }

    /** As it stands in the header. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(96)
                .append("SIP/2.0/")
                .append(transport)
                .append(' ')
                .append(host);
        port.ifPresent(number -> out.append(':').append(number));
        Parameters.write(parameters, out);
        return out.toString();
    }
}

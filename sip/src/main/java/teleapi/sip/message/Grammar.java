package teleapi.sip.message;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import teleapi.sip.SipUri;

/** Whether what every message needs is there, once, and well-formed (RFC 3261 §8.1.1, §20; RFC 4475 §3.1.2). */
final class Grammar {
    static final int MOST_VIAS = 70;
    private static final int LONGEST_URI = 2_048;

    private Grammar() {}

    /** Null when all is well. */
    static @Nullable Problem problem(SipMessage message) {
        int vias = 0;
        int froms = 0;
        int tos = 0;
        int callIds = 0;
        int cseqs = 0;
        int others = 0;
        for (Header header : message.headers()) {
            String value = header.value();
            boolean good = true;
            switch (header.name()) {
                case "Via" -> {
                    int count = vias(value);
                    vias += count;
                    good = count > 0 && vias <= MOST_VIAS;
                }
                case "From" -> {
                    froms++;
                    good = NameAddress.parse(value).isPresent();
                }
                case "To" -> {
                    tos++;
                    good = NameAddress.parse(value).isPresent();
                }
                case "Call-ID" -> {
                    callIds++;
                    good = isCallId(value);
                }
                case "CSeq" -> {
                    cseqs++;
                    good = CSeq.parse(value).isPresent();
                }
                // twice is once too often, and Max-Forwards beyond 255 is read as absent (RFC 4475 §3.1.2.4)
                case "Max-Forwards" -> {
                    good = isNumber(value) && (others & 1) == 0;
                    others |= 1;
                }
                case "Content-Type" -> {
                    good = (others & 2) == 0;
                    others |= 2;
                }
                case "Contact" -> good = value.equals("*") || areAddresses(value);
                case "Route", "Record-Route" -> good = areAddresses(value);
                default -> {}
            }
            if (!good) {
                return Problem.bad("bad " + header.name());
            }
        }
        if (vias == 0 || froms != 1 || tos != 1 || callIds != 1 || cseqs != 1) {
            return Problem.bad("Via, From, To, Call-ID or CSeq missing or repeated");
        }
        return message instanceof SipRequest request ? problemOfRequest(request) : null;
    }

    private static @Nullable Problem problemOfRequest(SipRequest request) {
        String uri = request.requestUri();
        if (uri.length() > LONGEST_URI) {
            return new Problem(414, "Request-URI too long");
        }
        int colon = uri.indexOf(':');
        if (colon <= 0 || !NameAddress.isUri(uri)) {
            return Problem.bad("Request-URI");
        }
        Optional<SipUri> read = request.uri();
        // §19.1.1: no headers in a Request-URI
        if (read.isPresent() && !read.get().headers().isEmpty()) {
            return Problem.bad("headers in the Request-URI");
        }
        Optional<String> branch = request.via().branch();
        // RFC 4475 §3.2.1: the cookie says that a transaction is named, and none is
        if (branch.isPresent() && branch.get().equalsIgnoreCase(Via.COOKIE)) {
            return Problem.bad("branch without an identifier");
        }
        return null;
    }

    /** How many, or -1 when one is bad. */
    private static int vias(String value) {
        int count = 0;
        for (int at = 0; at <= value.length(); count++) {
            int end = Lists.end(value, at);
            if (count == MOST_VIAS || Via.parse(value.substring(at, end).trim()).isEmpty()) {
                return -1;
            }
            at = end + 1;
        }
        return count;
    }

    private static boolean areAddresses(String value) {
        for (int at = 0; at <= value.length(); ) {
            int end = Lists.end(value, at);
            if (NameAddress.parse(value.substring(at, end).trim()).isEmpty()) {
                return false;
            }
            at = end + 1;
        }
        return true;
    }

    // wider than callid = word [ "@" word ]: phones put equals signs there
    private static boolean isCallId(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c <= ' ' || c >= 0x7F || c == ',') {
                return false;
            }
        }
        return !value.isEmpty();
    }

    private static boolean isNumber(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return false;
            }
        }
        return !value.isEmpty();
    }
}

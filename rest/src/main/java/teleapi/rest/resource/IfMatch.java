package teleapi.rest.resource;

import java.util.List;
import java.util.OptionalLong;
import teleapi.rest.http.Code;
import teleapi.rest.http.Refused;

/** The revision that a client wants a call to have still. Source: RFC 9110 §13.1.1; one entity tag, or *. */
final class IfMatch {
    private static final int LONGEST = 18;

    private IfMatch() {}

    /** Empty when any will do. */
    static OptionalLong of(List<String> header) {
        if (header.isEmpty() || header.getFirst().strip().equals("*")) {
            return OptionalLong.empty();
        }
        String tag = header.getFirst().strip();
        String digits = tag.length() > 2 && tag.startsWith("\"") && tag.endsWith("\"")
                ? tag.substring(1, tag.length() - 1)
                : "";
        if (digits.isEmpty() || digits.length() > LONGEST || digits.chars().anyMatch(c -> c < '0' || c > '9')) {
            throw Refused.with(Code.BAD_REQUEST, "If-Match: must be the ETag of a call, like \"3\", or *");
        }
        return OptionalLong.of(Long.parseLong(digits));
    }
}

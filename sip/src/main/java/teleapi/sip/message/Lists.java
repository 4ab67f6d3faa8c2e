package teleapi.sip.message;

import java.util.ArrayList;
import java.util.List;

/** Comma lists in header values, and lists of headers. */
final class Lists {
    private Lists() {}

    /** Adds the values of a comma list; commas in quotes and in angle brackets do not separate. */
    static void split(String value, List<String> into) {
        int at = 0;
        while (at <= value.length()) {
            int end = end(value, at);
            into.add(value.substring(at, end).trim());
            at = end + 1;
        }
    }

    /** Where the list element that begins at {@code at} ends: at its comma, or at the end of the text. */
    static int end(String value, int at) {
        boolean inBrackets = false;
        int i = at;
        while (i < value.length()) {
            char c = value.charAt(i);
            if (c == '"' && !inBrackets) {
                int behind = Chars.quotedEnd(value, i);
                if (behind < 0) {
                    return value.length();
                }
                i = behind;
                continue;
            }
            if (c == '<') {
                inBrackets = true;
            } else if (c == '>') {
                inBrackets = false;
            } else if (c == ',' && !inBrackets) {
                return i;
            }
            i++;
        }
        return value.length();
    }

    static List<Header> replacing(List<Header> headers, Header header) {
        List<Header> all = new ArrayList<>(headers.size() + 1);
        boolean placed = false;
        for (Header old : headers) {
            if (!old.is(header.name())) {
                all.add(old);
            } else if (!placed) {
                all.add(header);
                placed = true;
            }
        }
        if (!placed) {
            all.add(header);
        }
        return all;
    }
}

package teleapi.sip.dialog;

import teleapi.sip.message.Header;

/** Whether two Authorization headers are for the same realm. */
final class Realms {
    private Realms() {}

    static boolean same(Header one, Header other) {
        return realm(one.value()).equals(realm(other.value()));
    }

    // Both are our own writing: realm="…" with quoted pairs, which compare as they stand.
    private static String realm(String value) {
        int at = value.indexOf("realm=\"");
        if (at < 0) {
            return "";
        }
        int start = at + "realm=\"".length();
        int end = start;
        while (end < value.length() && value.charAt(end) != '"') {
            end += value.charAt(end) == '\\' ? 2 : 1;
        }
        return value.substring(start, Math.min(end, value.length()));
    }
}

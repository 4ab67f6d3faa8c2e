package teleapi.sip.message;

/** Character classes of RFC 3261 §25.1. */
final class Chars {
    private static final boolean[] TOKEN = new boolean[128];

    static {
        for (char c = '0'; c <= '9'; c++) {
            TOKEN[c] = true;
        }
        for (char c = 'A'; c <= 'Z'; c++) {
            TOKEN[c] = true;
            TOKEN[c + 32] = true;
        }
        for (char c : "-.!%*_+`'~".toCharArray()) {
            TOKEN[c] = true;
        }
    }

    private Chars() {}

    static boolean isToken(int c) {
        return c >= 0 && c < 128 && TOKEN[c];
    }

    /** Whether it is a token: not empty, token characters only. */
    static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isToken(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    static boolean isSpace(int c) {
        return c == ' ' || c == '\t';
    }

    static int skipSpace(String text, int at) {
        int i = at;
        while (i < text.length() && isSpace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /** The end of the token that begins at {@code at}; {@code at} when there is none. */
    static int tokenEnd(String text, int at) {
        int i = at;
        while (i < text.length() && isToken(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /** The place behind the quoted string that begins at {@code at}, or -1 when it does not end. */
    static int quotedEnd(String text, int at) {
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                return i + 1;
            }
        }
        return -1;
    }

    /** What a quoted string (with its quotes) says: without quotes and backslashes. */
    static String unquote(String quoted) {
        int end = quoted.length() - 1;
        if (quoted.indexOf('\\') < 0) {
            return quoted.substring(1, end);
        }
        StringBuilder said = new StringBuilder(quoted.length());
        for (int i = 1; i < end; i++) {
            char c = quoted.charAt(i);
            said.append(c == '\\' && i + 1 < end ? quoted.charAt(++i) : c);
        }
        return said.toString();
    }

    /** As a quoted string. */
    static String quote(String said) {
        StringBuilder quoted = new StringBuilder(said.length() + 2).append('"');
        for (int i = 0; i < said.length(); i++) {
            char c = said.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\');
            }
            quoted.append(c);
        }
        return quoted.append('"').toString();
    }
}

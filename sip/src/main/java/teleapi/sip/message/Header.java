package teleapi.sip.message;

/**
 * A header field line.
 *
 * <pre>
 * Errors  IllegalArgumentException when the name is no token or the value has CR, LF or NUL: check what users write before
 * </pre>
 *
 * @param name the full name in its usual spelling (compact forms are expanded)
 * @param value trimmed, unfolded; never has CR, LF or NUL
 */
public record Header(String name, String value) {
    public Header {
        if (!Chars.isToken(name)) {
            throw new IllegalArgumentException("a header name of " + name.length() + " characters is no token");
        }
        refuseControl(name, value);
    }

    /** Whether it is the one called {@code fullName}, whatever its case. */
    public boolean is(String fullName) {
        return name.equalsIgnoreCase(fullName);
    }

    // A value with a line end in it would become another header, or another message, at the far end.
    private static void refuseControl(String name, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r' || c == '\n' || c == 0) {
                throw new IllegalArgumentException("header " + name + " has a control character at " + i);
            }
        }
    }
}

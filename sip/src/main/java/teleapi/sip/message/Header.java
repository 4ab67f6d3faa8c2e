package teleapi.sip.message;

/**
 * A header field line.
 *
 * @param name the full name in its usual spelling (compact forms are expanded)
 * @param value trimmed, unfolded; never has CR, LF or NUL
 */
public record Header(String name, String value) {
    public Header {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\r' || c == '\n' || c == 0) {
                throw new IllegalArgumentException("header " + name + " has a control character at " + i);
            }
        }
    }
}

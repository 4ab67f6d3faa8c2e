package teleapi.rcml;

import java.util.Optional;

/**
 * A SIP URI, with {@code ?X-Name=value&…} as extra headers.
 *
 * @param uri begins with sip: or sips:
 */
public record Sip(
        Position position, String uri, Optional<String> username, Optional<String> password, LegOptions options)
        implements Noun.Ringable {
    /** 255 for the URI and 1,024 for the headers behind it. */
    public static final int MAX_URI = 1_280;

    static final int MAX_CREDENTIAL = 128;

    public Sip {
        Checked.length("uri of Sip", uri, 1, MAX_URI);
    }

    /** Without the password, which no log may have. */
    @Override
    public String toString() {
        return "Sip[" + position + ", " + options + "]";
    }
}

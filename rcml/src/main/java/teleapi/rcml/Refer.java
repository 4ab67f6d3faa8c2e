package teleapi.rcml;

import java.util.Optional;

/**
 * Asks the call's party to call somebody else itself (SIP REFER).
 *
 * @param action requested once when it is known what came of it; without it the next verb runs
 * @param uri begins with sip: or sips:
 */
public record Refer(Position position, Optional<String> action, HttpMethod method, String uri) implements Verb {
    public Refer {
        Checked.length("uri of Refer", uri, 1, Sip.MAX_URI);
    }
}

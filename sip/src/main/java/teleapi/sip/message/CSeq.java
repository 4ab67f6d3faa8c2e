package teleapi.sip.message;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A CSeq.
 *
 * @param number below 2^31 (RFC 3261 §8.1.1.5)
 * @param method as written
 */
public record CSeq(long number, String method) {
    private static final long LARGEST = 0x7FFF_FFFFL;

    static Optional<CSeq> parse(String text) {
        int gap = 0;
        while (gap < text.length() && !Chars.isSpace(text.charAt(gap))) {
            gap++;
        }
        OptionalLong number = Numbers.read(text.substring(0, gap), LARGEST);
        String method = text.substring(gap).trim();
        if (number.isEmpty() || !Chars.isToken(method)) {
            return Optional.empty();
        }
        return Optional.of(new CSeq(number.getAsLong(), method));
    }

    /** As it stands in the header. */
    @Override
    public String toString() {
        return number + " " + method;
    }
}

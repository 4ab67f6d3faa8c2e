package teleapi.call.messaging;

/**
 * How many short messages a text would be on a mobile network, which is what {@code num_segments} says. Nothing is cut here.
 *
 * <pre>
 * Units   septets of the GSM 7-bit default alphabet; 16-bit units when it lacks one of the characters
 * Source  3GPP TS 23.038 §6.2.1; TS 23.040 §9.2.3.24.1: what the header of a part leaves room for
 * </pre>
 */
public final class Segments {
    private static final int SEPTETS = 160;
    private static final int SEPTETS_OF_A_PART = 153;
    private static final int UNITS = 70;
    private static final int UNITS_OF_A_PART = 67;

    private static final String DEFAULT_ALPHABET = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    /** Behind an escape: two septets each. */
    private static final String EXTENSION = "\f^{}\\[~]|€";

    private Segments() {}

    public static int of(String body) {
        boolean gsm = body.chars().allMatch(c -> DEFAULT_ALPHABET.indexOf(c) >= 0 || EXTENSION.indexOf(c) >= 0);
        return gsm ? parts(body, SEPTETS, SEPTETS_OF_A_PART, true) : parts(body, UNITS, UNITS_OF_A_PART, false);
    }

    /** No character is cut in two: neither an escape from what it escapes, nor a surrogate from the other one. */
    private static int parts(String body, int whole, int part, boolean gsm) {
        int all = 0;
        int parts = 1;
        int filled = 0;
        for (int at = 0; at < body.length(); ) {
            int c = body.codePointAt(at);
            int size = gsm ? (EXTENSION.indexOf(c) >= 0 ? 2 : 1) : Character.charCount(c);
            all += size;
            filled += size;
            if (filled > part) {
                parts++;
                filled = size;
            }
            at += Character.charCount(c);
        }
        return all <= whole ? 1 : parts;
    }
}

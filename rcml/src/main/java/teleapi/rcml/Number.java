package teleapi.rcml;

/**
 * A telephone number, reached over a trunk. {@code sendDigits} are sent when it has answered, before the legs are joined.
 *
 * @param number without spaces, brackets, dots and hyphens; may begin with +
 */
public record Number(Position position, String number, String sendDigits, LegOptions options) implements Noun.Ringable {
    /** E.164 has 15; private plans and service codes have more. */
    public static final int MAX_NUMBER = 32;

    public Number {
        Checked.length("number of Number", number, 1, MAX_NUMBER);
        Checked.length("sendDigits of Number", sendDigits, 0, Play.MAX_DIGITS);
    }
}

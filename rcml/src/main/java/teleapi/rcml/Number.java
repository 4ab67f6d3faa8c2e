package teleapi.rcml;

/** A telephone number, reached over a trunk. {@code sendDigits} are sent when it has answered, before the legs are joined. */
public record Number(Position position, String number, String sendDigits, LegOptions options) implements Noun.Ringable {}

package teleapi.rcml;

/** A registered client of the account. {@code name} may end in {@code ?X-Name=value&…}. */
public record Client(Position position, String name, LegOptions options) implements Noun.Ringable {}

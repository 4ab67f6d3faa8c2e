package teleapi.rcml;

import java.util.Optional;

/** A SIP URI, with {@code ?X-Name=value&…} as extra headers. */
public record Sip(Position position, String uri, Optional<String> username, Optional<String> password, LegOptions options) implements Noun.Ringable {}

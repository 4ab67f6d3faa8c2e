package teleapi.rcml;

/** Goes on with the document at {@code url}. */
public record Redirect(Position position, String url, HttpMethod method) implements Verb {}

package teleapi.rcml;

/** Goes on with the document at {@code url} (absolute, or relative to this document). */
public record Redirect(Position position, String url, HttpMethod method) implements Verb {
    public Redirect {
        Checked.length("url of Redirect", url, 1, RcmlDocument.MAX_URL);
    }
}

package teleapi.sip;

/** Reason phrases that come from above: what a document's author wrote must not become a header. */
final class Phrases {
    private Phrases() {}

    /** Without control characters, which would be read as the end of the line. */
    static String clean(String reason) {
        StringBuilder clean = new StringBuilder(reason.length());
        reason.chars().map(c -> c < ' ' || c == 127 ? ' ' : c).forEach(c -> clean.append((char) c));
        return clean.toString();
    }
}

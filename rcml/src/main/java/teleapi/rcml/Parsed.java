package teleapi.rcml;

/** What became of the bytes of a document. */
public sealed interface Parsed {
    record Valid(RcmlDocument document) implements Parsed {}

    /** Nothing of it runs. */
    record Invalid(Position position, int code, String reason) implements Parsed {}
}

package teleapi.rcml;

/** What became of the bytes of a document. */
public sealed interface Parsed {
    record Valid(RcmlDocument document) implements Parsed {}

    /** Nothing of it runs. */
    record Invalid(Position position, int code, String reason) implements Parsed {
        /** Where and why {@code what} is refused: one line. */
        public String message(String what) {
            return what + " refused at " + position + ": " + reason;
        }
    }
}

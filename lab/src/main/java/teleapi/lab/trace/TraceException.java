package teleapi.lab.trace;

/** A trace cannot be had; the message is one line that says what to do. */
final class TraceException extends Exception {
    private static final long serialVersionUID = 1L;

    TraceException(String line) {
        super(line);
    }
}

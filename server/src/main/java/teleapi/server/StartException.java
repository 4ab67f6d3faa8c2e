package teleapi.server;

/** The server cannot start; the message is one line that says what to do, without secrets. */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    StartException(String line) {
        super(line);
    }

    StartException(String line, Throwable cause) {
        super(line, cause);
    }

    /** The one line. */
    public String line() {
        return String.valueOf(getMessage());
    }
}

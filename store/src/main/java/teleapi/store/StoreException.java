package teleapi.store;

/** The store cannot be opened; the message is one line that says what to do, without secrets. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreException(String what, Throwable cause) {
        super(what, cause);
    }
}

package teleapi.call.records;

/** The database does not answer; the API says 503. */
public final class RecordsUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RecordsUnavailable(String what, Throwable cause) {
        super(what, cause);
    }
}

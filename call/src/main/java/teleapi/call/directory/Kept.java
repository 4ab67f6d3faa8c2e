package teleapi.call.directory;

/** What came of keeping something. */
public sealed interface Kept<T> {
    record Done<T>(T thing) implements Kept<T> {}

    /**
     * Another thing has this name already; nothing has changed.
     *
     * @param field what must be unique: phone number, login, sid
     */
    record Conflict<T>(String field, String value) implements Kept<T> {}

    /** There is none (any more) to be changed. */
    record Missing<T>() implements Kept<T> {}
}

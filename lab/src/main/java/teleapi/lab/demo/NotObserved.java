package teleapi.lab.demo;

/** What the story says has not happened: what was expected, and what was seen instead. */
final class NotObserved extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotObserved(String expected, String seen) {
        super("expected: " + expected + "\nseen: " + seen);
    }
}

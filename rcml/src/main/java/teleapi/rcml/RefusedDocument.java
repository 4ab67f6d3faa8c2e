package teleapi.rcml;

/** Ends a parse: nothing of the document can be used. Never leaves {@link RcmlParser}. */
final class RefusedDocument extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Position position;
    private final String reason;

    RefusedDocument(Position position, String reason) {
        super(reason, null, false, false);
        this.position = position;
        this.reason = reason;
    }

    Position position() {
        return position;
    }

    String reason() {
        return reason;
    }
}

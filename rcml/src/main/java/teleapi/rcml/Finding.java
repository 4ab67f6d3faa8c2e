package teleapi.rcml;

/**
 * Something in a document that is not as RCML says; the document runs without it.
 *
 * @param position where
 * @param code the error code under which a notification is filed (docs/errors)
 * @param message what is wrong and what is done instead
 */
public record Finding(Position position, int code, String message) {
    /** As a notification says it, of the document at this URL. */
    public String at(String url) {
        return url + " at " + position + ": " + message;
    }
}

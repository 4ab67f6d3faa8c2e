package teleapi.rcml;

/**
 * Turns the bytes of a document into verbs.
 *
 * <pre>
 * Shape   XML 1.0, root Response; no DTD, no entities but the five, at most 64 KiB, depth 32, 1,000 elements, 64 attributes each
 * Thread  any; keeps nothing
 * Errors  {@link Parsed.Invalid} with line and column; never an exception, whatever the bytes
 * Source  CONTRACT section 3; reference/restcomm.md 5
 * </pre>
 */
public final class RcmlParser {
    private RcmlParser() {}

    public static Parsed parse(byte[] document) {
        throw new UnsupportedOperationException();
    }
}

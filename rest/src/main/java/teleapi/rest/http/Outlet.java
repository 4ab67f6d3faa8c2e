package teleapi.rest.http;

/**
 * Where a stream of text goes while its client listens.
 *
 * <pre>
 * Thread  the request's, which waits
 * </pre>
 */
@FunctionalInterface
public interface Outlet {
    /** Sends some; false when the client is gone, or so slow that it is cut off: the stream is over. */
    boolean send(String text);
}

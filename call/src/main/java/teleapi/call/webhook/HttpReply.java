package teleapi.call.webhook;

/** What came of a request. */
public sealed interface HttpReply {
    /** The same; no answer when it says by its status that there is nothing to use. Redirects have been followed before. */
    default HttpReply usable() {
        return this instanceof Received received && received.status() >= 300
                ? new Failed(
                        received.status() == 404 ? 21402 : 11200,
                        Urls.withoutUser(received.url()) + " was answered with " + received.status())
                : this;
    }

    /**
     * An answer, whatever its status.
     *
     * @param url where it came from after redirects
     * @param contentType lower case, without parameters; empty when there was none
     * @param freshness how long it may be used again
     */
    record Received(int status, String url, String contentType, byte[] body, Freshness freshness) implements HttpReply {
        /** An answer that says nothing of its freshness. */
        public Received(int status, String url, String contentType, byte[] body) {
            this(status, url, contentType, body, Freshness.UNKNOWN);
        }
    }

    /**
     * No answer, or none that can be used.
     *
     * @param code 11200 for a failed connection or reading and for an answer that is an error, 21402 not there, 11205 no connection, 11210 bad host, 11215 too many redirects, 11100 bad URL, 11750 too large
     */
    record Failed(int code, String reason) implements HttpReply {}
}

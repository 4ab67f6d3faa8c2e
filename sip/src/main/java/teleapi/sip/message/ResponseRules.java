package teleapi.sip.message;

/** What a user agent does with a response before it looks for its transaction. */
public final class ResponseRules {
    private ResponseRules() {}

    /** Whether to go on with it; otherwise drop it: with more than one Via it was meant for somebody else (RFC 3261 §8.1.3.3, RFC 4475 §3.3.10). */
    public static boolean accepts(SipResponse response) {
        return response.headers("Via").size() == 1;
    }
}

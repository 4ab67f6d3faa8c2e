package teleapi.rest.http;

/** What can go wrong at the edge, with the number that clients see; docs/errors.md has a paragraph for each. */
public enum Code {
    UNAUTHORIZED(401, 20003, "credentials are missing or wrong"),
    METHOD_NOT_ALLOWED(405, 20004, "this resource does not know the method"),
    ACCOUNT_NOT_ACTIVE(403, 20005, "the account is not active"),
    INVALID_PARAMETER(400, 20001, "invalid parameter"),
    BAD_REQUEST(400, 20400, "the request cannot be read"),
    FORBIDDEN(403, 20403, "not allowed"),
    NOT_FOUND(404, 20404, "there is no such resource"),
    TIMED_OUT(408, 20408, "the request did not come in time"),
    TOO_LARGE(413, 20413, "the body is too large"),
    URI_TOO_LONG(414, 20414, "the URI is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, 20415, "the body must be application/x-www-form-urlencoded"),
    EXPECTATION_FAILED(417, 20417, "the expectation cannot be met"),
    MISDIRECTED(421, 20421, "the request is not for this server"),
    UPGRADE_REQUIRED(426, 20426, "another protocol version is needed"),
    TOO_MANY_REQUESTS(429, 20429, "too many requests"),
    HEADERS_TOO_LARGE(431, 20431, "the header fields are too large"),
    INTERNAL(500, 20500, "an error of ours; it is logged"),
    NOT_IMPLEMENTED(501, 20501, "not implemented"),
    UNAVAILABLE(503, 20503, "not now"),
    HTTP_VERSION(505, 20505, "the HTTP version is not supported"),
    TO_MISSING(400, 21201, "To is missing"),
    URL_INVALID(400, 21205, "not an absolute http or https URL"),
    SEND_DIGITS_INVALID(400, 21206, "digits can be 0-9 * # A-D w W"),
    TO_INVALID(400, 21211, "To is not something that can be called"),
    FROM_INVALID(400, 21212, "From is not something that can call"),
    FROM_MISSING(400, 21213, "From is missing"),
    APPLICATION_INVALID(400, 21218, "there is no such application"),
    CALL_ENDED(410, 21220, "the call has ended"),
    BODY_MISSING(400, 21602, "Body is missing"),
    BODY_TOO_LONG(400, 21617, "Body is too long"),
    EVENT_INVALID(400, 21626, "unknown event"),
    DOCUMENT_INVALID(400, 12100, "the document is not RCML"),
    NOTHING_TO_DO(400, 29400, "nothing to do"),
    EXCLUDES(400, 29401, "these parameters exclude each other"),
    CONFLICT(409, 29409, "the state of the call forbids it"),
    SUPERSEDED(409, 29410, "a later modification took its place"),
    PRECONDITION(412, 29412, "the call has changed since"),
    DUPLICATE(409, 29411, "there is one already"),
    KEY_USED(422, 29422, "the Idempotency-Key was used for another request"),
    KEY_BUSY(409, 29423, "the first request with this Idempotency-Key is still running"),
    COACH_INVALID(400, 13240, "not a participant of the conference"),
    CONFERENCE_ENDED(409, 29440, "the conference has ended"),
    CONFERENCE_FULL(409, 29441, "the conference is full"),
    QUEUE_NOT_EMPTY(409, 29442, "the queue is not empty"),
    QUEUES_FULL(409, 29443, "the account has as many queues as it may have"),
    ANNOUNCEMENTS_FULL(409, 29445, "as much is announced already as may wait to be heard"),
    KEY_UNKNOWN(
            409,
            29424,
            "nobody knows what became of the first request with this Idempotency-Key: look at the resource");

    private final int status;
    private final int number;
    private final String title;

    Code(int status, int number, String title) {
        this.status = status;
        this.number = number;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public int number() {
        return number;
    }

    public String title() {
        return title;
    }

    /** The code for a status that Jetty came upon by itself. */
    public static Code of(int status) {
        for (Code code : values()) {
            if (code.status == status && code != ACCOUNT_NOT_ACTIVE && code != INVALID_PARAMETER) {
                return code;
            }
        }
        return status >= 500 ? INTERNAL : BAD_REQUEST;
    }
}

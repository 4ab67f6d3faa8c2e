package teleapi.rest.http;

import java.util.Optional;

/** A request that is answered with an error: wrong input, or something that is not there. Carries no stack trace: it is thrown on purpose. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final int code;
    private final String reason;
    private final Optional<String> retryAfter;

    private Refused(int status, int code, String reason, Optional<String> retryAfter) {
        super(reason, null, false, false);
        this.status = status;
        this.code = code;
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    public static Refused with(Code code) {
        return new Refused(code.status(), code.number(), code.title(), Optional.empty());
    }

    public static Refused with(Code code, String reason) {
        return new Refused(code.status(), code.number(), reason, Optional.empty());
    }

    /** For what others number: the heart's refusals and failures. */
    public static Refused with(int status, int code, String reason) {
        return new Refused(status, code, reason, Optional.empty());
    }

    /** Says which parameter. */
    public static Refused parameter(Code code, String name, String why) {
        return with(code, name + ": " + why);
    }

    /** The same, of one part of the request. */
    public Refused in(String part) {
        return new Refused(status, code, part + ": " + reason, retryAfter);
    }

    public Refused retryAfter(long seconds) {
        return new Refused(status, code, reason, Optional.of(Long.toString(seconds)));
    }

    public Reply reply() {
        Reply reply = Reply.error(status, code, reason);
        return retryAfter.isPresent() ? reply.header("Retry-After", retryAfter.get()) : reply;
    }
}

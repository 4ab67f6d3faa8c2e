package teleapi.rest.http;

import teleapi.call.records.KeptAnswer;

/** An answer that is given again, and says so. Source: CONTRACT section 2. */
final class Replay {
    private Replay() {}

    static Reply of(KeptAnswer answer) {
        Reply.Body body = answer.body().isEmpty()
                ? new Reply.Body.Empty()
                : new Reply.Body.Plain(answer.contentType(), answer.body());
        return of(new Reply(answer.status(), answer.headers(), body));
    }

    static Reply of(Reply reply) {
        return reply.header("Idempotent-Replayed", "true");
    }
}

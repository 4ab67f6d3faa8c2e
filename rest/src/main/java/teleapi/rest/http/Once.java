package teleapi.rest.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import teleapi.call.records.KeptAnswer;
import teleapi.call.records.KeyClaim;
import teleapi.call.records.RequestKeys;

/**
 * Gives a repeated POST with the same Idempotency-Key the answer of the first, without doing it again.
 *
 * <pre>
 * Shape   24 hours, over restarts: the claim is kept before the effect, the answer before it is sent
 * Thread  any; a key is claimed in one step
 * Errors  Refused 422 for another request with the key; 409 while the first still runs, and, with a code of its own, when nobody knows how
 *         it ended; RecordsUnavailable when the key cannot be kept, and nothing was done
 * Source  CONTRACT section 2; ADR-0012
 * </pre>
 */
final class Once {
    private static final int LONGEST_KEY = 255;

    private final RequestKeys keys;

    Once(RequestKeys keys) {
        this.keys = keys;
    }

    /** @param work answers whatever happens, and throws nothing that is expected */
    Reply once(Ask ask, String key, Supplier<Reply> work) {
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            throw Refused.with(Code.BAD_REQUEST, "Idempotency-Key: 1 to " + LONGEST_KEY + " characters");
        }
        return switch (keys.claim(ask.sender().sid(), key, request(ask))) {
            case KeyClaim.Mine mine -> first(mine, ask, work);
            case KeyClaim.Answered(KeptAnswer answer) -> Replay.of(answer);
            case KeyClaim.Running running -> throw Refused.with(Code.KEY_BUSY).retryAfter(1);
            case KeyClaim.Unknown unknown -> throw Refused.with(Code.KEY_UNKNOWN);
            case KeyClaim.Taken taken -> throw Refused.with(Code.KEY_USED);
        };
    }

    private Reply first(KeyClaim.Mine mine, Ask ask, Supplier<Reply> work) {
        boolean answered = false;
        try {
            Reply reply = work.get();
            answered = true;
            if (reply.nothingDone()) {
                keys.release(mine);
            } else if (reply.openWhetherDone()) {
                keys.unknown(mine);
            } else {
                keys.answered(mine, Answers.kept(reply, ask.dialect(), ask.format()));
            }
            return reply;
        } finally {
            if (!answered) {
                keys.unknown(mine);
            }
        }
    }

    private static byte[] request(Ask ask) {
        var request = new ByteArrayOutputStream();
        request.writeBytes((ask.method() + " " + ask.target() + "\n").getBytes(StandardCharsets.UTF_8));
        request.writeBytes(ask.bytes());
        return request.toByteArray();
    }
}

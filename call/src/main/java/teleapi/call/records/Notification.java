package teleapi.call.records;

import java.time.Instant;
import java.util.Optional;
import teleapi.call.Sid;
import teleapi.call.webhook.Urls;
import teleapi.runtime.World;

/**
 * Something an application should know about its documents or servers.
 *
 * @param error true for an error, false for a warning
 * @param code documented under docs/errors
 * @param requestUrl the document or callback it is about, without user and password
 */
public record Notification(
        Sid sid,
        Sid accountSid,
        Optional<Sid> callSid,
        Instant date,
        boolean error,
        int code,
        String message,
        Optional<String> requestUrl) {
    /** Of what happens now; {@code requestUrl} may be empty. */
    public static Notification now(
            World world, Sid account, Optional<Sid> call, boolean error, int code, String message, String requestUrl) {
        return new Notification(
                Sid.fresh(Sid.NOTIFICATION, world),
                account,
                call,
                world.time().now(),
                error,
                code,
                message,
                Optional.of(Urls.withoutUser(requestUrl)).filter(url -> !url.isEmpty()));
    }
}

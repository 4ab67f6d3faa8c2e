package teleapi.call.records;

import java.time.Instant;
import java.util.Optional;
import teleapi.call.Sid;

/**
 * Something an application should know about its documents or servers.
 *
 * @param error true for an error, false for a warning
 * @param code documented under docs/errors
 * @param requestUrl the document or callback it is about
 */
public record Notification(
        Sid sid,
        Sid accountSid,
        Optional<Sid> callSid,
        Instant date,
        boolean error,
        int code,
        String message,
        Optional<String> requestUrl) {}

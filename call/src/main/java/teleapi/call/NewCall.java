package teleapi.call;

import java.time.Duration;
import java.util.Optional;

/**
 * {@code POST Calls}, already checked.
 *
 * @param from +number, client:name, sip:uri, or the CallSid of a live call of the account
 * @param to +number, client:name or sip:uri; {@code ?X-Name=value&…} adds SIP headers
 * @param timeout how long it rings
 * @param timeLimit how long it may last
 * @param sendDigits sent when it has been answered; may be empty
 * @param recording from the answer
 */
public record NewCall(
        Sid account,
        String from,
        String to,
        NewDocument document,
        Optional<StatusCallback> statusCallback,
        Duration timeout,
        Duration timeLimit,
        String sendDigits,
        Optional<Controls.Recording.Start> recording) {}

package teleapi.rcml;

import java.util.Optional;

/**
 * Sends a text message; the next verb runs at once. {@code Sms} is its older name.
 *
 * @param to +number, client:name or sip:uri; empty: the call's party
 * @param from the same; empty: the other number of the call
 * @param action requested at once with what became of it so far, and its document comes next; without it the next verb runs
 * @param statusCallback told of its last status
 */
public record Message(
        Position position,
        Optional<String> to,
        Optional<String> from,
        Optional<String> action,
        HttpMethod method,
        Optional<String> statusCallback,
        HttpMethod statusCallbackMethod,
        String body)
        implements Verb {
    /** About ten short messages in one; what TwiML allows. */
    public static final int MAX_BODY = 1_600;

    /** The longest address is a SIP URI with headers. */
    public static final int MAX_ADDRESS = Sip.MAX_URI;

    /** One with this text, and all else by default. */
    public static Message of(Position position, String body) {
        return new Message(
                position,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                HttpMethod.POST,
                Optional.empty(),
                HttpMethod.POST,
                body);
    }

    public Message {
        to.ifPresent(address -> Checked.length("to of Message", address, 1, MAX_ADDRESS));
        from.ifPresent(address -> Checked.length("from of Message", address, 1, MAX_ADDRESS));
        Checked.length("text of Message", body, 1, MAX_BODY);
    }
}

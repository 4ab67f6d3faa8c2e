package teleapi.rcml;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Connects the call: rings its nouns at once and joins the first that answers, or enters a conference.
 *
 * @param action requested once when the Dial has ended; without it the next verb runs
 * @param timeout how long the nouns ring
 * @param timeLimit how long the connection may last
 * @param answerOnBridge an inbound call that is not answered yet stays so until a noun answers; ringing and early media are passed on
 * @param targets one to ten of Number, Client, Sip, or exactly one Conference
 */
public record Dial(
        Position position,
        Optional<String> action,
        HttpMethod method,
        Duration timeout,
        Duration timeLimit,
        Optional<String> callerId,
        boolean answerOnBridge,
        boolean hangupOnStar,
        Optional<String> ringTone,
        List<Noun> targets)
        implements Verb {}

package teleapi.rcml;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Connects the call: rings its nouns, all at once or one after the other, and joins the first that answers, enters a conference, or takes one out of a queue.
 *
 * @param action requested once when the Dial has ended; without it the next verb runs
 * @param timeout how long the nouns ring
 * @param timeLimit how long the connection may last
 * @param callerId who calls, as the dialled side sees it; empty means whoever called us
 * @param answerOnBridge an inbound call that is not answered yet stays so until a noun answers; ringing and early media are passed on
 * @param hangupOnStar the caller ends the Dial with the star key
 * @param sequential the nouns ring one after the other, each for the timeout, until one answers
 * @param ringTone a country code: what the caller hears while the nouns ring
 * @param recording empty: it is not recorded
 * @param referUrl a document that decides when either side asks to be replaced (SIP REFER): the other one runs it
 * @param targets one to ten of Number, Client, Sip, or exactly one Conference or Queue
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
        boolean sequential,
        Optional<String> ringTone,
        Optional<DialRecording> recording,
        Optional<String> referUrl,
        HttpMethod referMethod,
        List<Noun> targets)
        implements Verb {
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
    public static final Duration MAX_TIMEOUT = Duration.ofMinutes(10);
    public static final Duration DEFAULT_TIME_LIMIT = Duration.ofHours(4);
    public static final Duration MAX_TIME_LIMIT = Duration.ofDays(1);
    public static final int MAX_TARGETS = 10;
    static final int MAX_CALLER_ID = 255;

    public Dial {
        targets = List.copyOf(targets);
        Checked.range("timeout of Dial", timeout, 1, MAX_TIMEOUT);
        Checked.range("timeLimit of Dial", timeLimit, 1, MAX_TIME_LIMIT);
        Checked.range("count of targets of Dial", targets.size(), 1, MAX_TARGETS);
        if (targets.size() > 1 && targets.stream().anyMatch(Dial::alone)) {
            throw new IllegalArgumentException(
                    "a Conference or Queue of a Dial stands alone, here are " + targets.size() + " targets");
        }
    }

    /** Of one target, with all that a Dial without attributes has. */
    public static Dial of(Position position, Noun target) {
        return plain(position, DEFAULT_TIMEOUT, DEFAULT_TIME_LIMIT, List.of(target));
    }

    /** The same target for as long, with nothing else that this one says. */
    public Dial bare() {
        return plain(position, timeout, timeLimit, targets);
    }

    private static Dial plain(Position position, Duration timeout, Duration timeLimit, List<Noun> targets) {
        return new Dial(
                position,
                Optional.empty(),
                HttpMethod.POST,
                timeout,
                timeLimit,
                Optional.empty(),
                false,
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                HttpMethod.POST,
                targets);
    }

    /** Whether it can be no target beside others. */
    static boolean alone(Noun target) {
        return !(target instanceof Noun.Ringable);
    }
}

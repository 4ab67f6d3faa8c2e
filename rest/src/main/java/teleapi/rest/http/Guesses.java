package teleapi.rest.http;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import teleapi.call.Sid;
import teleapi.runtime.Deadline;
import teleapi.runtime.Time;

/**
 * Counts wrong credentials by source, and stops a source that guesses. Credentials that were right before go on working from there: behind a
 * proxy all clients are one source, and one that guesses must not lock the others out.
 *
 * <pre>
 * Thread  any; each source's count is changed in one step
 * Errors  Refused 429 with Retry-After
 * Source  reliability.md A7: by source, never by account alone
 * </pre>
 */
final class Guesses {
    /** Nobody mistypes that often; at this rate 128 random bits are safe for ever. */
    private static final int WRONG_IN_A_WINDOW = 50;

    private static final Duration WINDOW = Duration.ofSeconds(60);

    /** Beyond this all is forgotten: memory is bounded, and a guesser with so many addresses is not stopped by address. */
    private static final int MOST_SOURCES = 10_000;

    private record Count(Deadline end, int wrong) {}

    /** From where an account was asked with its right credentials. */
    private record Known(String source, Sid account) {}

    private final Time time;
    private final ConcurrentHashMap<String, Count> wrongBySource = new ConcurrentHashMap<>();
    private final Set<Known> known = ConcurrentHashMap.newKeySet();

    Guesses(Time time) {
        this.time = time;
    }

    /** {@code account}: whose credentials they are; empty: they are wrong. */
    void admit(String source, Optional<Sid> account) {
        Optional<Count> count = Optional.ofNullable(wrongBySource.get(source))
                .filter(found -> !found.end().passed(time));
        if (count.isPresent()
                && count.get().wrong() >= WRONG_IN_A_WINDOW
                && account.filter(right -> known.contains(new Known(source, right)))
                        .isEmpty()) {
            long left =
                    Duration.ofNanos(count.get().end().nanos() - time.nanos()).toSeconds() + 1;
            throw Refused.with(Code.TOO_MANY_REQUESTS, "too many wrong credentials from here")
                    .retryAfter(left);
        }
    }

    void wrong(String source) {
        if (wrongBySource.size() >= MOST_SOURCES) {
            wrongBySource.clear();
        }
        wrongBySource.compute(
                source,
                (same, before) -> before == null || before.end().passed(time)
                        ? new Count(time.after(WINDOW), 1)
                        : new Count(before.end(), before.wrong() + 1));
    }

    void right(String source, Sid account) {
        if (known.size() >= MOST_SOURCES) {
            known.clear();
        }
        known.add(new Known(source, account));
    }
}

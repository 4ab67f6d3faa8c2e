package teleapi.sip.auth;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import teleapi.runtime.Time;

/**
 * Counts wrong credentials, and no longer looks at those of who guesses: a user from one source after a few wrong ones waits ever longer, and a
 * source with many has only those users left who were right from there before. Others are never locked out by who guesses elsewhere.
 *
 * <pre>
 * Units   five wrong ones are free, then 1 s, doubled each time up to 64 s; 100 from a source in 60 s
 * Thread  its owner's (one per SIP worker)
 * Source  reliability.md S1, R23: per (source, user) exponential, a cap per source
 * </pre>
 */
final class Guesses {
    // Owned by the thread of the DigestServer that made it.

    private static final int FREE = 5;
    private static final int MOST_DOUBLINGS = 6;
    private static final int MOST_OF_A_SOURCE = 100;
    private static final long WINDOW = Duration.ofSeconds(60).toNanos();

    /** Sources, and users of a source, remembered; who was heard of longest ago is forgotten first. At 200 bytes each 2 MiB. */
    private static final int MOST = 10_000;

    private record Who(String source, String user) {}

    /** Wrong ones since the last right one, and when the next is looked at. */
    private record Tries(int wrong, long from) {}

    private record Window(long began, int wrong) {}

    private final Time time;
    private final Map<Who, Tries> tries = remembering();
    private final Map<String, Window> windows = remembering();

    Guesses(Time time) {
        this.time = time;
    }

    /** Whether credentials of this user from this source are looked at now. */
    boolean heard(String source, String user) {
        Tries before = tries.get(new Who(source, user));
        if (before != null && before.wrong() >= FREE) {
            return time.nanos() - before.from() >= 0;
        }
        boolean rightBefore = before != null && before.wrong() == 0;
        Window window = windows.get(source);
        return rightBefore || window == null || over(window) || window.wrong() < MOST_OF_A_SOURCE;
    }

    void wrong(String source, String user) {
        tries.merge(new Who(source, user), next(0), (before, first) -> next(before.wrong()));
        windows.merge(
                source,
                new Window(time.nanos(), 1),
                (before, first) -> over(before) ? first : new Window(before.began(), before.wrong() + 1));
    }

    void right(String source, String user) {
        tries.put(new Who(source, user), new Tries(0, 0));
    }

    private Tries next(int before) {
        int wrong = before + 1;
        long wait = wrong < FREE ? 0 : 1_000_000_000L << Math.min(wrong - FREE, MOST_DOUBLINGS);
        return new Tries(wrong, time.nanos() + wait);
    }

    private boolean over(Window window) {
        return time.nanos() - window.began() >= WINDOW;
    }

    private static <K, V> Map<K, V> remembering() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > MOST;
            }
        };
    }
}

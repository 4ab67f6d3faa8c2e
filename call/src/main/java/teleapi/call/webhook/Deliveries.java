package teleapi.call.webhook;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import teleapi.runtime.Counter;

/**
 * How many status callbacks wait for another try, in the whole server, and how many were given up.
 *
 * <pre>
 * Shape   at most 10,000 wait, as many as calls can live; beyond, a callback that fails is given up at once
 * Thread  any
 * </pre>
 */
public final class Deliveries {
    private static final int MOST_WAITING = 10_000;

    private final Set<Object> waiting = ConcurrentHashMap.newKeySet();
    private final Counter givenUp = new Counter();

    boolean mayWait(Object who) {
        return waiting.size() < MOST_WAITING && waiting.add(who);
    }

    void waited(Object who) {
        waiting.remove(who);
    }

    void gaveUp() {
        givenUp.increment();
    }

    /** Those that wait for another try now. */
    public int waiting() {
        return waiting.size();
    }

    /** Callbacks that nobody took, since the start. */
    public long givenUp() {
        return givenUp.count();
    }
}

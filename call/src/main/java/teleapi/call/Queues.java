package teleapi.call;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import teleapi.call.bridge.CallQueue;

/**
 * The live queues by account and name.
 *
 * <pre>
 * Shape   a map of references only: the state of a queue is the queue's
 * Thread  any
 * Source  CONTRACT section 3; ADR-0016
 * </pre>
 */
public final class Queues {
    private record Name(Sid account, String name) {}

    private final Equipment equipment;
    private final Map<Name, CallQueue> queues = new ConcurrentHashMap<>();

    Queues(Equipment equipment) {
        this.equipment = equipment;
    }

    /** The live queue of this name, opened if there is none. */
    public CallQueue queue(Sid account, String name) {
        var key = new Name(account, name);
        CallQueue there = queues.get(key);
        if (there != null) {
            return there;
        }
        var fresh = CallQueue.open(equipment, account, name, gone -> queues.remove(key, gone));
        CallQueue before = queues.putIfAbsent(key, fresh);
        if (before != null) {
            // Two came at once: the second one's queue never began.
            return before;
        }
        fresh.start();
        return fresh;
    }

    int count() {
        return queues.size();
    }

    /** How many calls wait in all of them. */
    int members() {
        return queues.values().stream()
                .mapToInt(queue -> queue.members().size())
                .sum();
    }
}

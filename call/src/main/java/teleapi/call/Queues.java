package teleapi.call;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import teleapi.call.bridge.CallQueue;
import teleapi.call.bridge.QueueMember;
import teleapi.call.bridge.Reservation;
import teleapi.call.directory.QueueSettings;
import teleapi.call.records.RecordsUnavailable;
import teleapi.rcml.Queue;
import teleapi.runtime.Deadline;
import teleapi.runtime.Mailbox;

/**
 * The live queues by account and name. What is kept of a queue is made when it is used for the first time, beside whoever uses it.
 *
 * <pre>
 * Shape   a map of references only: the state of a queue is the queue's
 * Thread  any; {@link #reserve} may wait
 * Source  CONTRACT section 3; ADR-0016
 * </pre>
 */
public final class Queues {
    private static final Logger LOG = LoggerFactory.getLogger(Queues.class);

    private record Name(Sid account, String name) {}

    private final Equipment equipment;
    private final Map<Name, CallQueue> queues = new ConcurrentHashMap<>();
    /** Made, and not kept yet. */
    private final Map<Name, QueueSettings> unkept = new ConcurrentHashMap<>();

    Queues(Equipment equipment) {
        this.equipment = equipment;
    }

    /** The live queue of this name, opened if there is none; empty when it would be one more than the account may have. */
    public Optional<CallQueue> queue(Sid account, String name) {
        var key = new Name(account, name);
        CallQueue there = queues.get(key);
        if (there != null) {
            return Optional.of(there);
        }
        Optional<QueueSettings> settings = settings(key);
        if (settings.isEmpty()) {
            return Optional.empty();
        }
        var fresh = CallQueue.open(equipment, settings.get(), gone -> queues.remove(key, gone));
        CallQueue before = queues.putIfAbsent(key, fresh);
        if (before != null) {
            // Two came at once: the second one's queue never began.
            return Optional.of(before);
        }
        fresh.start();
        return Optional.of(fresh);
    }

    /** Who waits in a queue, the first one first; nobody, if it is not live. */
    public List<QueueMember> members(Sid account, Sid queue) {
        return live(account, queue).map(CallQueue::members).orElse(List.of());
    }

    /** Keeps {@code wanted}, or the first who is not another's already, for whoever asks; waits for the queue's answer. */
    public Optional<Reservation> reserve(Sid account, Sid queue, Optional<Sid> wanted) {
        Mailbox<Optional<Reservation>> answer = equipment.world().mailbox("front of " + queue, 1);
        return live(account, queue)
                .filter(found -> found.reserve(wanted, answer::post))
                .flatMap(found -> answer.take(Deadline.NEVER).orElseThrow());
    }

    private Optional<CallQueue> live(Sid account, Sid queue) {
        return queues.values().stream()
                .filter(found -> found.sid().equals(queue) && found.account().equals(account))
                .findAny();
    }

    private Optional<QueueSettings> settings(Name key) {
        Optional<QueueSettings> known = kept(key).or(() -> Optional.ofNullable(unkept.get(key)));
        if (known.isPresent() || count(key.account()) >= QueueSettings.MOST) {
            return known;
        }
        var now = equipment.world().time().now();
        var fresh = new QueueSettings(
                Sid.fresh(Sid.QUEUE, equipment.world()), key.account(), key.name(), Queue.DEFAULT_SIZE, now, now);
        QueueSettings before = unkept.putIfAbsent(key, fresh);
        if (before != null) {
            return Optional.of(before);
        }
        keep(key, fresh);
        return Optional.of(fresh);
    }

    private long count(Sid account) {
        long making = unkept.keySet().stream()
                .filter(key -> key.account().equals(account))
                .count();
        return equipment.queueSettings().list(account).size() + making;
    }

    private Optional<QueueSettings> kept(Name key) {
        return equipment.directory().queue(key.account(), key.name());
    }

    /** Nothing slow on the thread of a call: it is kept beside it. */
    private void keep(Name key, QueueSettings fresh) {
        equipment.world().start("settings of queue " + fresh.sid(), () -> {
            try {
                equipment.queueSettings().add(fresh);
            } catch (RecordsUnavailable away) {
                LOG.warn("queue {} is not kept: {}", fresh.sid(), away.toString());
            } finally {
                unkept.remove(key, fresh);
            }
        });
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

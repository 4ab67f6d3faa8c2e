package teleapi.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import teleapi.call.Sid;
import teleapi.runtime.Deadline;
import teleapi.runtime.Mailbox;
import teleapi.runtime.Published;
import teleapi.runtime.World;

/**
 * Owned by its own thread: keeps what calls have written, many rows in one transaction, in the order of writing, and again and again while
 * the database is away. A call never waits for it.
 *
 * <pre>
 * Thread  its own; everyone else posts
 * Errors  while the database is away rows wait in their {@link Outbox}; content that it refuses is dropped, logged and counted
 * Source  ARCHITECTURE invariants 6 and 8; ADR-0007
 * </pre>
 */
final class Writer {
    /** More rows in a transaction gain nothing on H2 or PostgreSQL and make a conflict dearer. */
    private static final int BATCH = 500;

    /**
     * A commit costs H2 whole pages of each table and index that changed, however few the rows; and a call changes its record four times while
     * it is set up: gathered, most of that is one row. What a crash could lose by it are the last moments of calls that the crash ends anyway;
     * what the API promises is committed at once. Machines ask at round intervals: after a round time the writer would meet the next request
     * each time.
     */
    private static final Duration GATHER = Duration.ofMillis(130);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

    /** What the writer is asked. */
    sealed interface Work {
        record Due(Outbox<?> outbox, Sid sid) implements Work {}

        /** Says so when all that was due before is kept. */
        record Settle(Mailbox<Boolean> settled) implements Work {}

        /** Keeps what is due and ends; gives up at the deadline when the database is away. */
        record Stop(Deadline deadline, Mailbox<Boolean> stopped) implements Work {}
    }

    private final World world;
    private final Database database;
    private final Mailbox<Work> queue;
    private final Mailbox<Boolean> pauses;
    private final Mailbox<Boolean> hurries;
    private final Published<Optional<String>> trouble = new Published<>(Optional.empty());

    /** Of a database that is away. Set by who ends the server, once. */
    private final Published<Deadline> lastTry = new Published<>(Deadline.NEVER);

    /** What has changed while its older state was being kept. It goes first: who has asked since was promised it, too. */
    private final List<Work> again = new ArrayList<>();

    /** Not while more is due than goes into a batch. */
    private boolean gathers = true;

    Writer(World world, Database database, Mailbox<Work> queue) {
        this.world = world;
        this.database = database;
        this.queue = queue;
        this.pauses = world.mailbox("store pauses", 1);
        this.hurries = world.mailbox("store hurries", 1);
    }

    void start() {
        world.startHeavy("store writer", this::run);
    }

    /** Why nothing can be kept at the moment; empty when all is well. */
    Optional<String> trouble() {
        return trouble.get();
    }

    private void run() {
        Optional<Work.Stop> stop = Optional.empty();
        int lost = 0;
        while (stop.isEmpty()) {
            List<Work> works = next();
            stop = works.stream()
                    .filter(Work.Stop.class::isInstance)
                    .map(Work.Stop.class::cast)
                    .findFirst();
            lost += keep(works);
            for (Work work : works) {
                if (work instanceof Work.Settle(Mailbox<Boolean> settled)) {
                    settled.offer(true);
                }
            }
        }
        queue.close();
        if (lost > 0) {
            LOG.error("the database is away: {} records are not kept", lost);
        }
        stop.get().stopped().offer(true);
    }

    /** For work whose sender waits for it; false: the writer has ended. Any thread. */
    boolean ask(Work work) {
        if (work instanceof Work.Stop(Deadline deadline, Mailbox<Boolean> stopped)) {
            // While it tries again it does not look into the queue.
            lastTry.set(deadline);
            pauses.offer(true);
        }
        boolean accepted = queue.post(work);
        hurries.offer(true);
        return accepted;
    }

    /**
     * Waits for one, and takes what gathers within a moment. What gathers wakes nobody: a call that ends writes many things, and on an only
     * processor the writer would go before the BYE. Nobody who waits for an answer is kept waiting.
     */
    private List<Work> next() {
        List<Work> works = new ArrayList<>(again);
        again.clear();
        int full = works.size() + BATCH;
        if (works.isEmpty()) {
            queue.take(Deadline.NEVER).ifPresent(works::add);
        }
        Deadline gathered = world.time().after(gathers ? GATHER : Duration.ZERO);
        // What hurries may have been asked, and answered, before.
        while (works.size() < full
                && works.stream().allMatch(Work.Due.class::isInstance)
                && hurries.take(gathered).isPresent()) {
            takeWhatIsThere(works, full);
        }
        takeWhatIsThere(works, full);
        gathers = works.size() < full;
        return works;
    }

    private void takeWhatIsThere(List<Work> works, int full) {
        Deadline now = world.time().after(Duration.ZERO);
        boolean more = true;
        while (more && works.size() < full) {
            Optional<Work> work = queue.take(now);
            work.ifPresent(works::add);
            more = work.isPresent();
        }
    }

    /** How many it gave up. */
    private int keep(List<Work> works) {
        Map<Outbox<?>, Set<Sid>> due = new LinkedHashMap<>();
        for (Work work : works) {
            if (work instanceof Work.Due(Outbox<?> outbox, Sid sid)) {
                due.computeIfAbsent(outbox, first -> new LinkedHashSet<>()).add(sid);
            }
        }
        Duration pause = FIRST_PAUSE;
        boolean kept = due.isEmpty() || (!givenUp() && tryToKeep(due));
        while (!kept && !givenUp()) {
            pauses.take(world.time().after(pause).earlier(lastTry.get()));
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            kept = tryToKeep(due);
        }
        return kept ? 0 : due.values().stream().mapToInt(Set::size).sum();
    }

    private boolean givenUp() {
        return trouble.get().isPresent() && lastTry.get().passed(world.time());
    }

    private boolean tryToKeep(Map<Outbox<?>, Set<Sid>> due) {
        List<Outbox.Batch<?>> batches = new ArrayList<>();
        due.forEach((outbox, sids) -> batches.add(outbox.batch(sids)));
        try {
            keepTogether(batches);
            return true;
        } catch (JdbiException failed) {
            return refused(failed) ? keepOneByOne(batches) : away(failed);
        }
    }

    private void keepTogether(List<? extends Outbox.Batch<?>> batches) {
        database.jdbi().useTransaction(handle -> {
            for (Outbox.Batch<?> batch : batches) {
                batch.write(handle, database.atOnce(), world::giveWay);
            }
        });
        batches.forEach(batch -> batch.kept(again::add));
        answers();
    }

    /** The database has kept or refused something: it is there. */
    private void answers() {
        if (trouble.get().isPresent()) {
            trouble.set(Optional.empty());
            LOG.info("the database is back");
        }
    }

    /** One of them is what the database refuses; the others must not suffer for it. */
    private boolean keepOneByOne(List<Outbox.Batch<?>> batches) {
        for (Outbox.Batch<?> batch : batches) {
            for (Outbox.Batch<?> one : batch.single()) {
                try {
                    keepTogether(List.of(one));
                } catch (JdbiException failed) {
                    if (!refused(failed)) {
                        return away(failed);
                    }
                    LOG.error("a record is refused by the database and dropped: {}", Database.reason(failed));
                    one.refused(again::add);
                    answers();
                }
            }
        }
        return true;
    }

    private boolean away(JdbiException failed) {
        if (state(failed).startsWith("40")) {
            // Of two that waited for each other's rows the database has ended this one. It is there, and tried again.
            LOG.info("records are written once more: {}", Database.reason(failed));
            return false;
        }
        if (trouble.get().isEmpty()) {
            LOG.warn("the database is away, records wait: {}", Database.reason(failed));
        }
        trouble.set(Optional.of(Database.reason(failed)));
        return false;
    }

    /** SQLSTATE classes 22 (data exception) and 23 (integrity): trying again would not help. */
    private static boolean refused(JdbiException failed) {
        return state(failed).startsWith("22") || state(failed).startsWith("23");
    }

    /** The SQLSTATE; empty: there is none. */
    private static String state(JdbiException failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "";
    }
}

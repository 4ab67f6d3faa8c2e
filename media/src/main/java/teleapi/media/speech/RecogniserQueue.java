package teleapi.media.speech;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import teleapi.media.SoundException;
import teleapi.runtime.Counter;
import teleapi.runtime.Deadline;
import teleapi.runtime.Mailbox;
import teleapi.runtime.World;

/**
 * Lets so many run at a time and so many wait.
 *
 * <pre>
 * Thread  any; ask waits. What runs and waits is behind one lock that is never held while waiting
 * </pre>
 */
final class RecogniserQueue {
    private static final Logger LOG = LoggerFactory.getLogger(RecogniserQueue.class);

    private enum Place {
        RUNS,
        WAITS,
        NONE
    }

    private record Ask(Supplier<Heard> engine, Deadline until, Mailbox<Recognition.Outcome> answer) {}

    private final World world;
    private final String engine;
    private final int atATime;
    private final int mostWaiting;
    private final Counter refused = new Counter();
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Ask> waiting = new ArrayDeque<>();
    private int running;

    RecogniserQueue(World world, String engine, int atATime, int mostWaiting) {
        this.world = world;
        this.engine = engine;
        this.atATime = atATime;
        this.mostWaiting = mostWaiting;
    }

    /** Waits for its turn, if it may, and for the engine. */
    Recognition.Outcome ask(Supplier<Heard> recognise, Duration patience, boolean mayWait) {
        Mailbox<Recognition.Outcome> answer = world.mailbox("recognised", 1);
        Deadline until = world.time().after(patience);
        Ask ask = new Ask(recognise, until, answer);
        Place place = place(ask, mayWait);
        if (place == Place.NONE) {
            return new Recognition.Outcome.Failed("too many wait for " + engine);
        }
        if (place == Place.RUNS) {
            world.start("recogniser", () -> work(ask));
        }
        Optional<Recognition.Outcome> came = answer.take(until);
        answer.close();
        return came.orElseGet(() ->
                new Recognition.Outcome.Failed(engine + " has not answered within " + patience.toSeconds() + " s"));
    }

    /** How many run or wait. */
    int live() {
        lock.lock();
        try {
            return running + waiting.size();
        } finally {
            lock.unlock();
        }
    }

    long refused() {
        return refused.count();
    }

    private Place place(Ask ask, boolean mayWait) {
        lock.lock();
        try {
            if (running < atATime) {
                running++;
                return Place.RUNS;
            }
            if (mayWait && waiting.size() < mostWaiting) {
                waiting.add(ask);
                return Place.WAITS;
            }
        } finally {
            lock.unlock();
        }
        if (mayWait) {
            refused.increment();
        }
        return Place.NONE;
    }

    /** This one, and then those that wait. */
    private void work(Ask first) {
        Optional<Ask> next = Optional.of(first);
        while (next.isPresent()) {
            next.get().answer().post(outcome(next.get()));
            next = next();
        }
    }

    private Optional<Ask> next() {
        lock.lock();
        try {
            // Nobody waits any more for one whose time has passed.
            while (!waiting.isEmpty() && waiting.getFirst().until().passed(world.time())) {
                waiting.removeFirst();
            }
            Optional<Ask> next = Optional.ofNullable(waiting.pollFirst());
            running -= next.isPresent() ? 0 : 1;
            return next;
        } finally {
            lock.unlock();
        }
    }

    private Recognition.Outcome outcome(Ask ask) {
        try {
            return new Recognition.Outcome.Recognised(ask.engine().get());
        } catch (SoundException failed) {
            return new Recognition.Outcome.Failed(String.valueOf(failed.getMessage()));
        } catch (RuntimeException bug) {
            LOG.error("{} fails by a fault of ours", engine, bug);
            return new Recognition.Outcome.Failed(engine + " failed: " + bug);
        }
    }
}

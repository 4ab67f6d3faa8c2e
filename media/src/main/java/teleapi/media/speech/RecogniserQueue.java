package teleapi.media.speech;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import teleapi.media.SoundException;
import teleapi.runtime.Counter;
import teleapi.runtime.Deadline;
import teleapi.runtime.Mailbox;
import teleapi.runtime.Published;
import teleapi.runtime.World;

/** Lets so many run at a time and so many wait. Thread: a script of its own hands the work out; ask waits, on any other thread. */
final class RecogniserQueue {
    // What is below `work` is owned by the script.

    private static final Logger LOG = LoggerFactory.getLogger(RecogniserQueue.class);

    private sealed interface Work {
        record Ask(Supplier<Heard> engine, Deadline until, boolean mayWait, Mailbox<Recognition.Outcome> answer)
                implements Work {}

        record Done() implements Work {}

        record End() implements Work {}
    }

    private final World world;
    private final String engine;
    private final int atATime;
    private final int mostWaiting;
    private final Mailbox<Work> work;
    private final Published<Integer> live = new Published<>(0);
    private final Counter refused = new Counter();
    private final Deque<Work.Ask> waiting = new ArrayDeque<>();
    private int running;

    RecogniserQueue(World world, String engine, int atATime, int mostWaiting) {
        this.world = world;
        this.engine = engine;
        this.atATime = atATime;
        this.mostWaiting = mostWaiting;
        this.work = world.mailbox("recognition", 2 * mostWaiting);
    }

    void start() {
        world.start("recognition", this::run);
    }

    /** Waits for its turn, if it may, and for the engine. */
    Recognition.Outcome ask(Supplier<Heard> recognise, Duration patience, boolean mayWait) {
        Mailbox<Recognition.Outcome> answer = world.mailbox("recognised", 1);
        Deadline until = world.time().after(patience);
        if (!work.offer(new Work.Ask(recognise, until, mayWait, answer))) {
            refused.increment();
            return tooMany();
        }
        var came = answer.take(until);
        answer.close();
        return came.orElseGet(() -> new Recognition.Outcome.Failed(
                engine + " has not answered within " + patience.toSeconds() + " s"));
    }

    int live() {
        return live.get();
    }

    long refused() {
        return refused.count();
    }

    void close() {
        work.post(new Work.End());
    }

    private Recognition.Outcome tooMany() {
        return new Recognition.Outcome.Failed("too many wait for " + engine);
    }

    // ---- the script

    private void run() {
        while (true) {
            switch (work.take(Deadline.NEVER).orElseThrow()) {
                case Work.Ask ask -> take(ask);
                case Work.Done() -> running--;
                case Work.End() -> {
                    work.close();
                    return;
                }
            }
            begin();
            live.set(running + waiting.size());
        }
    }

    private void take(Work.Ask ask) {
        int room = ask.mayWait() ? mostWaiting : Math.max(0, atATime - running);
        if (waiting.size() < room) {
            waiting.add(ask);
            return;
        }
        if (ask.mayWait()) {
            refused.increment();
        }
        ask.answer().post(tooMany());
    }

    private void begin() {
        while (running < atATime && !waiting.isEmpty()) {
            Work.Ask next = waiting.remove();
            // Nobody waits for it any more.
            if (!next.until().passed(world.time())) {
                running++;
                world.start("recogniser", () -> perform(next));
            }
        }
    }

    private void perform(Work.Ask ask) {
        try {
            ask.answer().post(outcome(ask));
        } finally {
            work.post(new Work.Done());
        }
    }

    private Recognition.Outcome outcome(Work.Ask ask) {
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

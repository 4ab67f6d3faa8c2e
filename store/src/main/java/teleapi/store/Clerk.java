package teleapi.store;

import java.util.function.Supplier;
import teleapi.call.records.RecordsUnavailable;
import teleapi.runtime.Deadline;
import teleapi.runtime.Mailbox;
import teleapi.runtime.World;

/**
 * Owned by its own thread: makes the changes to the directory, one after the other, first in the database and then in memory, so that both
 * always have had them in the same order.
 *
 * <pre>
 * Thread  ask: any that may wait; the work runs on the clerk's thread
 * Errors  what the work throws is thrown to whoever asked; RecordsUnavailable when too many are waiting
 * </pre>
 */
final class Clerk {
    /** Provisioning is rare; a longer queue would only be a longer wait for a database that does not answer. */
    private static final int WAITING = 256;

    private sealed interface Work {
        record Change(Runnable change) implements Work {}

        record End() implements Work {}
    }

    private final World world;
    private final Mailbox<Work> queue;

    Clerk(World world) {
        this.world = world;
        this.queue = world.mailbox("store clerk", WAITING);
    }

    void start() {
        world.startHeavy("store clerk", () -> {
            while (queue.take(Deadline.NEVER).orElseThrow() instanceof Work.Change(Runnable change)) {
                change.run();
            }
            // Whoever asked meanwhile hears from the closed database that nothing was changed.
            for (Work work : queue.close()) {
                if (work instanceof Work.Change(Runnable change)) {
                    change.run();
                }
            }
        });
    }

    <T> T ask(Supplier<T> change) {
        Mailbox<Answer<T>> answers = world.mailbox("store answer", 1);
        if (!queue.offer(new Work.Change(() -> answers.post(Answer.of(change))))) {
            throw new RecordsUnavailable(
                    "too many changes are waiting", new IllegalStateException("queue full or closed"));
        }
        return answers.take(Deadline.NEVER).orElseThrow().get();
    }

    void end() {
        queue.post(new Work.End());
    }

    private sealed interface Answer<T> {
        record Value<T>(T value) implements Answer<T> {}

        record Failed<T>(RuntimeException reason) implements Answer<T> {}

        static <T> Answer<T> of(Supplier<T> work) {
            try {
                return new Value<>(work.get());
            } catch (RuntimeException e) {
                return new Failed<>(e);
            }
        }

        default T get() {
            return switch (this) {
                case Value<T>(T value) -> value;
                case Failed<T>(RuntimeException reason) -> throw reason;
            };
        }
    }
}

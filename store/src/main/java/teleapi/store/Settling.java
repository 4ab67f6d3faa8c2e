package teleapi.store;

import java.time.Duration;
import teleapi.runtime.Mailbox;
import teleapi.runtime.World;

/** Lets a list show what was written just before it was asked for. */
final class Settling {
    /** A writer that is well needs a few milliseconds. */
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final World world;
    private final Writer writer;

    Settling(World world, Writer writer) {
        this.world = world;
        this.writer = writer;
    }

    /** Waits until what was written before is in the tables, or for a little while. */
    void await() {
        if (writer.trouble().isPresent()) {
            return;
        }
        Mailbox<Boolean> settled = world.mailbox("settled", 1);
        if (writer.ask(new Writer.Work.Settle(settled))) {
            settled.take(world.time().after(LONGEST));
        }
    }
}

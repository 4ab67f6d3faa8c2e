package teleapi.media.speech;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import teleapi.media.SoundBlock;
import teleapi.media.SoundSink;
import teleapi.runtime.Deadline;
import teleapi.runtime.Mailbox;
import teleapi.runtime.World;

/**
 * Something that is said, on its way to the recogniser: collected while it is said, recognised when it is over, and, if that is wanted,
 * provisionally in between.
 *
 * <pre>
 * Shape   as long as the limits of whoever listens allow; 16 KB a second
 * Thread  take, end, drop: any, without waiting. Recognising waits on a script of its own, which tells `partly` and `told`
 * Errors  told once, unless it was dropped; a provisional failure is passed over
 * Source  ADR-0022
 * </pre>
 */
public final class Dictation implements SoundSink {
    // What is below `work` is owned by the script of its own.

    /** Blocks of a fifth of a second: more than a minute of them. */
    private static final int MOST_BLOCKS = 400;

    /** A guess that takes longer is none: what was said may be over meanwhile. */
    private static final Duration SOON = Duration.ofSeconds(2);

    private static final int SAMPLES_PER_SECOND = 8_000;
    private static final long NANOS_PER_SAMPLE = 125_000;

    private sealed interface Work {
        record Said(short[] samples) implements Work {}

        record End(boolean whole, Duration length) implements Work {}

        record Dropped() implements Work {}
    }

    private final World world;
    private final Recognition recognition;
    private final Expected expected;
    private final Duration patience;
    private final Consumer<Heard> partly;
    private final Consumer<Recognition.Outcome> told;
    private final Mailbox<Work> work;
    private short[] samples = new short[SAMPLES_PER_SECOND];
    private int count;
    private int recognised;
    private boolean dropped;

    /**
     * Waits for sound; it has to be given one end.
     *
     * @param expected if provisional, {@code partly} is told of what is understood before the end, as often as the recogniser has done one
     * @param patience so long the recogniser may take in the end, its queue included
     */
    public static Dictation start(
            World world,
            Recognition recognition,
            Expected expected,
            Duration patience,
            Consumer<Heard> partly,
            Consumer<Recognition.Outcome> told) {
        Dictation made = new Dictation(world, recognition, expected, patience, partly, told);
        world.start("dictation", made::run);
        return made;
    }

    private Dictation(
            World world,
            Recognition recognition,
            Expected expected,
            Duration patience,
            Consumer<Heard> partly,
            Consumer<Recognition.Outcome> told) {
        this.world = world;
        this.recognition = recognition;
        this.expected = expected;
        this.patience = patience;
        this.partly = partly;
        this.told = told;
        this.work = world.mailbox("dictation", MOST_BLOCKS);
    }

    // ---- any thread

    @Override
    public boolean take(SoundBlock block) {
        boolean taken = work.offer(new Work.Said(Arrays.copyOf(block.samples(), block.length())));
        block.release();
        return taken;
    }

    @Override
    public void end(boolean whole, Duration length, Consumer<Boolean> complete) {
        work.post(new Work.End(whole, length));
        complete.accept(whole);
    }

    /** Nobody wants to know any more. Its end is still to come. */
    public void drop() {
        work.post(new Work.Dropped());
    }

    // ---- the script of its own

    private void run() {
        while (true) {
            Deadline until = mayGuess() ? world.time().after(Duration.ZERO) : Deadline.NEVER;
            var next = work.take(until);
            if (next.isEmpty()) {
                guess();
                continue;
            }
            switch (next.get()) {
                case Work.Said(short[] more) -> append(more);
                case Work.Dropped() -> dropped = true;
                case Work.End end -> {
                    work.close();
                    if (!dropped) {
                        told.accept(outcome(end));
                    }
                    return;
                }
            }
        }
    }

    private void append(short[] more) {
        if (count + more.length > samples.length) {
            samples = Arrays.copyOf(samples, Math.max(2 * samples.length, count + more.length));
        }
        System.arraycopy(more, 0, samples, count, more.length);
        count += more.length;
    }

    /** There is another half second since the last guess. */
    private boolean mayGuess() {
        return expected.provisional() && !dropped && count - recognised >= SAMPLES_PER_SECOND / 2;
    }

    private void guess() {
        recognised = count;
        if (recognition.recognise(Arrays.copyOf(samples, count), expected, SOON)
                instanceof Recognition.Outcome.Recognised(Heard heard)) {
            partly.accept(heard);
        }
    }

    private Recognition.Outcome outcome(Work.End end) {
        int kept = (int) Math.min(count, end.length().toNanos() / NANOS_PER_SAMPLE);
        if (kept == 0) {
            return end.whole()
                    ? new Recognition.Outcome.Recognised(Heard.NOTHING)
                    : new Recognition.Outcome.Failed("what is said cannot be listened to");
        }
        Expected last = new Expected(expected.language(), expected.hints(), false);
        return recognition.recognise(Arrays.copyOf(samples, kept), last, patience);
    }
}

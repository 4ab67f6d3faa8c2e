package teleapi.media.speech;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import teleapi.runtime.World;

/**
 * The recogniser, shared by all calls: few run at a time, so that they do not take the processor from the sound, some wait, and beyond that
 * it is refused. Who waits for a text does not stand in the way of who is on the phone.
 *
 * <pre>
 * Shape   two utterances at a time and 16 that wait; one whole recording at a time and 100 that wait
 * Thread  recognise, transcribe wait: only on a thread that may. The rest: any
 * Errors  {@link Outcome.Failed}, within the patience of who asks, whatever the engine does
 * Source  ADR-0022
 * </pre>
 */
public final class Recognition {
    static final int UTTERANCES = 2;
    static final int UTTERANCES_WAITING = 16;
    private static final int RECORDINGS = 1;
    private static final int RECORDINGS_WAITING = 100;

    /** What came of it. */
    public sealed interface Outcome {
        record Recognised(Heard heard) implements Outcome {}

        record Failed(String reason) implements Outcome {}
    }

    private final Optional<Recogniser> recogniser;
    private final RecogniserQueue utterances;
    private final RecogniserQueue recordings;

    /** {@code recogniser} empty: nothing is ever understood. */
    public Recognition(World world, Optional<Recogniser> recogniser) {
        this.recogniser = recogniser;
        this.utterances = new RecogniserQueue(world, name(), UTTERANCES, UTTERANCES_WAITING);
        this.recordings = new RecogniserQueue(world, name(), RECORDINGS, RECORDINGS_WAITING);
    }

    /** Why speech in that language cannot be recognised; empty when it can. */
    public Optional<String> unable(String language) {
        if (recogniser.isEmpty()) {
            return Optional.of("there is no recogniser");
        }
        return recogniser.get().understands(language)
                ? Optional.empty()
                : Optional.of(name() + " does not understand " + language);
    }

    /** Recognises an utterance of a call, and waits for it, its turn included. A provisional one has its turn now or never. */
    public Outcome recognise(short[] samples, Expected expected, Duration patience) {
        return ask(utterances, () -> samples, expected, patience);
    }

    /** The same for a whole recording, which nobody on the phone waits for; {@code sound} is asked for when its turn comes. */
    public Outcome transcribe(Supplier<short[]> sound, Expected expected, Duration patience) {
        return ask(recordings, sound, expected, patience);
    }

    private Outcome ask(RecogniserQueue queue, Supplier<short[]> sound, Expected expected, Duration patience) {
        Optional<String> unable = unable(expected.language());
        return unable.isPresent()
                ? new Outcome.Failed(unable.get())
                : queue.ask(
                        () -> recogniser.orElseThrow().recognise(sound.get(), expected),
                        patience,
                        !expected.provisional());
    }

    /** How many run or wait. */
    public int live() {
        return utterances.live() + recordings.live();
    }

    /** How many were refused since the start, since too many waited. */
    public long refused() {
        return utterances.refused() + recordings.refused();
    }

    public String name() {
        return recogniser.map(Recogniser::name).orElse("none");
    }
}

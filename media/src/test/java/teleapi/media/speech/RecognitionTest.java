package teleapi.media.speech;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import teleapi.media.SoundBlock;
import teleapi.media.SoundException;
import teleapi.runtime.simulated.SimulatedWorld;

/** The recogniser that all calls share, and what is on its way to it. */
final class RecognitionTest {
    private static final Expected WORDS = new Expected("en-US", List.of("yes"), false);
    private static final Expected GUESS = new Expected("en-US", List.of("yes"), true);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SimulatedWorld world = new SimulatedWorld(1);
    private final List<Recognition.Outcome> outcomes = new ArrayList<>();

    private record Engine(BiFunction<short[], Expected, Heard> does) implements Recogniser {
        @Override
        public boolean understands(String language) {
            return language.equals("en-US");
        }

        @Override
        public Heard recognise(short[] samples, Expected expected) {
            return does.apply(samples, expected);
        }

        @Override
        public String name() {
            return "engine";
        }
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Recognition with(BiFunction<short[], Expected, Heard> engine) {
        return new Recognition(world, Optional.of(new Engine(engine)));
    }

    /** Hears how many samples there are, after so long. */
    private Recognition counting(Duration takes) {
        return with((samples, expected) -> {
            world.mailbox("engine", 1).take(world.time().after(takes));
            return new Heard(Integer.toString(samples.length), 1);
        });
    }

    private void ask(Recognition recognition, Expected expected) {
        world.start("call", () -> outcomes.add(recognition.recognise(new short[3], expected, PATIENCE)));
    }

    private static String failed(Recognition.Outcome outcome) {
        return assertInstanceOf(Recognition.Outcome.Failed.class, outcome).reason();
    }

    @Test
    void twoRunAtATimeSomeWaitAndTheRestIsRefused() {
        // Issue 4: bounded; a refused one is told, and the call goes on.
        Recognition recognition = counting(Duration.ofSeconds(1));
        int asked = Recognition.UTTERANCES + Recognition.UTTERANCES_WAITING + 3;
        for (int i = 0; i < asked; i++) {
            ask(recognition, WORDS);
        }
        world.runFor(Duration.ofMillis(500));
        assertEquals(Recognition.UTTERANCES + Recognition.UTTERANCES_WAITING, recognition.live());
        assertEquals(3, outcomes.size());
        assertTrue(failed(outcomes.getFirst()).contains("too many"));
        assertEquals(3, recognition.refused());
        world.runFor(Duration.ofSeconds(12));
        assertEquals(asked, outcomes.size());
        assertEquals(
                asked - 3,
                outcomes.stream()
                        .filter(new Recognition.Outcome.Recognised(new Heard("3", 1))::equals)
                        .count());
        assertEquals(0, recognition.live());
    }

    @Test
    void anEngineThatIsSlowBrokenOrFaultyIsAnOutcome() {
        // Issue 4: away or slow, the call never hangs.
        Recognition slow = counting(Duration.ofSeconds(30));
        ask(slow, WORDS);
        world.runFor(Duration.ofSeconds(11));
        assertEquals("engine has not answered within 10 s", failed(outcomes.removeFirst()));
        world.runFor(Duration.ofSeconds(30));
        assertEquals(0, slow.live(), "it did in the end");
        ask(
                with((samples, expected) -> {
                    throw new SoundException("it is broken");
                }),
                WORDS);
        world.runFor(Duration.ofSeconds(1));
        assertEquals("it is broken", failed(outcomes.removeFirst()));
        ask(
                with((samples, expected) -> {
                    throw new IllegalStateException("a bug");
                }),
                WORDS);
        world.runFor(Duration.ofSeconds(1));
        assertTrue(failed(outcomes.removeFirst()).contains("a bug"));
        ask(counting(Duration.ZERO), new Expected("fr-FR", List.of(), false));
        world.runFor(Duration.ofSeconds(1));
        assertEquals("engine does not understand fr-FR", failed(outcomes.removeFirst()));
        ask(new Recognition(world, Optional.empty()), WORDS);
        world.runFor(Duration.ofSeconds(1));
        assertEquals("there is no recogniser", failed(outcomes.removeFirst()));
    }

    @Test
    void aGuessDoesNotWaitAndARecordingIsInNobodysWay() {
        // ADR-0022: who is on the phone comes first.
        Recognition recognition = counting(Duration.ofSeconds(1));
        for (int i = 0; i < 5; i++) {
            world.start("message", () -> outcomes.add(recognition.transcribe(() -> new short[9], WORDS, PATIENCE)));
        }
        ask(recognition, WORDS);
        world.runFor(Duration.ofMillis(1_500));
        assertTrue(outcomes.contains(new Recognition.Outcome.Recognised(new Heard("3", 1))));
        outcomes.clear();
        ask(recognition, WORDS);
        ask(recognition, WORDS);
        world.runFor(Duration.ofMillis(100));
        ask(recognition, GUESS);
        world.runFor(Duration.ofMillis(100));
        assertTrue(failed(outcomes.getFirst()).contains("too many"));
        assertEquals(0, recognition.refused(), "nobody misses it");
    }

    @Test
    void whatIsSaidIsRecognisedAtItsEndAndGuessedBefore() {
        // Dictation: partial results as they change, then the result of what is to be kept.
        List<String> guesses = new ArrayList<>();
        Dictation dictation = Dictation.start(
                world,
                counting(Duration.ofMillis(100)),
                GUESS,
                PATIENCE,
                heard -> guesses.add(heard.text()),
                outcomes::add);
        SoundBlock block = new SoundBlock(1_600, returned -> {});
        for (int i = 0; i < 1_600; i++) {
            block.add((short) 1);
        }
        for (int i = 0; i < 6; i++) {
            assertTrue(dictation.take(block));
            world.runFor(Duration.ofMillis(200));
        }
        dictation.end(true, Duration.ofSeconds(1), complete -> {});
        world.runFor(Duration.ofSeconds(1));
        assertEquals(List.of("4800", "9600"), guesses);
        assertEquals(List.of(new Recognition.Outcome.Recognised(new Heard("8000", 1))), outcomes);
    }

    @Test
    void nothingSaidIsNothingHeardAndWhatIsDroppedIsNotTold() {
        // Dictation: told once, unless it was dropped.
        Recognition recognition = counting(Duration.ZERO);
        Dictation silent = Dictation.start(world, recognition, WORDS, PATIENCE, heard -> {}, outcomes::add);
        silent.end(true, Duration.ZERO, complete -> {});
        Dictation dropped = Dictation.start(world, recognition, WORDS, PATIENCE, heard -> {}, outcomes::add);
        dropped.drop();
        dropped.end(true, Duration.ofSeconds(1), complete -> {});
        Dictation refused = Dictation.start(world, recognition, WORDS, PATIENCE, heard -> {}, outcomes::add);
        refused.end(false, Duration.ZERO, complete -> {});
        world.runFor(Duration.ofSeconds(1));
        assertEquals(2, outcomes.size());
        assertTrue(outcomes.contains(new Recognition.Outcome.Recognised(Heard.NOTHING)));
        assertTrue(outcomes.contains(new Recognition.Outcome.Failed("what is said cannot be listened to")));
    }
}

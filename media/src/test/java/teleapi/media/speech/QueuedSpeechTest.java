package teleapi.media.speech;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import teleapi.media.Sound;
import teleapi.media.SoundException;
import teleapi.runtime.simulated.SimulatedWorld;

/** The engine that all calls share. */
final class QueuedSpeechTest {
    private final SimulatedWorld world = new SimulatedWorld(1);
    private final List<String> spoken = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
    private int atWork;
    private int mostAtWork;
    private int runs;

    @AfterEach
    void close() {
        world.close();
    }

    private QueuedSpeech taking(Duration time) {
        return new QueuedSpeech(world, new SpeechEngine() {
            @Override
            public Sound speak(String text, String language, String voice) {
                runs++;
                mostAtWork = Math.max(mostAtWork, ++atWork);
                world.mailbox("engine", 1).take(world.time().after(time));
                atWork--;
                if (text.startsWith("broken")) {
                    throw new SoundException("it is broken");
                }
                if (text.startsWith("bug")) {
                    throw new IllegalStateException("a bug");
                }
                return Sound.silence(Duration.ofSeconds(text.length()));
            }

            @Override
            public String name() {
                return "engine";
            }
        });
    }

    private void ask(QueuedSpeech speech, String text) {
        world.start("call", () -> {
            try {
                assertEquals(
                        text.length() * 8_000, speech.speak(text, "en", "man").length());
                spoken.add(text);
            } catch (SoundException why) {
                failed.add(String.valueOf(why.getMessage()));
            }
        });
    }

    @Test
    void fourRunAtATimeSomeWaitAndTheRestIsRefused() {
        // STYLE.md "Input": nothing is unbounded; who is refused learns it at once
        QueuedSpeech speech = taking(Duration.ofMillis(400));
        int room = QueuedSpeech.AT_A_TIME + QueuedSpeech.MOST_WAITING;
        for (int i = 0; i < room + 3; i++) {
            ask(speech, "text " + i);
        }
        world.runFor(Duration.ofMillis(200));
        assertEquals(List.of("too many texts wait", "too many texts wait", "too many texts wait"), failed);
        assertEquals(room, speech.live());
        assertEquals(3, speech.refused());
        world.runFor(Duration.ofSeconds(12));
        assertEquals(room, spoken.size());
        assertEquals(QueuedSpeech.AT_A_TIME, mostAtWork);
        assertEquals(0, speech.live());
        ask(speech, "again");
        world.runFor(Duration.ofSeconds(1));
        assertEquals("again", spoken.getLast());
    }

    @Test
    void oneTextForManyCallsIsSpokenOnce() {
        // A greeting of a hundred calls in the same second must neither fill the queue nor be made a hundred times.
        QueuedSpeech speech = taking(Duration.ofSeconds(1));
        for (int i = 0; i < 500; i++) {
            ask(speech, "welcome");
        }
        for (int i = 0; i < QueuedSpeech.AT_A_TIME; i++) {
            ask(speech, "other " + i);
        }
        world.runFor(Duration.ofSeconds(3));
        assertEquals(List.of(), failed);
        assertEquals(500 + QueuedSpeech.AT_A_TIME, spoken.size());
        assertEquals(1 + QueuedSpeech.AT_A_TIME, runs);
    }

    @Test
    void anEngineThatIsSlowBrokenOrFaultyIsAReason() {
        // issue 4 "What bad input gets": away or slow, the call never hangs and learns why within its 15 s
        QueuedSpeech slow = taking(Duration.ofSeconds(20));
        for (int i = 0; i < QueuedSpeech.AT_A_TIME + 1; i++) {
            ask(slow, "text " + i);
        }
        world.runFor(Duration.ofMillis(14_900));
        assertEquals(QueuedSpeech.AT_A_TIME + 1, failed.size());
        assertTrue(failed.getFirst().startsWith("not within 14 s"), failed::toString);
        world.runFor(Duration.ofSeconds(10));
        assertEquals(QueuedSpeech.AT_A_TIME, runs, "nobody waits any more for what had not begun");
        assertEquals(0, slow.live());
        failed.clear();
        QueuedSpeech quick = taking(Duration.ofMillis(10));
        ask(quick, "broken");
        world.runFor(Duration.ofSeconds(1));
        ask(quick, "bug");
        world.runFor(Duration.ofSeconds(1));
        assertEquals("it is broken", failed.getFirst());
        assertTrue(failed.getLast().contains("a bug"), failed::toString);
        assertEquals(0, quick.live());
    }
}

package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import teleapi.media.codec.G711;

/** Who speaks in a room. */
final class SpeechTest {
    private static final List<MediaEvent> BOTH =
            List.of(new MediaEvent.SpeechStarted(), new MediaEvent.SpeechStopped());

    private static Studio.Line member(Studio studio) {
        Studio.Line line = studio.line(500, G711.PCMU);
        line.session().join(studio.engine.openRoom("AC1"));
        return line;
    }

    @Test
    void beginAndEndAreToldOnceEach() {
        // MediaSession.listenForSpeech.
        try (Studio studio = new Studio(1)) {
            Studio.Line alice = member(studio);
            alice.session().listenForSpeech(true);
            long asked = studio.now();
            alice.phone().talk();
            long started = studio.until(alice.session(), BOTH.get(0));
            assertTrue(started - asked < 130_000_000, () -> "after " + (started - asked) / 1e6 + " ms");
            studio.run(2000);
            alice.phone().hush();
            studio.run(400);
            assertEquals(BOTH.subList(0, 1), studio.toldBy(alice.session()), "a pause between words");
            studio.run(700);
            assertEquals(BOTH, studio.toldBy(alice.session()));
        }
    }

    @Test
    void aKnockAndAHissAreNoSpeech() {
        // ITU-T P.56; hysteresis.
        try (Studio studio = new Studio(2)) {
            Studio.Line alice = member(studio);
            alice.session().listenForSpeech(true);
            alice.phone().says(Sound.tone(500, Duration.ofMillis(40), -6).samples());
            studio.run(1000);
            alice.phone().says(Sound.tone(700, Duration.ofMillis(400), -42).samples());
            studio.run(1000);
            assertEquals(List.of(), studio.toldBy(alice.session()));
        }
    }

    @Test
    void theMutedDoNotSpeakAndWhoLeavesStops() {
        // MediaEvent.SpeechStopped.
        try (Studio studio = new Studio(3)) {
            Studio.Line alice = member(studio);
            alice.phone().talk();
            alice.session().listenForSpeech(true);
            studio.until(alice.session(), BOTH.get(0));
            alice.session().mute(true, 1);
            studio.until(alice.session(), BOTH.get(1));
            alice.session().mute(false, 2);
            studio.run(300);
            alice.session().leave();
            studio.run(5);
            assertEquals(
                    List.of(
                            BOTH.get(0),
                            new MediaEvent.Applied(1),
                            BOTH.get(1),
                            new MediaEvent.Applied(2),
                            BOTH.get(0),
                            BOTH.get(1)),
                    studio.toldBy(alice.session()));
        }
    }

    @Test
    void nothingIsToldOfWhoIsNotListenedTo() {
        // MediaSession.listenForSpeech: only while asked for.
        try (Studio studio = new Studio(4)) {
            Studio.Line alice = member(studio);
            alice.phone().talk();
            studio.run(500);
            alice.session().listenForSpeech(true);
            studio.run(5);
            alice.session().listenForSpeech(false);
            studio.run(2000);
            assertEquals(List.of(), studio.toldBy(alice.session()));
        }
    }
}

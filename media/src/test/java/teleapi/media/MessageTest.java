package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import teleapi.media.codec.G711;

/** A message: what a party says alone, until it has said enough. Source: restcomm.md 5.2 Record; peers.md 2.5. */
final class MessageTest {
    private static final MessageTerms TRIMMED = new MessageTerms(Duration.ofSeconds(2), Duration.ofSeconds(10), true);
    private static final MessageTerms WHOLE = new MessageTerms(Duration.ofSeconds(2), Duration.ofSeconds(10), false);

    private static Tape record(Studio.Line line, MessageTerms terms) {
        Tape tape = new Tape(Tracks.SAID, Integer.MAX_VALUE, false);
        line.session().recordMessage(1, tape, terms);
        return tape;
    }

    private static List<MediaEvent> told(Studio studio, Studio.Line line) {
        return studio.toldBy(line.session()).stream()
                .filter(MediaEvent.RecordingStopped.class::isInstance)
                .toList();
    }

    private static MediaEvent stopped(int frames) {
        return new MediaEvent.RecordingStopped(1, Duration.ofMillis(20L * frames), false);
    }

    @Test
    void whatIsHeardIsNotInIt() {
        // Tracks.SAID: the beep and what is played meanwhile are for the party alone.
        try (Studio studio = new Studio(1)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            alice.session().play(Layer.VERB, 7, Sound.tone(1500, Duration.ofSeconds(9), -12), 1);
            Tape tape = record(alice, WHOLE);
            studio.run(1000);
            alice.session().stopRecording(1);
            studio.run(10);
            assertEquals(List.of(stopped(50)), told(studio, alice));
            for (int i = 2; i < 49; i++) {
                assertTrue(tape.has(0, i, 500) && !tape.has(0, i, 1500), "frame " + i);
            }
        }
    }

    @Test
    void aSilenceEndsItAndIsTrimmedWithTheOneBefore() {
        // restcomm.md 5.2: timeout; peers.md 2.5: Trim. 0.2 s stay around what is said.
        try (Studio studio = new Studio(2)) {
            Studio.Line alice = studio.line(500, G711.PCMU);
            Tape tape = record(alice, TRIMMED);
            studio.run(1000);
            alice.phone().talk();
            studio.run(1000);
            alice.phone().hush();
            studio.run(2150);
            assertEquals(List.of(), told(studio, alice));
            studio.run(100);
            int frames = tape.frames();
            assertEquals(List.of(stopped(frames)), told(studio, alice));
            assertEquals(10 + 50 + 10, frames, 1);
            for (int i = 0; i < frames; i++) {
                assertEquals(i >= 10 && i < frames - 10, !tape.silent(0, i), "frame " + i + " of " + frames);
            }
        }
    }

    @Test
    void nothingIsTrimmedUnlessItIsAskedFor() {
        // peers.md 2.5: do-not-trim.
        try (Studio studio = new Studio(3)) {
            Studio.Line alice = studio.line(500, G711.PCMU);
            Tape tape = record(alice, WHOLE);
            studio.run(1000);
            alice.phone().talk();
            studio.run(1000);
            alice.phone().hush();
            studio.run(2400);
            assertEquals(200, tape.frames(), 2);
            assertTrue(tape.silent(0, 40) && tape.has(0, 70, 500) && tape.silent(0, 120));
        }
    }

    @Test
    void whoSaysNothingLeavesNothing() {
        // restcomm.md 5.4: an empty recording.
        try (Studio studio = new Studio(4)) {
            Studio.Line alice = studio.line(500, G711.PCMU);
            Tape tape = record(alice, TRIMMED);
            studio.run(2500);
            assertEquals(List.of(stopped(0)), told(studio, alice));
            assertEquals(0, tape.frames());
            assertEquals(1, tape.ends);
        }
    }

    @Test
    void itIsAsLongAsItMayBe() {
        // restcomm.md 5.2: maxLength.
        try (Studio studio = new Studio(5)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            Tape tape = record(alice, TRIMMED);
            studio.run(10_500);
            assertEquals(List.of(stopped(500)), told(studio, alice));
            assertEquals(500, tape.frames());
        }
    }

    @Test
    void whileThePartyIsMutedNothingIsRecordedAndThatIsNoSilence() {
        // MediaSession.recordMessage: a hold or an overlay in the middle of a message.
        try (Studio studio = new Studio(6)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            Tape tape = record(alice, TRIMMED);
            studio.run(1000);
            alice.session().mute(true, 5);
            studio.run(4000);
            assertEquals(List.of(), told(studio, alice));
            alice.session().pauseRecording(1, false);
            alice.session().mute(false, 6);
            studio.run(500);
            alice.session().resumeRecording(1);
            studio.run(1000);
            alice.session().stopRecording(1);
            studio.run(10);
            assertEquals(100, tape.frames());
            for (int i = 2; i < 98; i++) {
                assertFalse(tape.silent(0, i), "frame " + i);
            }
        }
    }
}

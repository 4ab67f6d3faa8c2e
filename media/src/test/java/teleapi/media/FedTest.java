package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import teleapi.media.codec.G711;

/** Sound that comes piece by piece while it is played, and its way out while it is heard. */
final class FedTest {
    private static final Duration MOST = Duration.ofSeconds(10);

    private static byte[] tone(int hertz, int millis) {
        return Sound.tone(hertz, Duration.ofMillis(millis), -12).ulaw();
    }

    private static void feed(Studio.Line line, byte[] ulaw) {
        line.session().feed(1, ulaw, taken -> assertTrue(taken));
    }

    private static long frames(List<Heard> heard, int hertz) {
        return heard.stream().filter(packet -> packet.has(hertz)).count();
    }

    private static void assertFedIn(G711 law) {
        try (Studio studio = new Studio(1)) {
            Studio.Line alice = studio.line(900, law);
            alice.session().playFed(Layer.VERB, 1, MOST);
            studio.run(100);
            List<Long> marked = new ArrayList<>();
            byte[] tone = tone(1_500, 236);
            // Pieces of odd sizes: 236 ms are 11 frames and most of another.
            for (int at = 0; at < tone.length; at += 77) {
                feed(alice, Arrays.copyOfRange(tone, at, Math.min(tone.length, at + 77)));
            }
            alice.session().mark(1, () -> marked.add(studio.now()));
            studio.run(400);
            List<Heard> heard = alice.phone().heard();
            Studio.assertContinuous(heard);
            assertTrue(heard.size() >= 24, () -> heard.size() + " packets: silence is sent where nothing has come");
            List<Heard> sound =
                    heard.stream().filter(packet -> packet.has(1_500)).toList();
            assertEquals(12, sound.size());
            assertEquals(1, marked.size());
            long late = sound.getLast().nanos() - marked.getFirst();
            assertTrue(late >= 0 && late < 5_000_000, () -> "told with the last frame, not " + late + " ns before it");
        }
    }

    @Test
    void whatIsFedIsHeardWholeAndTheMarkBehindItIsTold() {
        // MediaSession.feed, mark; in both laws.
        assertFedIn(G711.PCMU);
        assertFedIn(G711.PCMA);
    }

    @Test
    void clearedIsSilentWithTheNextFrameAndMarksComeBack() {
        // MediaSession.clear
        try (Studio studio = new Studio(2)) {
            Studio.Line alice = studio.line(900, G711.PCMU);
            List<String> marked = new ArrayList<>();
            alice.session().playFed(Layer.VERB, 1, MOST);
            feed(alice, tone(1_500, 2_000));
            alice.session().mark(1, () -> marked.add("first"));
            feed(alice, tone(2_500, 100));
            alice.session().mark(1, () -> marked.add("second"));
            studio.run(500);
            assertTrue(marked.isEmpty());
            alice.session().clear(1);
            studio.run(1);
            assertEquals(List.of("first", "second"), marked);
            long cleared = studio.now();
            feed(alice, tone(2_000, 100));
            studio.run(300);
            List<Heard> after = alice.heardAfter(cleared + 2_000_000);
            assertEquals(0, frames(after, 1_500));
            assertEquals(0, frames(after, 2_500));
            assertEquals(5, frames(after, 2_000));
            alice.session().mark(1, () -> marked.add("third"));
            studio.run(1);
            assertEquals("third", marked.getLast(), "nothing is before it");
        }
    }

    @Test
    void moreThanMayWaitIsRefusedAndWhatWaitsIsPlayed() {
        // MediaSession.playFed: most.
        try (Studio studio = new Studio(3)) {
            Studio.Line alice = studio.line(900, G711.PCMU);
            alice.session().playFed(Layer.VERB, 1, Duration.ofMillis(300));
            List<Boolean> taken = new ArrayList<>();
            alice.session().feed(1, tone(1_500, 200), taken::add);
            alice.session().feed(1, tone(2_500, 200), taken::add);
            studio.run(400);
            assertEquals(List.of(true, false), taken);
            assertEquals(10, frames(alice.phone().heard(), 1_500));
            assertEquals(0, frames(alice.phone().heard(), 2_500));
            alice.session().stopPlayback(1);
            alice.session().feed(1, tone(2_500, 200), taken::add);
            studio.run(100);
            assertFalse(taken.getLast(), "it is over");
            alice.session().close();
            studio.run(100);
            alice.session().feed(1, tone(2_500, 200), taken::add);
            studio.run(1);
            assertEquals(4, taken.size(), "told by a session that is gone, too");
        }
    }

    @Test
    void aForkHasBothDirectionsFrameByFrameAndSilenceWhileMuted() {
        // MediaSession.fork: at most 100 ms late, and nothing missing.
        try (Studio studio = new Studio(4)) {
            Studio.Line alice = studio.talking(900, G711.PCMU);
            Studio.Line bob = studio.talking(2_000, G711.PCMA);
            Studio.bridge(alice, bob);
            studio.run(200);
            Tape tape = new Tape(Tracks.DUAL, Integer.MAX_VALUE, false);
            alice.session().fork(7, tape, Tracks.DUAL);
            studio.run(1_000);
            assertTrue(tape.frames() >= 45 && tape.frames() <= 48, () -> tape.frames() + " frames of a second");
            for (int i = 1; i < 45; i++) {
                assertTrue(tape.has(0, i, 900) && tape.has(1, i, 2_000), "frame " + i);
            }
            alice.session().mute(true, 1);
            studio.run(1_000);
            assertTrue(tape.silent(0, tape.frames() - 1));
            assertTrue(tape.has(1, tape.frames() - 1, 2_000));
            alice.session().stopRecording(7);
            studio.until(alice.session(), new MediaEvent.RecordingStopped(7, Duration.ofSeconds(2), false));
            assertEquals(1, tape.ends);
        }
    }

    @Test
    void fourForksGoBesideFourRecordingsAndNoMore() {
        // MediaSession.fork, record.
        try (Studio studio = new Studio(5)) {
            Studio.Line alice = studio.talking(900, G711.PCMU);
            List<Tape> forks = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                Tape fork = new Tape(Tracks.SAID, Integer.MAX_VALUE, false);
                forks.add(fork);
                alice.session().fork(i, fork, Tracks.SAID);
                alice.session().record(10 + i, new Tape(Tracks.SAID, Integer.MAX_VALUE, false), Tracks.SAID);
            }
            studio.run(500);
            assertEquals(
                    List.of(0, 0, 0, 0, 1),
                    forks.stream().map(tape -> tape.ends).toList());
            alice.session().stopRecording(2);
            alice.session().fork(9, forks.getLast(), Tracks.SAID);
            studio.run(500);
            assertEquals(
                    List.of(0, 0, 1, 0, 1),
                    forks.stream().map(tape -> tape.ends).toList());
            assertTrue(forks.getLast().frames() > 20);
        }
    }
}

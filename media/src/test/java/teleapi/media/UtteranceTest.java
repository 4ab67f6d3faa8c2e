package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import teleapi.media.codec.G711;

/** What a party says, for who recognises it. */
final class UtteranceTest {
    private static final SpeechLimits LIMITS = new SpeechLimits(Duration.ofSeconds(1), Duration.ofSeconds(60));
    private static final MediaEvent BEGAN = new MediaEvent.UtteranceBegan(7);
    private static final MediaEvent ENDED = new MediaEvent.UtteranceEnded(7);

    /** Keeps what it is given, as far as it has room. */
    private static final class Kept implements SoundSink {
        private final List<Short> samples = new ArrayList<>();
        private final List<Duration> ends = new ArrayList<>();
        private final int room;
        private boolean whole;

        Kept(int room) {
            this.room = room;
        }

        @Override
        public boolean take(SoundBlock block) {
            for (int i = 0; i < block.length(); i++) {
                samples.add(block.samples()[i]);
            }
            block.release();
            return samples.size() < room;
        }

        @Override
        public void end(boolean all, Duration length, Consumer<Boolean> complete) {
            whole = all;
            ends.add(length);
        }

        /** How long it was loud. */
        double loudSeconds() {
            return samples.stream().filter(sample -> Math.abs(sample) > 1_000).count() / 8_000.0;
        }
    }

    private static Kept listen(Studio.Line line, SpeechLimits limits) {
        Kept kept = new Kept(Integer.MAX_VALUE);
        line.session().listenForUtterance(7, kept, limits);
        return kept;
    }

    @Test
    void itIsKeptFromBeforeItsBeginningUntilThePauseAfterIt() {
        // MediaSession.listenForUtterance.
        try (Studio studio = new Studio(1)) {
            Studio.Line alice = studio.line(500, G711.PCMU);
            Kept kept = listen(alice, LIMITS);
            studio.run(3000);
            assertEquals(List.of(), studio.toldBy(alice.session()));
            long asked = studio.now();
            alice.phone().talk();
            long began = studio.until(alice.session(), BEGAN);
            assertTrue(began - asked < 130_000_000, () -> "after " + (began - asked) / 1e6 + " ms");
            studio.run(900);
            alice.phone().hush();
            studio.run(700);
            alice.phone().talk();
            studio.run(1000);
            alice.phone().hush();
            assertEquals(List.of(BEGAN), studio.toldBy(alice.session()), "a pause between words");
            studio.run(1200);
            assertEquals(List.of(BEGAN, ENDED), studio.toldBy(alice.session()));
            assertTrue(kept.whole);
            assertEquals(1, kept.ends.size());
            long millis = kept.ends.getFirst().toMillis();
            // 2.7 s of words and pause, and 0.3 s around them on each side.
            assertTrue(millis > 3000 && millis < 3400, () -> millis + " ms");
            assertTrue(kept.samples.size() >= 8 * millis);
            assertTrue(kept.loudSeconds() > 1.5 && kept.loudSeconds() < 2, () -> kept.loudSeconds() + " s are loud");
            studio.run(2000);
            assertEquals(1, kept.ends.size());
        }
    }

    @Test
    void aKnockAHissAndWhatTheMutedSayAreNone() {
        // ITU-T P.56; ADR-0022: a muted party is not heard by the recogniser.
        try (Studio studio = new Studio(2)) {
            Studio.Line alice = studio.line(500, G711.PCMU);
            Kept kept = listen(alice, LIMITS);
            alice.phone().says(Sound.tone(500, Duration.ofMillis(40), -6).samples());
            studio.run(1000);
            alice.phone().says(Sound.tone(700, Duration.ofMillis(400), -42).samples());
            studio.run(1000);
            alice.session().mute(true, 1);
            alice.phone().talk();
            studio.run(1000);
            alice.phone().hush();
            studio.run(500);
            assertTrue(studio.toldBy(alice.session()).stream().noneMatch(BEGAN::equals));
            alice.session().endUtterance(7);
            studio.run(100);
            assertEquals(List.of(Duration.ZERO), kept.ends);
            assertTrue(kept.whole);
            assertEquals(List.of(), kept.samples);
        }
    }

    @Test
    void itEndsWhenItIsTooLongOrTheSinkTakesNoMoreOrTheSessionCloses() {
        // Everything from the network is bounded.
        try (Studio studio = new Studio(3)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            Kept longest = listen(alice, new SpeechLimits(Duration.ofSeconds(1), Duration.ofSeconds(2)));
            studio.run(2500);
            assertEquals(List.of(BEGAN, ENDED), studio.toldBy(alice.session()));
            assertEquals(List.of(Duration.ofSeconds(2)), longest.ends);
            Kept full = new Kept(3_000);
            alice.session().listenForUtterance(7, full, LIMITS);
            studio.run(1000);
            assertEquals(1, full.ends.size());
            assertTrue(!full.whole && full.samples.size() < 6_000);
            Kept closed = listen(alice, LIMITS);
            studio.run(500);
            alice.session().close();
            studio.run(100);
            assertEquals(1, closed.ends.size());
            Kept late = listen(alice, LIMITS);
            studio.run(100);
            assertEquals(List.of(Duration.ZERO), late.ends);
            assertTrue(!late.whole);
        }
    }

    @Test
    void moreThanTwoAtATimeAreRefused() {
        // One of a document, one of a document over it.
        try (Studio studio = new Studio(4)) {
            Studio.Line alice = studio.line(500, G711.PCMU);
            listen(alice, LIMITS);
            listen(alice, LIMITS);
            Kept third = listen(alice, LIMITS);
            studio.run(100);
            assertEquals(List.of(ENDED), studio.toldBy(alice.session()));
            assertTrue(!third.whole && third.ends.size() == 1);
        }
    }
}

package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import teleapi.media.codec.G711;
import teleapi.runtime.simulated.Weather;

/** What a party says and hears, kept. */
final class RecordingTest {
    private static Tape record(Studio.Line line, Tracks tracks) {
        Tape tape = new Tape(tracks, Integer.MAX_VALUE, false);
        line.session().record(1, tape, tracks);
        return tape;
    }

    private static MediaEvent.RecordingStopped stopped(Studio studio, Studio.Line line) {
        return studio.toldBy(line.session()).stream()
                .filter(MediaEvent.RecordingStopped.class::isInstance)
                .map(MediaEvent.RecordingStopped.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void bothDirectionsOfABridgeAreKeptAsLongAsItTook() {
        // MediaSession.record: what the party says and what it hears.
        for (int seed = 0; seed < 10; seed++) {
            try (Studio studio = new Studio(seed)) {
                Studio.Line alice = studio.talking(500, G711.PCMU);
                Studio.Line bob = studio.talking(1000, G711.PCMA);
                Studio.bridge(alice, bob);
                studio.run(300 + 7 * seed);
                Tape tape = record(alice, Tracks.DUAL);
                studio.run(3333);
                alice.session().stopRecording(1);
                studio.run(10);
                assertEquals(
                        new MediaEvent.RecordingStopped(1, Duration.ofMillis(3340), false), stopped(studio, alice));
                assertEquals(167, tape.frames());
                assertEquals(1, tape.ends);
                for (int i = 2; i < 166; i++) {
                    assertTrue(tape.has(0, i, 500) && !tape.has(0, i, 1000), "says, frame " + i);
                    assertTrue(tape.has(1, i, 1000) && !tape.has(1, i, 500), "hears, frame " + i);
                }
                studio.run(100);
                assertEquals(167, tape.frames());
            }
        }
    }

    @Test
    void oneChannelHasTheSum() {
        // Tracks.MONO.
        try (Studio studio = new Studio(1)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            Studio.Line bob = studio.talking(1000, G711.PCMU);
            Studio.bridge(alice, bob);
            studio.run(300);
            Tape tape = record(alice, Tracks.MONO);
            studio.run(1000);
            alice.session().stopRecording(1);
            studio.run(10);
            assertEquals(50, tape.frames());
            for (int i = 2; i < 49; i++) {
                assertTrue(tape.has(0, i, 500) && tape.has(0, i, 1000), "frame " + i);
            }
        }
    }

    @Test
    void oneTrackHasWhatIsSaidOrWhatIsHeard() {
        // Tracks.SAID, Tracks.HEARD.
        try (Studio studio = new Studio(10)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            Studio.Line bob = studio.talking(1000, G711.PCMU);
            Studio.bridge(alice, bob);
            studio.run(300);
            Tape said = record(alice, Tracks.SAID);
            Tape heard = new Tape(Tracks.HEARD, Integer.MAX_VALUE, false);
            alice.session().record(2, heard, Tracks.HEARD);
            studio.run(1000);
            alice.session().close();
            studio.run(10);
            assertEquals(List.of(50, 50), List.of(said.frames(), heard.frames()));
            for (int i = 2; i < 49; i++) {
                assertTrue(said.has(0, i, 500) && !said.has(0, i, 1000), "said, frame " + i);
                assertTrue(heard.has(0, i, 1000) && !heard.has(0, i, 500), "heard, frame " + i);
            }
        }
    }

    @Test
    void whatIsHeardIsPlaybacksMixedSoundsRoomAndSilence() {
        // Issue 3, 6; the order in which they are heard.
        try (Studio studio = new Studio(2)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            Studio.Line bob = studio.talking(1000, G711.PCMU);
            Tape tape = record(alice, Tracks.DUAL);
            studio.run(200);
            alice.session().play(Layer.VERB, 1, Sound.tone(1500, Duration.ofMillis(400), -12), 1);
            alice.session().mix(2, Sound.tone(2500, Duration.ofMillis(200), -12), 1);
            studio.run(600);
            Room room = studio.engine.openRoom("AC1");
            alice.session().join(room);
            bob.session().join(room);
            studio.run(400);
            alice.session().leave();
            studio.run(200);
            alice.session().stopRecording(1);
            studio.run(10);
            assertEquals(70, tape.frames());
            StringBuilder heard = new StringBuilder();
            for (int i = 0; i < tape.frames(); i++) {
                assertTrue(i == 0 || i == 69 || tape.has(0, i, 500), "says, frame " + i);
                heard.append(
                        tape.has(1, i, 1500)
                                ? tape.has(1, i, 2500) ? 'm' : 'p'
                                : tape.has(1, i, 1000) ? 'r' : tape.silent(1, i) ? '-' : '?');
            }
            assertTrue(
                    heard.toString().matches("-{9,11}m{10,11}p{10,11}\\??-{8,13}\\??r{16,20}\\??-{8,12}"),
                    heard.toString());
        }
    }

    @Test
    void bothTracksStayAlignedThroughLossAndJitter() {
        // Brief of recording: a 20 ms clock. Both sides begin a new tone in the same moment, again and again.
        try (Studio studio = new Studio(3)) {
            studio.world.weather(Weather.FAIR.withLoss(0.05).withLatency(Duration.ofMillis(1), Duration.ofMillis(60)));
            Studio.Line alice = studio.line(500, G711.PCMU);
            Studio.Line bob = studio.line(1000, G711.PCMA);
            Studio.bridge(alice, bob);
            Tape tape = record(alice, Tracks.DUAL);
            List<Integer> begins = new ArrayList<>();
            for (int burst = 0; burst < 20; burst++) {
                begins.add((int) (studio.now() / 20_000_000));
                alice.phone().talk();
                bob.phone().talk();
                studio.run(900);
                alice.phone().hush();
                bob.phone().hush();
                studio.run(700);
            }
            alice.session().stopRecording(1);
            studio.run(10);
            assertEquals(1600, tape.frames());
            for (int begin : begins) {
                int says = begin;
                while (!tape.has(0, says, 500)) {
                    says++;
                }
                int hears = begin;
                while (!tape.has(1, hears, 1000)) {
                    hears++;
                }
                assertTrue(says - begin <= 6 && hears - begin <= 6, begin + ": " + says + ", " + hears);
                int good = 0;
                for (int i = begin + 10; i < begin + 44; i++) {
                    good += tape.has(0, i, 500) && tape.has(1, i, 1000) ? 1 : 0;
                }
                assertTrue(good >= 22, good + " of 34 at " + begin);
                for (int i = begin + 60; i < begin + 79; i++) {
                    assertTrue(tape.silent(0, i) && tape.silent(1, i), "frame " + i);
                }
            }
        }
    }

    @Test
    void oneSideOnHoldIsSilenceAndTheOtherGoesOn() {
        // RFC 3264 §8.4: who holds is sent nothing, and may send nothing.
        try (Studio studio = new Studio(4)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            Studio.Line bob = studio.talking(1000, G711.PCMU);
            Studio.bridge(alice, bob);
            Tape tape = record(alice, Tracks.DUAL);
            studio.run(500);
            bob.phone().hush();
            bob.session().answer(bob.phone().sdp("inactive"));
            studio.run(500);
            bob.session().answer(bob.phone().sdp("sendrecv"));
            bob.phone().talk();
            studio.run(500);
            alice.session().stopRecording(1);
            studio.run(10);
            assertEquals(75, tape.frames());
            for (int i = 2; i < 74; i++) {
                int frame = i;
                assertTrue(tape.has(0, i, 500), () -> "says, frame " + frame);
                if (i < 24 || i > 53) {
                    assertTrue(tape.has(1, i, 1000), () -> "hears, frame " + frame);
                } else if (i > 28 && i < 50) {
                    assertTrue(tape.silent(1, i), () -> "hears nothing, frame " + frame);
                }
            }
        }
    }

    @Test
    void theMutedAreRecordedAsSilence() {
        // MediaSession.record: what is kept from everyone else is kept from the recording.
        try (Studio studio = new Studio(5)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            Tape tape = record(alice, Tracks.DUAL);
            studio.run(500);
            alice.session().mute(true, 1);
            studio.run(500);
            alice.session().mute(false, 2);
            studio.run(500);
            alice.session().stopRecording(1);
            studio.run(10);
            for (int i = 2; i < 74; i++) {
                if (i < 24 || i > 51) {
                    assertTrue(tape.has(0, i, 500), "frame " + i);
                } else if (i > 26 && i < 49) {
                    assertTrue(tape.silent(0, i), "frame " + i);
                }
            }
        }
    }

    @Test
    void aPauseIsSilenceOrLeftOut() {
        // MediaSession.pauseRecording.
        for (boolean silence : new boolean[] {true, false}) {
            try (Studio studio = new Studio(6)) {
                Studio.Line alice = studio.talking(500, G711.PCMU);
                studio.run(100);
                Tape tape = record(alice, Tracks.MONO);
                studio.run(500);
                alice.session().pauseRecording(1, silence);
                studio.run(300);
                int before = tape.frames();
                studio.run(700);
                assertEquals(25, before, "what was before the pause has gone to the sink");
                alice.session().resumeRecording(1);
                studio.run(500);
                alice.session().stopRecording(1);
                studio.run(10);
                int paused = silence ? 50 : 0;
                assertEquals(
                        new MediaEvent.RecordingStopped(1, Duration.ofMillis(1000 + 20 * paused), false),
                        stopped(studio, alice));
                assertEquals(50 + paused, tape.frames());
                for (int i = 2; i < tape.frames() - 1; i++) {
                    assertEquals(silence && i >= 25 && i < 75, tape.silent(0, i), "frame " + i);
                }
            }
        }
    }

    @Test
    void aSinkThatIsBehindOrFullEndsTheRecordingAndNotTheCall() {
        // ADR-0011: at most a few blocks wait; the recording stops as failed, never the call.
        for (Tape tape :
                List.of(new Tape(Tracks.MONO, Integer.MAX_VALUE, true), new Tape(Tracks.MONO, 20_000, false))) {
            try (Studio studio = new Studio(7)) {
                Studio.Line alice = studio.talking(500, G711.PCMU);
                Studio.Line bob = studio.talking(1000, G711.PCMU);
                Studio.bridge(alice, bob);
                alice.session().record(1, tape, Tracks.MONO);
                studio.run(6000);
                assertTrue(stopped(studio, alice).failed());
                assertEquals(1, tape.ends);
                assertTrue(tape.frames() >= 100);
                assertTrue(bob.phone().heard().size() >= 299
                        && bob.phone().heard().stream().allMatch(p -> p.has(500)));
                long without =
                        alice.phone().heard().stream().filter(p -> !p.has(1000)).count();
                assertEquals(0, without);
            }
        }
    }

    @Test
    void itEndsWithItsSessionAndSaysSo() {
        // MediaEvent.RecordingStopped, also when the session is closed or was closed before.
        try (Studio studio = new Studio(8)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            Tape tape = record(alice, Tracks.MONO);
            studio.run(510);
            alice.session().close();
            studio.run(10);
            assertEquals(new MediaEvent.RecordingStopped(1, Duration.ofMillis(520), false), stopped(studio, alice));
            assertEquals(26, tape.frames());
            Tape late = record(alice, Tracks.MONO);
            studio.run(10);
            assertEquals(1, late.ends);
        }
    }

    @Test
    void fourAtOnceAndTheFifthFails() {
        // MediaSession.record: several at once, up to four, each on its own.
        try (Studio studio = new Studio(9)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            List<Tape> tapes = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                tapes.add(new Tape(Tracks.MONO, Integer.MAX_VALUE, false));
                alice.session().record(i, tapes.getLast(), Tracks.MONO);
            }
            studio.run(10);
            assertEquals(
                    List.of(new MediaEvent.RecordingStopped(4, Duration.ZERO, true)), studio.toldBy(alice.session()));
            studio.run(490);
            alice.session().stopRecording(2);
            studio.run(500);
            alice.session().close();
            studio.run(10);
            assertEquals(
                    List.of(50, 50, 25, 50, 0), tapes.stream().map(Tape::frames).toList());
        }
    }

    @Test
    void whateverHappensMeanwhileItIsAsLongAsItTook() {
        // ADR-0011: one clock. Over random orders of everything that changes what is heard, and when it is sent.
        for (int seed = 0; seed < 40; seed++) {
            Random chance = new Random(seed);
            try (Studio studio = new Studio(seed)) {
                List<Studio.Line> lines = List.of(
                        studio.talking(500, G711.PCMU),
                        studio.talking(1000, G711.PCMA),
                        studio.talking(1500, G711.PCMU));
                Room room = studio.engine.openRoom("AC1");
                MediaSession session = lines.getFirst().session();
                studio.run(chance.nextInt(40));
                long began = studio.now();
                Tape tape = record(lines.getFirst(), Tracks.DUAL);
                for (int step = 0; step < 40; step++) {
                    Studio.Line any = lines.get(chance.nextInt(3));
                    switch (chance.nextInt(9)) {
                        case 0, 1 -> Studio.bridge(lines.getFirst(), lines.get(1 + chance.nextInt(2)));
                        case 2, 3 -> any.session().join(room);
                        case 4 -> session.play(Layer.AWAY, step, Sound.beep(), 1);
                        case 5 -> session.mix(step, Sound.beep(), 1);
                        case 6 -> session.sendDigits(step, "1");
                        case 7 -> any.session().leave();
                        default ->
                            any.session().answer(any.phone().sdp(chance.nextBoolean() ? "inactive" : "sendrecv"));
                    }
                    studio.run(chance.nextInt(80));
                }
                long took = studio.now() - began;
                session.stopRecording(1);
                studio.run(10);
                assertEquals(took / 20e6, tape.frames(), 1, "seed " + seed);
                int said = 0;
                for (int i = 2; i < tape.frames() - 2; i++) {
                    int frame = i;
                    // No edge of another tone is so loud; the tone itself is three times as loud.
                    assertTrue(tape.level(1, i, 500) < 3000, () -> "hears itself, frame " + frame);
                    said += tape.has(0, i, 500) ? 1 : 0;
                }
                assertTrue(said > 0.95 * (tape.frames() - 4), said + " of " + tape.frames() + ", seed " + seed);
            }
        }
    }
}

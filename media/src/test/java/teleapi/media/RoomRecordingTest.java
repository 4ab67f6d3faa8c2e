package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import teleapi.media.codec.G711;

/** The mix of a room, kept. */
final class RoomRecordingTest {
    private static final int A = 500;
    private static final int B = 1000;
    private static final int C = 1500;

    /** From a phone's packet to the mix: the jitter buffer's delay, and two clocks of 20 ms that do not agree. */
    private static final int ON_THE_WAY = 6;

    private static Tape record(Room room) {
        return record(room, new Tape(Tracks.MONO, Integer.MAX_VALUE, false), false);
    }

    private static Tape record(Room room, Tape tape, boolean trimmed) {
        room.record(tape, trimmed, () -> {});
        return tape;
    }

    /** Who is heard, frame by frame: a, b, c. */
    private static List<String> heard(Tape tape) {
        List<String> frames = new ArrayList<>();
        for (int i = 0; i < tape.frames(); i++) {
            frames.add(
                    (tape.has(0, i, A) ? "a" : "") + (tape.has(0, i, B) ? "b" : "") + (tape.has(0, i, C) ? "c" : ""));
        }
        return frames;
    }

    private static void assertHeard(String who, List<String> frames, int from, int to) {
        for (int i = from; i < to; i++) {
            assertEquals(who, frames.get(i), "frame " + i + " of " + frames);
        }
    }

    @Test
    void allAreInItFromWhenTheyCameUntilTheyLeft() {
        // issue 4, 4: recordings compared with what was sent, in level and time
        for (int seed = 0; seed < 10; seed++) {
            try (Studio studio = new Studio(seed)) {
                Studio.Line a = studio.talking(A, G711.PCMU);
                Studio.Line b = studio.talking(B, G711.PCMA);
                Studio.Line c = studio.talking(C, G711.PCMU);
                Room room = studio.engine.openRoom("AC1");
                a.session().join(room);
                studio.run(100 + 3 * seed);
                Tape tape = record(room);
                studio.run(1000);
                b.session().join(room);
                studio.run(1000);
                c.session().join(room);
                studio.run(1000);
                a.session().leave();
                studio.run(1000);
                room.close();
                studio.run(10);
                assertEquals(200, tape.frames(), 1);
                assertTrue(tape.ends == 1 && tape.whole);
                List<String> frames = heard(tape);
                assertHeard("a", frames, 1, 50);
                assertHeard("ab", frames, 50 + ON_THE_WAY, 100);
                assertHeard("abc", frames, 100 + ON_THE_WAY, 149);
                assertHeard("bc", frames, 152, 199);
                double sent = Sound.tone(A, Duration.ofMillis(20), -12).samples()[4];
                for (int i = 100 + ON_THE_WAY; i < 149; i++) {
                    for (int tone : new int[] {A, B, C}) {
                        // G.711 is exact to some 2 % of a tone.
                        assertEquals(sent, tape.level(0, i, tone), 0.04 * sent, "level of " + tone);
                    }
                }
                room.close();
            }
        }
    }

    @Test
    void whoIsMutedOrCoachesIsNotInItAndWhatIsAnnouncedIs() {
        // issue 4, 1; peers.md 2.6: what all hear is recorded, and nothing else
        try (Studio studio = new Studio(11)) {
            Studio.Line a = studio.talking(A, G711.PCMU);
            Studio.Line b = studio.talking(B, G711.PCMA);
            Room room = studio.engine.openRoom("AC1");
            a.session().join(room);
            b.session().join(room);
            studio.run(200);
            Tape tape = record(room);
            studio.run(500);
            b.session().mute(true, 1);
            studio.run(500);
            b.session().mute(false, 2);
            b.session().coach(Optional.of(a.session()));
            studio.run(500);
            b.session().coach(Optional.empty());
            studio.run(500);
            room.announce(Sound.tone(C, Duration.ofMillis(400), -12));
            a.session().mix(3, Sound.tone(2500, Duration.ofMillis(400), -12), 1);
            studio.run(500);
            room.stopRecording();
            studio.run(10);
            List<String> frames = heard(tape);
            assertEquals(125, frames.size());
            assertHeard("ab", frames, 1, 25);
            assertHeard("a", frames, 26, 75);
            // What b said to a alone is not in it, also when it is not due yet.
            assertHeard("ab", frames, 79, 100);
            assertHeard("abc", frames, 102, 119);
            for (int i = 0; i < frames.size(); i++) {
                assertFalse(tape.has(0, i, 2500), "made for one alone");
            }
            room.close();
        }
    }

    @Test
    void aPauseIsSilenceOrLeftOut() {
        // peers.md 2.5: PauseBehavior
        for (boolean silence : new boolean[] {true, false}) {
            try (Studio studio = new Studio(12)) {
                Studio.Line a = studio.talking(A, G711.PCMU);
                Room room = studio.engine.openRoom("AC1");
                a.session().join(room);
                studio.run(200);
                Tape tape = record(room);
                studio.run(500);
                List<Long> told = new ArrayList<>();
                room.pauseRecording(silence, () -> told.add(studio.now()));
                studio.run(300);
                int before = tape.frames();
                studio.run(700);
                room.resumeRecording(() -> told.add(studio.now()));
                studio.run(500);
                room.stopRecording();
                studio.run(10);
                assertEquals(2, told.size());
                assertEquals(25, before, 1, "what was before the pause has gone to the sink");
                assertEquals(silence ? 100 : 50, tape.frames());
                List<String> frames = heard(tape);
                int hole = frames.indexOf("");
                if (silence) {
                    assertTrue(hole >= 24 && hole <= 26, frames.toString());
                    for (int i = hole; i < 74; i++) {
                        assertTrue(tape.silent(0, i), "frame " + i);
                    }
                    assertHeard("a", frames, 76, 99);
                } else {
                    assertEquals(-1, hole, frames.toString());
                }
                room.close();
            }
        }
    }

    @Test
    void itGoesOnWhileNobodyIsInTheRoom() {
        // issue 4: a live recording survives members leaving
        try (Studio studio = new Studio(13)) {
            Studio.Line a = studio.talking(A, G711.PCMU);
            Room room = studio.engine.openRoom("AC1");
            Tape tape = record(room);
            studio.run(500);
            a.session().join(room);
            studio.run(500);
            a.session().leave();
            studio.run(500);
            a.session().join(room);
            studio.run(500);
            room.stopRecording();
            studio.run(10);
            List<String> frames = heard(tape);
            assertEquals(100, frames.size(), 1);
            assertHeard("", frames, 0, 25);
            assertHeard("a", frames, 25 + ON_THE_WAY, 49);
            assertHeard("", frames, 52, 74);
            assertHeard("a", frames, 75 + ON_THE_WAY, 99);
            room.close();
        }
    }

    @Test
    void ofTheSilenceAroundWhatIsHeardAMomentIsLeft() {
        // issue 4, 1: trim="trim-silence"
        try (Studio studio = new Studio(14)) {
            Studio.Line a = studio.line(A, G711.PCMU);
            Room room = studio.engine.openRoom("AC1");
            a.session().join(room);
            Tape tape = record(room, new Tape(Tracks.MONO, Integer.MAX_VALUE, false), true);
            studio.run(2000);
            a.phone().talk();
            studio.run(1000);
            a.phone().hush();
            studio.run(2000);
            room.close();
            studio.run(10);
            assertEquals(70, tape.frames(), 2);
            assertHeard("a", heard(tape), 12, 58);
        }
        try (Studio studio = new Studio(15)) {
            Studio.Line a = studio.line(A, G711.PCMU);
            Room room = studio.engine.openRoom("AC1");
            a.session().join(room);
            Tape tape = record(room, new Tape(Tracks.MONO, Integer.MAX_VALUE, false), true);
            studio.run(2000);
            room.close();
            studio.run(10);
            assertEquals(0, tape.frames(), "nothing was said");
        }
    }

    @Test
    void aSinkThatIsBehindOrFullEndsTheRecordingAndNotTheRoom() {
        // issue 4, 4: disk full is an error of that recording alone
        for (Tape tape :
                List.of(new Tape(Tracks.MONO, Integer.MAX_VALUE, true), new Tape(Tracks.MONO, 20_000, false))) {
            try (Studio studio = new Studio(16)) {
                Studio.Line a = studio.talking(A, G711.PCMU);
                Studio.Line b = studio.talking(B, G711.PCMU);
                Room room = studio.engine.openRoom("AC1");
                a.session().join(room);
                b.session().join(room);
                studio.run(200);
                record(room, tape, false);
                long begin = studio.now();
                studio.run(6000);
                assertTrue(tape.ends == 1 && !tape.whole);
                assertTrue(tape.frames() >= 100);
                assertTrue(a.heardAfter(begin).size() >= 299
                        && a.heardAfter(begin).stream().allMatch(packet -> packet.has(B)));
                Tape next = record(room);
                studio.run(500);
                room.close();
                studio.run(10);
                assertHeard("ab", heard(next), 1, 24);
            }
        }
    }

    @Test
    void itEndsWithTheRoomTheEngineOrTheNextOne() {
        // Room.record: one at a time; a sink always learns its end
        List<Tape> tapes = new ArrayList<>();
        try (Studio studio = new Studio(17)) {
            Room room = studio.engine.openRoom("AC1");
            tapes.add(record(room));
            studio.run(200);
            tapes.add(record(room));
            studio.run(200);
            room.close();
            tapes.add(record(room));
            studio.run(10);
            tapes.add(record(studio.engine.openRoom("AC1")));
            studio.run(200);
        }
        assertEquals(List.of(10, 10, 0, 10), tapes.stream().map(Tape::frames).toList());
        assertTrue(tapes.stream().allMatch(tape -> tape.ends == 1 && tape.whole));
    }

    @Test
    void whateverHappensMeanwhileItIsAsLongAsItTook() {
        // ADR-0019: one clock. Over random orders of everything that changes who is heard.
        for (int seed = 0; seed < 30; seed++) {
            Random chance = new Random(seed);
            try (Studio studio = new Studio(seed)) {
                List<Studio.Line> lines = List.of(
                        studio.talking(A, G711.PCMU), studio.talking(B, G711.PCMA), studio.talking(C, G711.PCMU));
                Room room = studio.engine.openRoom("AC1");
                studio.run(chance.nextInt(40));
                long began = studio.now();
                Tape tape = record(room);
                for (int step = 0; step < 40; step++) {
                    Studio.Line any = lines.get(chance.nextInt(3));
                    switch (chance.nextInt(6)) {
                        case 0, 1 -> any.session().join(room);
                        case 2 -> any.session().leave();
                        case 3 -> any.session().mute(chance.nextBoolean(), step);
                        case 4 ->
                            any.session()
                                    .coach(Optional.of(
                                            lines.get(chance.nextInt(3)).session()));
                        default -> any.session().coach(Optional.empty());
                    }
                    studio.run(chance.nextInt(80));
                }
                long took = studio.now() - began;
                room.close();
                studio.run(10);
                assertEquals(took / 20e6, tape.frames(), 1, "seed " + seed);
            }
        }
    }
}

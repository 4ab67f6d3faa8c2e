package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import teleapi.media.codec.G711;

/** One who is heard by one alone. */
final class CoachTest {
    private static List<Studio.Line> three(Studio studio, Room room) {
        List<Studio.Line> lines = List.of(
                studio.talking(500, G711.PCMU), studio.talking(1000, G711.PCMA), studio.talking(1500, G711.PCMU));
        lines.forEach(line -> line.session().join(room));
        return lines;
    }

    /** From the moment after what was asked. */
    private static long settled(Studio studio) {
        studio.run(2);
        long now = studio.now();
        studio.run(300);
        return now + 1_000_000;
    }

    private static void assertHears(Studio.Line line, long from, int... hertz) {
        List<Heard> heard = line.heardAfter(from);
        assertTrue(heard.size() >= 14, () -> "heard " + heard.size());
        for (int tone : new int[] {500, 1000, 1500}) {
            boolean expected = Arrays.stream(hertz).anyMatch(one -> one == tone);
            assertTrue(
                    heard.stream().allMatch(p -> expected ? p.level(tone) > 2000 : p.level(tone) < 300),
                    () -> line.phone().hertz() + " and " + tone);
        }
    }

    @Test
    void aCoachIsHeardByTheCoachedAloneAndHearsAll() {
        // MediaSession.coach; reference/peers.md part 1: coaching.
        try (Studio studio = new Studio(1)) {
            List<Studio.Line> lines = three(studio, studio.engine.openRoom("AC1"));
            studio.run(300);
            lines.get(0).session().coach(Optional.of(lines.get(1).session()));
            long from = settled(studio);
            assertHears(lines.get(0), from, 1000, 1500);
            assertHears(lines.get(1), from, 500, 1500);
            assertHears(lines.get(2), from, 1000);
            lines.get(0).session().coach(Optional.empty());
            studio.run(40);
            assertHears(lines.get(2), settled(studio), 500, 1000);
        }
    }

    @Test
    void nobodyHearsACoachWhoseCoachedIsNotInTheRoom() {
        // ADR-0011: what was said in confidence must not become public.
        try (Studio studio = new Studio(2)) {
            List<Studio.Line> lines = three(studio, studio.engine.openRoom("AC1"));
            lines.get(0).session().coach(Optional.of(lines.get(1).session()));
            studio.run(300);
            lines.get(1).session().leave();
            assertHears(lines.get(2), settled(studio));
            lines.get(1).session().close();
            assertHears(lines.get(2), settled(studio));
            lines.get(0).session().coach(Optional.of(lines.get(1).session()));
            assertHears(lines.get(2), settled(studio));
        }
    }

    @Test
    void aMutedCoachIsHeardByNobodyFromTheMomentItIsTold() {
        // MediaEvent.Applied.
        for (int seed = 0; seed < 20; seed++) {
            try (Studio studio = new Studio(seed)) {
                List<Studio.Line> lines = three(studio, studio.engine.openRoom("AC1"));
                lines.get(0).session().coach(Optional.of(lines.get(1).session()));
                studio.run(300 + seed);
                lines.get(0).session().mute(true, 1);
                long applied = studio.until(lines.get(0).session(), new MediaEvent.Applied(1));
                studio.run(200);
                List<Heard> heard = lines.get(1).heardAfter(applied + 1_000_000);
                assertTrue(heard.size() >= 9 && heard.stream().noneMatch(p -> p.level(500) > 200));
                assertEquals(
                        0,
                        lines.get(2).heardAfter(applied).stream()
                                .filter(p -> p.has(500))
                                .count());
            }
        }
    }

    @Test
    void whatACoachSaysIsNeverInTheSumAndNeverTakenOutOfIt() {
        // A large room sends over several milliseconds: a mute meanwhile must not leave the coach's sound in the rest.
        try (Studio studio = new Studio(4, new MediaSettings(Studio.HOST, Studio.HOST, 20_000, 20_999, 1))) {
            Room room = studio.engine.openRoom("AC1");
            List<Studio.Line> members = new ArrayList<>();
            members.add(studio.talking(500, G711.PCMU));
            for (int i = 0; i < 40; i++) {
                members.add(studio.line(1000, i % 2 == 0 ? G711.PCMU : G711.PCMA));
            }
            MediaSession coach = members.getFirst().session();
            coach.coach(Optional.of(members.get(1).session()));
            members.forEach(line -> line.session().join(room));
            for (int i = 0; i < 40; i++) {
                studio.run(81);
                coach.mute(true, 2L * i);
                studio.run(30);
                coach.mute(false, 2L * i + 1);
            }
            assertTrue(members.get(1).phone().heard().stream().anyMatch(p -> p.has(500)));
            for (Studio.Line other : members.subList(2, members.size())) {
                assertTrue(other.phone().heard().stream().allMatch(Heard::silent));
            }
        }
    }
}

package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import teleapi.media.codec.G711;
import teleapi.runtime.simulated.Weather;

/** Rooms: who hears whom, and from when. */
final class RoomTest {
    private static List<Studio.Line> three(Studio studio, Room room) {
        List<Studio.Line> lines = List.of(
                studio.talking(500, G711.PCMU), studio.talking(1000, G711.PCMA), studio.talking(1500, G711.PCMU));
        lines.forEach(line -> line.session().join(room));
        return lines;
    }

    @Test
    void eachHearsBothOthersAndNotItself() {
        // Room: each member hears all others and not itself.
        try (Studio studio = new Studio(1)) {
            List<Studio.Line> lines = three(studio, studio.engine.openRoom("AC1"));
            studio.run(200);
            long settled = studio.now();
            studio.run(1000);
            for (Studio.Line line : lines) {
                List<Heard> heard = line.heardAfter(settled);
                assertTrue(heard.size() >= 49);
                for (Heard packet : heard) {
                    for (Studio.Line other : lines) {
                        assertEquals(!other.equals(line), packet.has(other.phone()));
                    }
                }
                Studio.assertContinuous(line.phone().heard());
            }
            assertEquals(1, studio.engine.counters().rooms());
        }
    }

    @Test
    void itIsHeardWhateverTheClockSays() {
        // Time.nanos: a monotonic scale with an arbitrary zero, so also far below it.
        for (long now : new long[] {0, -1_000_000_000_000L, 1_000_000_000_000L}) {
            StillWorld world = new StillWorld(now);
            MediaEngine engine = MediaEngine.start(world, new MediaSettings("10.0.0.1", "10.0.0.1", 20_000, 20_099, 1));
            Room room = engine.openRoom("AC1");
            List<StillPeer> peers =
                    List.of(new StillPeer(world, engine, 1, G711.PCMU), new StillPeer(world, engine, 2, G711.PCMU));
            peers.forEach(peer -> peer.session.join(room));
            for (int i = 0; i < 50; i++) {
                peers.forEach(StillPeer::say);
                world.run(20_000_000);
            }
            long sent = engine.counters().packetsOut();
            assertTrue(sent >= 96, () -> now + ": sent " + sent);
        }
    }

    @Test
    void noPacketAfterAppliedHasTheSound() {
        // MediaEvent.Applied, also between the sum and the sending.
        for (int seed = 0; seed < 20; seed++) {
            try (Studio studio = new Studio(seed)) {
                List<Studio.Line> lines = three(studio, studio.engine.openRoom("AC1"));
                studio.run(300 + seed);
                lines.getFirst().session().mute(true, 3);
                long applied = studio.until(lines.getFirst().session(), new MediaEvent.Applied(3));
                studio.run(300);
                for (Studio.Line other : lines.subList(1, 3)) {
                    List<Heard> after = other.heardAfter(applied + 1_000_000);
                    assertTrue(after.size() >= 14);
                    assertTrue(after.stream().noneMatch(p -> p.level(500) > 200));
                    assertTrue(after.stream().allMatch(p -> p.has(1000) || p.has(1500)));
                }
                lines.getFirst().session().mute(false, 4);
                studio.run(60);
                long lifted = studio.now();
                studio.run(100);
                assertTrue(lines.get(1).heardAfter(lifted).stream().allMatch(p -> p.has(500)));
            }
        }
    }

    @Test
    void muteIsInForceAlsoBetweenTheSumAndTheSending() {
        // A large room sends over several milliseconds: what is muted meanwhile is taken out of the rest.
        try (Studio studio = new Studio(8, new MediaSettings(Studio.HOST, Studio.HOST, 20_000, 20_999, 1))) {
            Room room = studio.engine.openRoom("AC1");
            Studio.Line talker = studio.talking(500, G711.PCMU);
            List<Studio.Line> others = new ArrayList<>();
            talker.session().join(room);
            for (int i = 0; i < 40; i++) {
                others.add(studio.line(1000, i % 2 == 0 ? G711.PCMU : G711.PCMA));
                others.getLast().session().join(room);
            }
            for (int i = 0; i < 40; i++) {
                talker.session().mute(false, 2L * i);
                studio.run(81);
                talker.session().mute(true, 2L * i + 1);
                long applied = studio.until(talker.session(), new MediaEvent.Applied(2L * i + 1));
                studio.run(30);
                for (Studio.Line other : others) {
                    List<Heard> after = other.heardAfter(applied + 1_000_000);
                    assertTrue(!after.isEmpty() && after.stream().allMatch(Heard::silent));
                }
            }
        }
    }

    @Test
    void allAreHeardThroughJitterAndOtherPacketLengths() {
        // RFC 3551 §4.2: 20 ms is a recommendation; 60 ms of jitter is an ordinary bad day.
        for (int millis : new int[] {10, 30, 40, 60}) {
            try (Studio studio = new Studio(millis)) {
                studio.world.weather(Weather.FAIR.withLatency(Duration.ofMillis(1), Duration.ofMillis(60)));
                List<Studio.Line> lines = three(studio, studio.engine.openRoom("AC1"));
                lines.getFirst().phone().packetsOf(millis);
                studio.run(2000);
                long settled = studio.now();
                studio.run(4000);
                for (Studio.Line other : lines.subList(1, 3)) {
                    List<Heard> heard = other.heardAfter(settled);
                    long good = heard.stream().filter(p -> p.level(500) > 1500).count();
                    assertTrue(good > 0.97 * heard.size(), () -> millis + " ms: " + good + " of " + heard.size());
                }
            }
        }
    }

    @Test
    void anAnnouncementIsHeardByAllInIt() {
        // Room.announce.
        try (Studio studio = new Studio(3)) {
            Room room = studio.engine.openRoom("AC1");
            List<Studio.Line> lines = three(studio, room);
            studio.run(200);
            room.announce(Sound.tone(2500, Duration.ofMillis(200), -12));
            studio.run(500);
            for (Studio.Line line : lines) {
                assertEquals(
                        10,
                        line.phone().heard().stream().filter(p -> p.has(2500)).count());
            }
        }
    }

    @Test
    void anAnnouncementSaysThatItIsOver() {
        // Room.announce: when it has been heard, or nobody is left to hear it, or nobody comes any more.
        try (Studio studio = new Studio(3)) {
            List<String> over = new ArrayList<>();
            Room room = studio.engine.openRoom("AC1");
            List<Studio.Line> lines = three(studio, room);
            Sound sound = Sound.tone(2500, Duration.ofMillis(200), -12);
            room.announce(sound, taken -> {}, () -> over.add("first"));
            room.announce(sound, taken -> {}, () -> over.add("second"));
            studio.run(250);
            assertEquals(List.of("first"), over);
            lines.forEach(line -> line.session().leave());
            room.announce(sound, taken -> {}, () -> over.add("to nobody"));
            studio.run(50);
            assertEquals(List.of("first", "second"), over);
            room.close();
            studio.run(50);
            assertEquals(List.of("first", "second", "to nobody"), over);
            room.announce(sound, taken -> {}, () -> over.add("nowhere"));
            studio.run(50);
            assertEquals(List.of("first", "second", "to nobody", "nowhere"), over);
        }
    }

    @Test
    void aNinthAnnouncementIsNotTaken() {
        // Room.announce: eight sound or wait, and whoever asks for one more is told; a place is free when one has been
        // heard.
        try (Studio studio = new Studio(3)) {
            List<Boolean> taken = new ArrayList<>();
            List<Integer> over = new ArrayList<>();
            Room room = studio.engine.openRoom("AC1");
            three(studio, room);
            Sound sound = Sound.tone(2500, Duration.ofMillis(200), -12);
            for (int i = 1; i <= 9; i++) {
                int which = i;
                room.announce(sound, taken::add, () -> over.add(which));
            }
            studio.run(250);
            assertEquals(List.of(true, true, true, true, true, true, true, true, false), taken);
            room.announce(sound, taken::add, () -> over.add(10));
            studio.run(8 * 220);
            assertEquals(true, taken.getLast());
            assertEquals(List.of(1, 2, 3, 4, 5, 6, 7, 8, 10), over);
        }
    }

    @Test
    void anAnnouncementWaitsForTheFirstWhoComes() {
        // Room.announce, ADR-0015: what is announced before anybody is there is heard by who comes.
        try (Studio studio = new Studio(3)) {
            List<String> over = new ArrayList<>();
            Room room = studio.engine.openRoom("AC1");
            room.announce(Sound.tone(2500, Duration.ofMillis(200), -12), taken -> {}, () -> over.add("heard"));
            studio.run(100);
            assertEquals(List.of(), over);
            List<Studio.Line> lines = three(studio, room);
            studio.run(500);
            assertEquals(List.of("heard"), over);
            for (Studio.Line line : lines) {
                assertEquals(
                        10,
                        line.phone().heard().stream().filter(p -> p.has(2500)).count());
            }
        }
    }

    @Test
    void anAnnouncementThatNobodyHasHeardOutlivesWhoWasThereForAMoment() {
        // Room.announce, ADR-0015: of two who come in one instant, one may go before the other is there.
        try (Studio studio = new Studio(3)) {
            List<String> over = new ArrayList<>();
            Room room = studio.engine.openRoom("AC1");
            Studio.Line gone = studio.talking(500, G711.PCMU);
            Studio.Line comes = studio.talking(1000, G711.PCMU);
            studio.run(100);
            gone.session().join(room);
            room.announce(Sound.tone(2500, Duration.ofMillis(200), -12), taken -> {}, () -> over.add("heard"));
            gone.session().leave();
            comes.session().join(room);
            studio.run(500);
            assertEquals(List.of("heard"), over);
            assertEquals(
                    10, comes.phone().heard().stream().filter(p -> p.has(2500)).count());
        }
    }

    @Test
    void anAnnouncementIsNotRecordedBeforeSomebodyHearsIt() {
        // Room.announce: the time of a recorded room goes on when nobody is in it, and an announcement waits all the
        // same.
        try (Studio studio = new Studio(3)) {
            List<String> over = new ArrayList<>();
            Room room = studio.engine.openRoom("AC1");
            room.record(new Tape(Tracks.MONO, Integer.MAX_VALUE, false), false, () -> {});
            room.announce(Sound.tone(2500, Duration.ofMillis(200), -12), taken -> {}, () -> over.add("heard"));
            studio.run(500);
            assertEquals(List.of(), over);
            room.close();
            studio.run(50);
            assertEquals(List.of("heard"), over);
        }
    }

    @Test
    void aPlaybackGoesOnTopOfTheRoomForOneOnly() {
        // MediaSession: the playback on top, else its room.
        try (Studio studio = new Studio(4)) {
            List<Studio.Line> lines = three(studio, studio.engine.openRoom("AC1"));
            studio.run(200);
            lines.getFirst().session().play(Layer.VERB, 1, Sound.tone(2500, Duration.ofMillis(200), -12), 1);
            studio.until(lines.getFirst().session(), new MediaEvent.PlaybackFinished(1));
            studio.run(200);
            List<Heard> prompt = lines.getFirst().phone().heard().stream()
                    .filter(p -> p.has(2500))
                    .toList();
            assertEquals(10, prompt.size());
            assertTrue(prompt.stream().noneMatch(p -> p.has(1000) || p.has(1500)));
            assertTrue(lines.getFirst().phone().heard().getLast().has(1000));
            assertTrue(lines.get(1).phone().heard().stream().noneMatch(p -> p.has(2500)));
            Studio.assertContinuous(lines.getFirst().phone().heard());
        }
    }

    @Test
    void whoComesLaterIsHeardAndWhoLeavesIsNot() {
        // MediaSession.join, leave.
        try (Studio studio = new Studio(5)) {
            Room room = studio.engine.openRoom("AC1");
            List<Studio.Line> lines = three(studio, room);
            studio.run(200);
            lines.get(1).session().leave();
            studio.run(2);
            long left = studio.now();
            studio.run(200);
            assertTrue(lines.getFirst().heardAfter(left).stream().noneMatch(p -> p.level(1000) > 200));
            lines.get(1).session().join(room);
            studio.run(80);
            long joined = studio.now();
            studio.run(100);
            assertTrue(lines.getFirst().heardAfter(joined).stream().allMatch(p -> p.has(1000)));
        }
    }

    @Test
    void aLargeRoomSendsOverTheWholeTick() {
        // Reference perf W4: sends are spread over the 20 ms instead of one burst.
        try (Studio studio = new Studio(6, new MediaSettings(Studio.HOST, Studio.HOST, 20_000, 20_999, 1))) {
            Room room = studio.engine.openRoom("AC1");
            List<Studio.Line> lines = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                lines.add(studio.line(500, G711.PCMU));
                lines.getLast().session().join(room);
            }
            studio.run(500);
            long slots = lines.stream()
                    .map(line -> line.phone().heard().getLast().nanos() / 1_000_000 % 20)
                    .distinct()
                    .count();
            assertEquals(5, slots);
            assertTrue(lines.stream().allMatch(line -> line.phone().heard().size() >= 23));
        }
    }

    @Test
    void anEmptyRoomCostsNothing() {
        // MediaEngine.openRoom: no timer runs for it.
        try (Studio studio = new Studio(7)) {
            Room room = studio.engine.openRoom("AC1");
            Studio.Line alice = studio.line(500, G711.PCMU);
            alice.session().join(room);
            studio.run(200);
            assertEquals(1, studio.engine.counters().rooms());
            alice.session().close();
            studio.run(600);
            assertEquals(0, studio.engine.counters().rooms());
            assertEquals(List.of(), studio.world.live().timers());
            room.announce(Sound.tone(2500, Duration.ofMillis(200), -12));
            studio.run(100);
            assertEquals(List.of(), studio.world.live().timers());
        }
    }

    @Test
    void tenWhoTalkAtOnceAreAsLoudAsCanBeAndNeverWrap() {
        // Issue 4, 3: the sum is cut where it is too large, and each of them is heard in it.
        try (Studio studio = new Studio(9)) {
            Room room = studio.engine.openRoom("AC1");
            List<Studio.Line> talkers = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                talkers.add(studio.talking(300 + 100 * i, G711.PCMU));
                talkers.getLast().session().join(room);
            }
            Studio.Line listener = studio.line(2000, G711.PCMA);
            listener.session().join(room);
            studio.run(500);
            for (Heard packet : listener.heardAfter(400_000_000)) {
                assertNoWrap(packet);
                for (Studio.Line talker : talkers) {
                    // Ten at -12 dBFS are 8 dB too loud when their peaks meet: a tenth of the time.
                    assertTrue(
                            packet.level(talker.phone().hertz()) > 4000,
                            () -> "level of " + talker.phone().hertz());
                }
            }
        }
    }

    /** Where a sum wraps, one sample is at the top and the next at the bottom. */
    private static void assertNoWrap(Heard packet) {
        for (int i = 1; i < packet.payload().length; i++) {
            int step = packet.law().decode(packet.payload()[i]) - packet.law().decode(packet.payload()[i - 1]);
            assertTrue(Math.abs(step) < 55_000, () -> "a step of " + step);
        }
    }
}

package teleapi.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import teleapi.call.Controls;
import teleapi.call.Sid;
import teleapi.call.bridge.Conference;
import teleapi.call.records.RecordingRecord;
import teleapi.call.records.RecordingRetention;
import teleapi.call.webhook.HttpAsk;
import teleapi.call.webhook.HttpReply;
import teleapi.lab.phone.PhoneEvent;
import teleapi.media.sound.WavFile;
import teleapi.runtime.simulated.SimulatedWorld;
import teleapi.sip.SipUri;

/** What is in the file of a recorded conference: who, how loud, and when, sample by sample. */
class ConferenceRecordingTest {
    private static final int RATE = 8_000;
    private static final int FRAME = 160;
    private static final List<String> NAMES = List.of("ann", "ben", "cat");
    private static final List<Integer> TONES = List.of(1_300, 1_550, 1_800);

    /** From a phone's packet into the mix, and where a second of the conversation begins in the file. */
    private static final Duration ON_THE_WAY = Duration.ofMillis(160);

    private static final Sid NOBODY = new Sid(Sid.CALL + "0".repeat(32));

    private static void assertNear(Duration expected, Duration actual, int millis, String where) {
        long apart = Math.abs(expected.minus(actual).toMillis());
        assertTrue(apart <= millis, () -> where + ": " + expected + " expected, " + actual);
    }

    /** Three who call in, one after the other, and the recording of their conference. */
    private static final class Meeting implements AutoCloseable {
        final SimulatedWorld world;
        final House house;
        final Map<String, Sid> calls = new LinkedHashMap<>();
        final List<HttpAsk> asked = new ArrayList<>();

        Meeting(long seed, String attributes) throws IOException {
            world = new SimulatedWorld(seed);
            house = new House(
                    world, new Application(world, ask -> answer(ask, attributes), ask -> asked.add(ask.ask())));
            for (int i = 0; i < NAMES.size(); i++) {
                String name = NAMES.get(i);
                house.phone(name, "phone", TONES.get(i), TONES, event -> {
                    if (event instanceof PhoneEvent.Answered answered) {
                        calls.put(name, new Sid(answered.callSid()));
                    }
                });
            }
        }

        private static Optional<HttpReply> answer(HttpAsk ask, String attributes) {
            String document = "<Response><Dial><Conference beep=\"false\" %s>room</Conference></Dial></Response>"
                    .formatted(attributes);
            return Optional.of(
                    new HttpReply.Received(200, ask.url(), "text/xml", document.getBytes(StandardCharsets.UTF_8)));
        }

        /** Calls in; answers when it is in the conference. */
        Instant comes(String name) {
            house.phone(name)
                    .call(
                            SipUri.of(House.NUMBER, "10.0.0.1", 5060),
                            SipUri.of("+1555" + name.hashCode() % 1000, "10.9.9.9", 5060),
                            Optional.empty(),
                            List.of());
            assertTrue(world.runUntil(() -> isIn(name), Duration.ofSeconds(5)), name);
            return world.time().now();
        }

        private boolean isIn(String name) {
            return calls.containsKey(name)
                    && conference().stream()
                            .flatMap(there -> there.participants().stream())
                            .anyMatch(member -> member.callSid().equals(calls.get(name)));
        }

        Optional<Conference> conference() {
            return house.switchboard.rooms().live(house.account.sid(), "room");
        }

        Instant modify(String name, String... fields) {
            Map<String, String> form = new LinkedHashMap<>();
            for (int i = 0; i < fields.length; i += 2) {
                form.put(fields[i], fields[i + 1]);
            }
            house.switchboard.modify(
                    house.account.sid(),
                    Optional.ofNullable(calls.get(name)).orElseThrow(),
                    new DeskRequest(form, house).modification(Sid.fresh(Sid.MODIFICATION, world), status -> {}));
            return world.time().now();
        }

        Instant change(Controls.Recording wanted) {
            assertTrue(conference().orElseThrow().record(wanted, false, told -> {}));
            return world.time().now();
        }

        void passes(Duration time) {
            world.runFor(time);
        }

        Instant allGo() {
            Instant end = world.time().now();
            NAMES.forEach(name -> house.phone(name).hangUp());
            assertTrue(world.runUntil(() -> recording().status().ended(), Duration.ofSeconds(10)));
            return end;
        }

        /** What a URL was asked with last. */
        Map<String, String> told(String path) {
            return asked.reversed().stream()
                    .filter(ask -> ask.url().endsWith(path))
                    .findFirst()
                    .orElseThrow()
                    .parameters();
        }

        RecordingRecord recording() {
            return house.memory.recordings.values().iterator().next();
        }

        Track track() throws IOException {
            RecordingRecord record = recording();
            short[] samples = WavFile.read(Files.readAllBytes(house.recordings.file(record.sid())))
                    .values();
            return new Track(samples, record.startTime());
        }

        @Override
        public void close() {
            house.close();
        }
    }

    /** What was recorded, and since when. */
    private record Track(short[] samples, Instant since) {
        Duration length() {
            return Duration.ofMillis(samples.length * 1_000L / RATE);
        }

        /** In all frames of this time, but for what is on the way at its edges, these and nobody else, each as loud as it spoke. */
        void assertHeard(String who, Instant from, Instant to, Duration leftOut) {
            int first = frame(from.plus(ON_THE_WAY).minus(leftOut));
            int last = frame(to.minusMillis(40).minus(leftOut));
            assertTrue(last - first > 10, "too short a time: " + first + " to " + last);
            for (int i = first; i < last; i++) {
                double rest = square(i);
                for (int speaker = 0; speaker < NAMES.size(); speaker++) {
                    int tone = TONES.get(speaker);
                    double wanted = who.contains(NAMES.get(speaker)) ? loudness(tone) : 0;
                    String where = NAMES.get(speaker) + " in frame " + i + " of " + samples.length / FRAME;
                    double loudness = loudness(samples, i * FRAME, tone);
                    assertEquals(wanted, loudness, 0.05 * loudness(tone), where);
                    rest -= loudness * loudness;
                }
                assertEquals(0, rest, 0.01 * square(i) + 10, "nothing but their tones in frame " + i);
            }
        }

        void assertHeard(String who, Instant from, Instant to) {
            assertHeard(who, from, to, Duration.ZERO);
        }

        private double square(int frame) {
            double sum = 0;
            for (int i = frame * FRAME; i < (frame + 1) * FRAME; i++) {
                sum += (double) samples[i] * samples[i];
            }
            return sum / FRAME;
        }

        private int frame(Instant when) {
            return (int) (Duration.between(since, when).toMillis() / 20);
        }

        /** Of a phone that says this tone. */
        private static double loudness(int tone) {
            return loudness(Tones.of(tone, 1_000, -15).samples(), FRAME, tone);
        }

        /** The root mean square of what is this tone. */
        private static double loudness(short[] samples, int from, int tone) {
            short[] frame = new short[FRAME];
            System.arraycopy(samples, from, frame, 0, FRAME);
            return Math.sqrt(HandoverTest.power(frame, FRAME, tone) / FRAME);
        }
    }

    @Test
    void eachIsInItFromWhenItComesAndAsLoudAsItSpeaks() throws IOException {
        // issue 4: the WAV contains all three from the moments they joined; ADR-0019
        for (long seed = 1; seed <= 5; seed++) {
            try (var meeting = new Meeting(seed, "record=\"record-from-start\" trim=\"do-not-trim\"")) {
                meeting.comes("ann");
                meeting.passes(Duration.ofMillis(1_700));
                Instant ben = meeting.comes("ben");
                meeting.passes(Duration.ofMillis(1_010));
                Instant cat = meeting.comes("cat");
                meeting.passes(Duration.ofMillis(1_230));
                Instant muted = meeting.modify("ben", "Mute", "true");
                meeting.passes(Duration.ofSeconds(1));
                Instant held = meeting.modify("ann", "Hold", "true");
                meeting.passes(Duration.ofSeconds(1));
                Instant back = meeting.modify("ann", "Hold", "false");
                meeting.modify("ben", "Mute", "false");
                meeting.passes(Duration.ofSeconds(1));
                Instant coached = meeting.modify(
                        "cat",
                        "CallSidToCoach",
                        meeting.calls.getOrDefault("ann", NOBODY).text());
                meeting.passes(Duration.ofSeconds(1));
                Instant moved = meeting.modify("ben", "MoveTo", "elsewhere");
                meeting.passes(Duration.ofSeconds(1));
                Instant end = meeting.allGo();

                Track track = meeting.track();
                track.assertHeard("ann ben", ben, cat);
                track.assertHeard("ann ben cat", cat, muted);
                track.assertHeard("ann cat", muted, held);
                track.assertHeard("cat", held, back);
                track.assertHeard("ann ben cat", back, coached);
                track.assertHeard("ann ben", coached, moved);
                track.assertHeard("ann", moved, end);
                Duration took = Duration.between(ben, end);
                assertNear(took, track.length(), 300, "");
                assertEquals(
                        track.length(), meeting.recording().duration().orElseThrow(), "the record tells of the file");
            }
        }
    }

    @Test
    void aPauseLeavesAHoleOrIsLeftOut() throws IOException {
        // peers.md 2.5: PauseBehavior
        for (boolean silence : new boolean[] {true, false}) {
            try (var meeting = new Meeting(6, "record=\"true\" trim=\"do-not-trim\"")) {
                meeting.comes("ann");
                Instant ben = meeting.comes("ben");
                meeting.passes(Duration.ofSeconds(1));
                Instant pause = meeting.change(new Controls.Recording.Pause(Optional.empty(), silence));
                meeting.passes(Duration.ofSeconds(2));
                Instant on = meeting.change(new Controls.Recording.Resume(Optional.empty()));
                meeting.passes(Duration.ofSeconds(1));
                Instant end = meeting.allGo();

                Track track = meeting.track();
                track.assertHeard("ann ben", ben, pause);
                if (silence) {
                    track.assertHeard("nobody", pause, on);
                }
                Duration leftOut = silence ? Duration.ZERO : Duration.between(pause, on);
                track.assertHeard("ann ben", on, end, leftOut);
                assertNear(Duration.between(ben, end).minus(leftOut), track.length(), 300, "");
            }
        }
    }

    @Test
    void whateverBecomesOfItsMembersItIsAsLongAsTheConference() throws IOException {
        // issue 4: a redirect, a hang-up, a mute, a move at the start, in the middle and at the end; one truthful end
        List<String[]> changes = List.of(
                new String[] {"Rcml", "<Response><Pause length=\"20\"/></Response>"},
                new String[] {"Status", "completed"},
                new String[] {"Mute", "true"},
                new String[] {"MoveTo", "elsewhere"},
                new String[] {"Hold", "true"});
        for (int when = 0; when < 3; when++) {
            for (String[] change : changes) {
                for (String who : List.of("ann", "ben")) {
                    String where = String.join("=", change) + " of " + who + ", " + when;
                    try (var meeting = new Meeting(9, "record=\"true\" trim=\"do-not-trim\"")) {
                        meeting.comes("ann");
                        meeting.passes(Duration.ofMillis(500));
                        meeting.comes("ben");
                        if (when == 1) {
                            meeting.passes(Duration.ofMillis(777));
                            meeting.modify(who, change);
                        }
                        if (when == 0) {
                            meeting.modify(who, change);
                        }
                        meeting.passes(Duration.ofMillis(777));
                        if (when == 2) {
                            meeting.modify(who, change);
                        }
                        meeting.allGo();
                        meeting.passes(Duration.ofSeconds(60));
                        assertEquals(1, meeting.house.memory.recordings.size(), where);
                        RecordingRecord end = meeting.recording();
                        assertEquals(RecordingRecord.Status.COMPLETED, end.status(), where);
                        assertNear(
                                Duration.between(end.startTime(), end.dateUpdated()),
                                end.duration().orElseThrow(),
                                25,
                                where);
                        assertEquals(
                                end.duration().orElseThrow(), meeting.track().length(), where);
                        assertEquals(List.of(), meeting.house.leftovers(), where);
                    }
                }
            }
        }
    }

    @Test
    void aFileThatCannotBeWrittenIsAnErrorOfThatRecordingAlone() throws IOException {
        // issue 4, 4: disk full; ADR-0014: 29600, the conference goes on
        String news = " recordingStatusCallback=\"/recorded\" statusCallback=\"/room\" statusCallbackEvent=\"end\"";
        try (var meeting = new Meeting(7, "record=\"true\"" + news)) {
            Path folder = meeting.house
                    .recordings
                    .file(Sid.fresh(Sid.RECORDING, meeting.world))
                    .getParent();
            Files.delete(folder);
            meeting.comes("ann");
            meeting.comes("ben");
            meeting.passes(Duration.ofSeconds(2));
            assertEquals(RecordingRecord.Status.FAILED, meeting.recording().status());
            assertEquals(
                    List.of(RecordingRecord.INCOMPLETE),
                    meeting.house.memory.notifications.stream()
                            .map(note -> note.code())
                            .toList());
            assertEquals(Optional.of(29_600), meeting.recording().errorCode());
            assertEquals(2, meeting.conference().orElseThrow().participants().size());
            Map<String, String> recorded = meeting.told("/recorded");
            assertEquals("failed", recorded.get("RecordingStatus"), recorded::toString);
            assertEquals("29600", recorded.get("ErrorCode"), recorded::toString);
            assertFalse(recorded.containsKey("RecordingUrl"), "there is no sound to be had: " + recorded);
            meeting.allGo();
            meeting.passes(Duration.ofSeconds(40));
            Map<String, String> end = meeting.told("/room");
            assertEquals("conference-end", end.get("StatusCallbackEvent"), end::toString);
            assertFalse(end.containsKey("RecordingUrl"), end::toString);
            assertEquals(List.of(), meeting.house.leftovers());
            Files.createDirectory(folder);
        }
    }

    @Test
    void afterTheTimeThatTheyAreKeptSoundAndRecordAreGone() throws IOException {
        // issue 4, 4: retention; counted from the end, in the simulated clock
        try (var meeting = new Meeting(8, "record=\"true\"")) {
            var retention = RecordingRetention.start(
                    meeting.world, meeting.house.memory.new Tapes(), meeting.house.recordings, Duration.ofDays(2));
            meeting.comes("ann");
            meeting.comes("ben");
            meeting.passes(Duration.ofSeconds(3));
            meeting.allGo();
            Predicate<Sid> there = sid -> Files.exists(meeting.house.recordings.file(sid));
            Sid recording = meeting.recording().sid();
            meeting.passes(Duration.ofDays(2).minusMinutes(1));
            assertTrue(there.test(recording) && meeting.house.memory.recordings.containsKey(recording));
            meeting.passes(Duration.ofMinutes(3));
            assertTrue(!there.test(recording) && meeting.house.memory.recordings.isEmpty());
            retention.end();
        }
    }
}

package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import teleapi.media.codec.G711;

/** A peer that says how its silence sounds instead of sending it: no click, nothing repeated, no hole, no end (RFC 3389). */
final class ComfortNoiseTest {
    private static final int TONE = 315;
    /** Between two samples of a tone of 315 Hz and -12 dBFS there are some 2000; a cut would be up to 8000. */
    private static final int CLICK = 3_000;

    /** It speaks, is quiet, says so again, speaks again; answers when it was quiet. */
    private static long[] speaksIsQuietAndSpeaks(Studio studio, Studio.Line line, int level) {
        studio.run(507);
        line.phone().quiet(level);
        long from = studio.now();
        studio.run(700);
        line.phone().quiet(level);
        studio.run(303);
        line.phone().talk();
        long until = studio.now();
        studio.run(500);
        return new long[] {from, until};
    }

    private static short[] samples(List<Heard> packets) {
        short[] samples = new short[packets.size() * 160];
        for (int i = 0; i < packets.size(); i++) {
            assertEquals(160, packets.get(i).payload().length);
            for (int j = 0; j < 160; j++) {
                samples[i * 160 + j] =
                        packets.get(i).law().decode(packets.get(i).payload()[j]);
            }
        }
        return samples;
    }

    private static double level(short[] samples, int from, int to) {
        double power = 0;
        for (int i = from; i < to; i++) {
            power += samples[i] * samples[i];
        }
        return 10 * Math.log10(power / (to - from) / 32_768 / 32_768);
    }

    private static int steepest(short[] samples) {
        int steepest = 0;
        for (int i = 1; i < samples.length; i++) {
            steepest = Math.max(steepest, Math.abs(samples[i] - samples[i - 1]));
        }
        return steepest;
    }

    /** The tone, then nothing but noise of that level for some 1 s, then the tone; every 20 ms. */
    private static void assertNoiseBetweenTones(List<Heard> heard, long[] quiet, int level, String where) {
        for (int i = 1; i < heard.size(); i++) {
            long step = heard.get(i).nanos() - heard.get(i - 1).nanos();
            assertTrue(step < 45_000_000, () -> where + ": nothing for " + step / 1e6 + " ms");
        }
        // The room and the network delay what is heard by up to 60 ms.
        List<Heard> noise = heard.stream()
                .filter(packet -> packet.nanos() > quiet[0] + 80_000_000 && packet.nanos() < quiet[1] - 20_000_000)
                .toList();
        assertTrue(noise.size() >= 43, () -> where + ": " + noise.size() + " packets");
        for (Heard packet : noise) {
            short[] one = samples(List.of(packet));
            double is = level(one, 0, 160);
            assertTrue(Math.abs(is + level) < 3, () -> where + ": " + is + " dBov");
        }
        short[] all = samples(heard);
        assertNoHole(all, level, where);
        assertTrue(steepest(all) < CLICK, () -> where + " clicks: " + steepest(all));
        assertTrue(heard.stream().filter(packet -> packet.has(TONE)).count() > 40, where);
    }

    /** Softer than the noise it is nowhere, not before the next word either. */
    private static void assertNoHole(short[] samples, int level, String where) {
        for (int at = 0; at + 80 <= samples.length; at += 80) {
            double is = level(samples, at, at + 80);
            int millis = at / 8;
            assertTrue(is > -level - 4, () -> where + ": " + is + " dBov at " + millis + " ms");
        }
    }

    @Test
    void betweenTheTonesOfABridgeThereIsNoiseAndNothingElse() {
        // RFC 3389 §4, §5: passed on as sound, for those who do not understand the packets.
        for (G711 law : G711.values()) {
            try (Studio studio = new Studio(1)) {
                Studio.Line alice = studio.talking(TONE, G711.PCMU);
                Studio.Line bob = studio.line(700, law);
                Studio.bridge(alice, bob);
                studio.run(100);
                long begin = studio.now();
                long[] quiet = speaksIsQuietAndSpeaks(studio, alice, 45);
                assertNoiseBetweenTones(bob.heardAfter(begin), quiet, 45, "to " + law);
                Studio.assertContinuous(bob.phone().heard());
            }
        }
    }

    @Test
    void betweenTheTonesOfARoomThereIsNoiseAndNothingElse() {
        // RFC 3389 §4; the room's recording as well.
        try (Studio studio = new Studio(2)) {
            Room room = studio.engine.openRoom("AC1");
            Studio.Line alice = studio.talking(TONE, G711.PCMU);
            List<Studio.Line> others = List.of(studio.line(700, G711.PCMU), studio.line(900, G711.PCMA));
            alice.session().join(room);
            others.forEach(other -> other.session().join(room));
            studio.run(200);
            Tape tape = new Tape(Tracks.MONO, 100_000, false);
            room.record(tape, false, () -> {});
            studio.run(100);
            long begin = studio.now();
            long[] quiet = speaksIsQuietAndSpeaks(studio, alice, 45);
            for (Studio.Line other : others) {
                assertNoiseBetweenTones(
                        other.heardAfter(begin),
                        quiet,
                        45,
                        "to " + other.phone().hertz());
            }
            room.stopRecording();
            studio.run(100);
            short[] kept = tape.channel(0);
            assertNoHole(Arrays.copyOfRange(kept, 800, kept.length), 45, "recording");
            assertTrue(steepest(kept) < CLICK, () -> "recording clicks: " + steepest(kept));
        }
    }

    @Test
    void aRecordingHasTheNoiseInItsPlace() {
        // RFC 3389 §4; ADR-0014: as long as it took, each frame at its time.
        try (Studio studio = new Studio(3)) {
            Studio.Line alice = studio.talking(TONE, G711.PCMU);
            Studio.Line bob = studio.line(700, G711.PCMU);
            Studio.bridge(alice, bob);
            studio.run(100);
            Tape said = new Tape(Tracks.DUAL, 100_000, false);
            Tape heard = new Tape(Tracks.DUAL, 100_000, false);
            alice.session().record(1, said, Tracks.DUAL);
            bob.session().record(2, heard, Tracks.DUAL);
            speaksIsQuietAndSpeaks(studio, alice, 45);
            alice.session().stopRecording(1);
            bob.session().stopRecording(2);
            studio.run(300);
            for (short[] kept : List.of(said.channel(0), heard.channel(1))) {
                assertTrue(Math.abs(kept.length / 8 - 2010) <= 20, () -> kept.length / 8 + " ms");
                // What was said last is on its way still.
                assertNoHole(Arrays.copyOf(kept, kept.length - 240), 45, "recording");
                assertTrue(steepest(kept) < CLICK, () -> "recording clicks: " + steepest(kept));
                assertTrue(Math.abs(level(kept, 8 * 600, 8 * 1450) + 45) < 1, "noise");
                assertTrue(level(kept, 8 * 1600, 8 * 1900) > -20, "speaks again");
            }
        }
    }

    @Test
    void anUtteranceEndsInTheSilenceThatHasASound() {
        // RFC 3389 §1: it stands for silence, however loud; -35 dBov is above what counts as speech.
        try (Studio studio = new Studio(4)) {
            Studio.Line alice = studio.line(TONE, G711.PCMU);
            Tape tape = new Tape(Tracks.SAID, 100_000, false);
            alice.session()
                    .listenForUtterance(7, tape, new SpeechLimits(Duration.ofSeconds(1), Duration.ofSeconds(60)));
            alice.phone().quiet(35);
            studio.run(1500);
            assertEquals(List.of(), studio.toldBy(alice.session()));
            alice.phone().talk();
            studio.run(900);
            alice.phone().quiet(35);
            studio.run(500);
            alice.phone().talk();
            studio.run(600);
            alice.phone().quiet(35);
            studio.run(700);
            alice.phone().quiet(35);
            MediaEvent began = new MediaEvent.UtteranceBegan(7);
            assertEquals(List.of(began), studio.toldBy(alice.session()), "a pause between words");
            studio.run(600);
            assertEquals(List.of(began, new MediaEvent.UtteranceEnded(7)), studio.toldBy(alice.session()));
            assertTrue(tape.whole);
            short[] kept = tape.channel(0);
            // 2 s of words and pause, and 0.3 s around them on each side.
            assertTrue(kept.length > 8 * 2300 && kept.length < 8 * 2750, () -> kept.length / 8 + " ms");
            assertTrue(steepest(kept) < CLICK, () -> "it clicks: " + steepest(kept));
        }
    }

    @Test
    void aMessageEndsInTheSilenceThatHasASound() {
        // RFC 3389 §1; docs/rcml: Record ends after so much silence.
        try (Studio studio = new Studio(5)) {
            Studio.Line alice = studio.talking(TONE, G711.PCMU);
            studio.run(100);
            Tape tape = new Tape(Tracks.SAID, 100_000, false);
            alice.session()
                    .recordMessage(1, tape, new MessageTerms(Duration.ofSeconds(1), Duration.ofSeconds(60), true));
            studio.run(1000);
            alice.phone().quiet(35);
            studio.run(800);
            assertEquals(0, tape.ends);
            studio.run(700);
            assertEquals(1, tape.ends);
            assertTrue(tape.frames() < 70, () -> tape.frames() + " frames are kept");
        }
    }

    @Test
    void theSilenceAroundWhatIsSaidInARoomIsLeftOutThoughItHasASound() {
        // RFC 3389 §1; ADR-0019: trim-silence.
        try (Studio studio = new Studio(9)) {
            Room room = studio.engine.openRoom("AC1");
            Studio.Line alice = studio.line(TONE, G711.PCMU);
            alice.session().join(room);
            Tape tape = new Tape(Tracks.MONO, 100_000, false);
            room.record(tape, true, () -> {});
            alice.phone().quiet(35);
            studio.run(2000);
            alice.phone().talk();
            studio.run(1000);
            alice.phone().quiet(35);
            studio.run(2000);
            room.stopRecording();
            studio.run(10);
            assertEquals(70, tape.frames(), 3);
        }
    }

    @Test
    void whoIsQuietAloudDoesNotSpeak() {
        // MediaSession.listenForSpeech; RFC 3389 §1.
        try (Studio studio = new Studio(6)) {
            Room room = studio.engine.openRoom("AC1");
            Studio.Line alice = studio.line(TONE, G711.PCMU);
            alice.session().join(room);
            alice.session().listenForSpeech(true);
            alice.phone().quiet(35);
            studio.run(1000);
            assertEquals(List.of(), studio.toldBy(alice.session()));
            alice.phone().talk();
            studio.run(1000);
            alice.phone().quiet(35);
            studio.run(1500);
            assertEquals(
                    List.of(new MediaEvent.SpeechStarted(), new MediaEvent.SpeechStopped()),
                    studio.toldBy(alice.session()));
        }
    }

    @Test
    void aKeyThatIsPressedInTheSilenceIsOneKey() {
        // RFC 4733 §2.5.1.2: all packets of an event have the time of its first; noise between them would end it.
        for (int phase = 0; phase < 20; phase += 3) {
            try (Studio studio = new Studio(7)) {
                Studio.Line alice = studio.talking(TONE, G711.PCMU);
                Studio.Line bob = studio.line(700, G711.PCMU);
                Studio.bridge(alice, bob);
                studio.run(300);
                alice.phone().quiet(50);
                studio.run(400 + phase);
                for (int duration = 400; duration <= 2000; duration += 400) {
                    alice.phone().event(5, duration == 2000, duration, 4_000);
                    studio.run(50);
                }
                studio.run(300);
                List<Heard> heard = bob.phone().heard();
                List<Heard> key = heard.stream()
                        .filter(packet -> packet.type() == Phone.EVENTS)
                        .toList();
                assertEquals(5, key.size());
                assertEquals(1, key.stream().map(Heard::timestamp).distinct().count(), "it is pressed once");
                assertTrue(heard.getLast().type() != Phone.EVENTS, "the noise goes on");
            }
        }
    }

    @Test
    void aPacketThatWasOvertakenDoesNotEndTheSilence() {
        // RFC 3550 §5.1: order is that of the numbers. What was said before the silence is no speech after it.
        try (Studio studio = new Studio(8)) {
            Studio.Line alice = studio.talking(TONE, G711.PCMU);
            Studio.Line bob = studio.line(700, G711.PCMU);
            Studio.bridge(alice, bob);
            studio.run(307);
            alice.phone().quietWithTheLastWordBehind(45);
            studio.run(100);
            long settled = studio.now();
            studio.run(500);
            List<Heard> heard = bob.heardAfter(settled);
            assertTrue(heard.size() >= 24, () -> heard.size() + " packets");
            assertTrue(heard.stream().noneMatch(packet -> packet.has(TONE)));
            assertTrue(steepest(samples(bob.phone().heard())) < CLICK);
        }
    }
}

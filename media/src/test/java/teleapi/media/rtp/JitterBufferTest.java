package teleapi.media.rtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import teleapi.media.codec.G711;

/** Order and time out of disorder. */
final class JitterBufferTest {
    private final JitterBuffer buffer = new JitterBuffer();
    private final short[] frame = new short[JitterBuffer.FRAME];

    /** A packet whose samples are all its number. */
    private void put(int number, int timestamp, int count) {
        byte[] octets = new byte[count];
        Arrays.fill(octets, G711.PCMU.encode((short) (number * 100)));
        buffer.put(G711.PCMU, octets, count, timestamp, false);
    }

    private int took() {
        return buffer.take(frame) ? Math.round(frame[JitterBuffer.FRAME / 2] / 100f) : 0;
    }

    @Test
    void packetsInDisorderComeOutInOrder() {
        // RFC 3550 §2.1: the timestamp says when.
        List<Integer> out = new ArrayList<>();
        for (int i = 1; i <= 30; i += 2) {
            put(i + 1, (i + 1) * 160, 160);
            put(i, i * 160, 160);
            put(i, i * 160, 160);
            out.add(took());
            out.add(took());
        }
        List<Integer> heard = out.stream().filter(number -> number > 0).toList();
        assertTrue(heard.size() > 24, heard::toString);
        List<Integer> sorted = new ArrayList<>(heard);
        Collections.sort(sorted);
        assertEquals(sorted, heard);
    }

    @Test
    void aLostPacketIsSilenceAndTheRestKeepsItsPlace() {
        // RFC 3551 §4.2.
        for (int i = 1; i <= 10; i++) {
            if (i != 5) {
                put(i, i * 160, 160);
            }
        }
        List<Integer> out = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            out.add(took());
        }
        assertEquals(List.of(0, 1, 2, 3, 4, 0, 6, 7, 8, 9, 10), out);
    }

    @Test
    void whatIsLostIsMadeUpFor() {
        // RFC 3550 §6.4.1 (a gap in the sequence numbers is a loss); 60 ms at most, and softer all the time.
        short[] tone = new short[160];
        for (int i = 0; i < 160; i++) {
            tone[i] = (short) (10_000 * Math.sin(2 * Math.PI * 400 * i / 8000));
        }
        for (int i = 1; i <= 12; i++) {
            if (i < 5 || i > 9) {
                buffer.put(false, tone, 0, 160, i * 160, i == 10);
            }
        }
        List<Integer> peaks = new ArrayList<>();
        for (int i = 0; i <= 12; i++) {
            buffer.take(frame);
            int peak = 0;
            for (short sample : frame) {
                peak = Math.max(peak, Math.abs(sample));
            }
            peaks.add(peak);
        }
        assertTrue(peaks.get(5) > 9000 && peaks.get(6) > 5000 && peaks.get(7) > 1000, peaks::toString);
        assertEquals(0, peaks.get(8), peaks::toString);
        assertEquals(0, peaks.get(9), peaks::toString);
        assertTrue(peaks.get(11) > 9000, peaks::toString);
    }

    /** 20 ms of a tone of 310 Hz that goes on from packet to packet: each begins at another place of its wave. */
    private static short[] tone(int number) {
        short[] tone = new short[160];
        for (int i = 0; i < 160; i++) {
            tone[i] = (short) (8_000 * Math.sin(2 * Math.PI * 310 * (number * 160 + i) / 8000));
        }
        return tone;
    }

    private static int steepest(List<Short> samples) {
        int steepest = 0;
        for (int i = 1; i < samples.size(); i++) {
            steepest = Math.max(steepest, Math.abs(samples.get(i) - samples.get(i - 1)));
        }
        return steepest;
    }

    @Test
    void whatIsDueAndNotHereIsMadeUpForWhetherItIsLostLateOrTheEnd() {
        // ADR-0021: who listens now hears no hole and no click; a tone of 310 Hz and 8000 rises by 1948 from sample to
        // sample. What is waited for from then on is bridged, too; what was overtaken is left out.
        for (String fate : List.of("lost", "late", "overtaken", "the end")) {
            JitterBuffer live = new JitterBuffer();
            List<Short> out = new ArrayList<>();
            List<Boolean> says = new ArrayList<>();
            List<Integer> peaks = new ArrayList<>();
            live.put(false, tone(1), 0, 160, 160, false);
            for (int i = 1; i <= 16; i++) {
                boolean sound = live.take(frame);
                int peak = 0;
                for (short sample : frame) {
                    out.add(sound ? sample : 0);
                    peak = Math.max(peak, sound ? Math.abs(sample) : 0);
                }
                peaks.add(peak);
                says.add(live.says());
                // From the second on they come right after the beat: as one is due, the next is not here yet.
                if (i == 8 && fate.equals("late")) {
                    live.put(false, tone(7), 0, 160, 7 * 160, false);
                }
                if (i == 9 && fate.equals("overtaken")) {
                    live.put(false, tone(7), 0, 160, 7 * 160, false);
                }
                if (i > 1 && i != 7 && (i < 7 || !fate.equals("the end"))) {
                    live.put(false, tone(i), 0, 160, i * 160, i == 8 && fate.equals("lost"));
                }
            }
            assertTrue(steepest(out) < 2_600, () -> fate + " clicks: " + steepest(out));
            assertTrue(peaks.get(7) > 7_000, () -> fate + ": " + peaks);
            assertTrue(fate.equals("late") || !says.get(7), fate);
            if (fate.equals("the end")) {
                assertEquals(List.of(0, 0, 0, 0), peaks.subList(12, 16), fate);
                assertEquals(6, says.lastIndexOf(true), fate);
            } else if (!fate.equals("overtaken")) {
                assertTrue(peaks.subList(8, 16).stream().allMatch(peak -> peak > 7_000), () -> fate + ": " + peaks);
            }
        }
    }

    @Test
    void aKeyThatIsPressedInPlaceOfSoundIsNoLoss() {
        // RFC 4733 §2.5.1.1: who sends events may send no sound meanwhile. What was said last is not said again: it
        // falls
        // to silence within 5 ms, and what follows the key is heard as ever, without a click wherever in a frame it
        // begins.
        for (int later : new int[] {0, 57, 147}) {
            JitterBuffer live = new JitterBuffer();
            List<Short> out = new ArrayList<>();
            for (int i = 1; i <= 16; i++) {
                if (i <= 6 || i > 12) {
                    live.put(false, tone(i), 0, 160, i * 160 + (i > 12 ? later : 0), false);
                } else {
                    live.breakOff();
                }
                boolean sound = live.take(frame);
                for (short sample : frame) {
                    out.add(sound ? sample : 0);
                }
            }
            assertTrue(steepest(out) < 2_600, () -> later + " clicks: " + steepest(out));
            List<Short> pause = out.subList(7 * 160 + 40, 13 * 160);
            assertTrue(pause.stream().allMatch(sample -> sample == 0), pause::toString);
            assertTrue(out.subList(13 * 160, 16 * 160).stream().anyMatch(sample -> sample > 7_000));
        }
    }

    @Test
    void whatIsRecordedIsWhatWasSentAndNothingElse() {
        // Issue 4: sample by sample. Whoever can wait for what is late makes nothing up at the end.
        JitterBuffer patient = new JitterBuffer(1600);
        for (int i = 0; i < 30; i++) {
            if (i < 10) {
                patient.put(false, tone(i), 0, 160, i * 160, false);
            }
            boolean sound = patient.take(frame);
            boolean here = i >= 10 && i < 20;
            assertEquals(here, sound && patient.says(), "frame " + i);
            if (here) {
                assertArrayEquals(tone(i - 10), frame, "frame " + i);
            } else {
                assertArrayEquals(new short[160], frame, "frame " + i);
            }
        }
    }

    @Test
    void aPeersSilenceSoundsAsItSays() {
        // RFC 3389 §4: noise of the level that was said, until it speaks again.
        put(100, 160, 160);
        buffer.silence(50, 320);
        took();
        took();
        for (int i = 0; i < 100; i++) {
            assertTrue(buffer.take(frame));
        }
        double power = 0;
        for (short sample : frame) {
            power += sample * sample / 160.0;
        }
        double level = 10 * Math.log10(power / 32_768 / 32_768);
        assertTrue(Math.abs(level + 50) < 2, () -> "level " + level);
        put(100, 160 * 200, 160);
        took();
        assertTrue(took() > 90);
    }

    @Test
    void soundOfAnotherRateBeginsAnew() {
        // 16 kHz: the same places, twice as many samples.
        short[] wide = new short[320];
        Arrays.fill(wide, (short) 500);
        short[] wideFrame = new short[320];
        put(1, 160, 160);
        buffer.put(true, wide, 0, 160, 320, false);
        assertTrue(buffer.wide());
        buffer.take(wideFrame);
        assertTrue(buffer.take(wideFrame));
        assertEquals(500, wideFrame[100]);
        assertEquals(500, wideFrame[319]);
    }

    @Test
    void packetsOfAnyLengthBecomeFrames() {
        // RFC 3551 §4.2: 10 to 60 ms.
        put(1, 1000, 480);
        put(2, 1480, 80);
        put(2, 1560, 80);
        put(3, 1640, 160);
        List<Integer> out = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            out.add(took());
        }
        assertEquals(List.of(0, 1, 1, 1, 2, 3), out);
    }

    @Test
    void theDelayGrowsToTheJitterAndShrinksAfterIt() {
        // Adaptive: what came too late once is waited for from then on, not for ever.
        Random chance = new Random(1);
        int late = simulate(chance, 60, 500);
        assertTrue(late < 25, () -> late + " of 500 lost while growing");
        assertTrue(simulate(chance, 60, 500) < 5);
        simulate(chance, 0, 3000);
        assertTrue(buffer.waiting() <= 320, () -> "still waiting: " + buffer.waiting());
    }

    @Test
    void aLongOneStaysWhereItIsThroughAnyJitterItHasRoomFor() {
        // ADR-0011: both directions of a recording are delayed by the same.
        JitterBuffer patient = new JitterBuffer(1600);
        byte[] octets = new byte[160];
        int next = 0;
        for (int beat = 0; beat < 3000; beat++) {
            // Some come 180 ms late, together with those after them; for long stretches none does.
            boolean stuck = beat % 1000 < 300 && beat % 10 != 0;
            while (!stuck && next <= beat) {
                Arrays.fill(octets, (byte) (next % 100));
                patient.put(G711.PCMU, octets, 160, next * 160, false);
                next++;
            }
            boolean sound = patient.take(frame);
            if (beat >= 10) {
                assertTrue(sound);
                assertEquals(G711.PCMU.decode((byte) ((beat - 10) % 100)), frame[80], "beat " + beat);
            }
        }
    }

    private int clock;

    /** Plays {@code packets} with this much jitter, in ms; how many frames had nothing in them. */
    private int simulate(Random chance, int jitter, int packets) {
        List<int[]> arrivals = new ArrayList<>();
        for (int i = 0; i < packets; i++) {
            arrivals.add(new int[] {i * 20 + (jitter == 0 ? 0 : chance.nextInt(jitter)), clock + i * 160});
        }
        clock += packets * 160;
        arrivals.sort((one, other) -> Integer.compare(one[0], other[0]));
        int next = 0;
        int empty = 0;
        for (int tick = 0; tick < packets; tick++) {
            while (next < packets && arrivals.get(next)[0] <= tick * 20) {
                put(100, arrivals.get(next)[1], 160);
                next++;
            }
            empty += tick > 5 && took() == 0 ? 1 : 0;
        }
        while (next < packets) {
            put(100, arrivals.get(next)[1], 160);
            next++;
        }
        return empty;
    }

    @Test
    void aJumpOfTheClockIsFollowedAndNonsenseIsNot() {
        // Hostile timestamps: one is ignored, a row of them is a new beginning; never an exception.
        put(1, 160, 160);
        put(2, 0x7000_0000, 160);
        assertEquals(0, took());
        assertEquals(1, took());
        for (int i = 0; i < 6; i++) {
            put(3, 0x7000_0000 + i * 160, 160);
        }
        took();
        assertEquals(3, took());
        Random chance = new Random(2);
        for (int i = 0; i < 100_000; i++) {
            put(4, chance.nextInt(), chance.nextInt(1500));
            took();
        }
    }

    @Test
    void afterALongSilenceTheDelayIsNotLonger() {
        // Silence suppression: the timestamp jumps with time, or goes on where it was.
        put(1, 160, 160);
        for (int i = 0; i < 60; i++) {
            took();
        }
        put(2, 320, 160);
        assertEquals(0, took());
        assertEquals(2, took());
    }
}

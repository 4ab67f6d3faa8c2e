package teleapi.media.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import teleapi.media.codec.G711;

/** The jitter buffer through everything that networks and clocks do, for hours of simulated time. */
final class JitterWeatherTest {
    /** Times in ms. */
    private record Arrival(double at, int number) {}

    /**
     * What became of a stream.
     *
     * @param missed frames that should have had sound and had none
     * @param delay from the moment a packet was sent to the moment its sound was played, the mean
     */
    private record Outcome(int frames, int missed, double delay, double mostDelay, int backwards) {
        double missedShare() {
            return (double) missed / frames;
        }
    }

    /** Packets of 20 ms on their way. */
    private interface Path {
        /** When the packet is here, if it was sent then; negative: never. */
        double arrives(int number, double sent);
    }

    /** Each packet says its number in all of its samples. */
    private static Outcome play(int packets, double ppm, int settle, Path path) {
        List<Arrival> arrivals = new ArrayList<>();
        double step = 20 / (1 + ppm / 1e6);
        for (int n = 0; n < packets; n++) {
            double at = path.arrives(n, n * step);
            if (at >= 0) {
                arrivals.add(new Arrival(at, n));
            }
        }
        arrivals.sort((one, other) -> Double.compare(one.at(), other.at()));
        // The timestamp goes round on the way.
        int origin = -packets * 80;
        var buffer = new JitterBuffer();
        var octets = new byte[160];
        var frame = new short[JitterBuffer.FRAME];
        int next = 0;
        // Less than any that can be heard first.
        int last = settle - 20;
        int missed = 0;
        int heard = 0;
        int backwards = 0;
        double delays = 0;
        double most = 0;
        int beats = (int) (packets * step / 20);
        for (int beat = 0; beat < beats; beat++) {
            double now = beat * 20 + 7.3;
            while (next < arrivals.size() && arrivals.get(next).at() <= now) {
                int number = arrivals.get(next++).number();
                Arrays.fill(octets, (byte) (1 + number % 120));
                buffer.put(G711.PCMU, octets, 160, origin + number * 160, false);
            }
            boolean sound = buffer.take(frame) && buffer.says();
            if (beat < settle) {
                continue;
            }
            if (!sound) {
                missed++;
                continue;
            }
            int said = said(frame) - 1;
            if (said < 0) {
                continue;
            }
            int number = last + Math.floorMod(said - last + 40, 120) - 40;
            backwards += number < last ? 1 : 0;
            last = number;
            double delay = now - number * step;
            heard++;
            delays += delay;
            most = Math.max(most, delay);
        }
        return new Outcome(beats - settle, missed, delays / Math.max(1, heard), most, backwards);
    }

    /** The octet of a packet that most of the frame is; 0: it is a seam, at which what was made up, or silence, fades into what came. */
    private static int said(short[] frame) {
        int[] counts = new int[256];
        int most = 0;
        for (short sample : frame) {
            int octet = G711.PCMU.encode(sample) & 0xff;
            counts[octet]++;
            most = counts[octet] > counts[most] ? octet : most;
        }
        return counts[most] < JitterBuffer.FRAME / 2 || most > 120 ? 0 : most;
    }

    private static Path uniform(Random chance, double jitter) {
        return (number, sent) -> sent + chance.nextDouble() * jitter;
    }

    /** Frames until what the network is like has been learned. */
    private static final int LEARNED = 500;

    @Test
    void theDelayFollowsTheJitter() {
        // ADR-0023: from 20 ms up, as much as the latest packets need and little more.
        for (int jitter : new int[] {0, 5, 10, 20, 30, 40, 60, 80, 100, 150, 200, 250}) {
            Outcome outcome = play(10_000, 0, LEARNED, uniform(new Random(jitter), jitter));
            String what = jitter + " ms: " + outcome;
            assertTrue(outcome.delay() >= jitter && outcome.delay() <= jitter + 50, what);
            assertTrue(outcome.missedShare() < 0.005, what);
            assertEquals(0, outcome.backwards(), what);
        }
    }

    @Test
    void clocksMayDifferForAnHour() {
        // Issue 4, 3: 200 ppm are 720 ms in an hour; the delay must not grow with them, nor silence with the other
        // sign.
        for (int ppm : new int[] {200, -200}) {
            for (int jitter : new int[] {5, 40}) {
                Outcome outcome = play(180_000, ppm, LEARNED, uniform(new Random(ppm), jitter));
                String what = ppm + " ppm, " + jitter + " ms: " + outcome;
                assertTrue(outcome.mostDelay() < jitter + 60, what);
                assertTrue(outcome.missed() <= 720 / 20 + 20, what);
                assertEquals(0, outcome.backwards(), what);
            }
        }
    }

    @Test
    void whatIsLostIsMissedAndNothingElse() {
        // RFC 3550 §2.1.
        Random chance = new Random(2);
        boolean[] lost = new boolean[10_000];
        for (int i = 0; i < lost.length; i++) {
            lost[i] = chance.nextInt(10) == 0;
        }
        Outcome outcome =
                play(lost.length, 0, LEARNED, (number, sent) -> lost[number] ? -1 : sent + 10 * chance.nextDouble());
        int expected = 0;
        for (int i = LEARNED; i < lost.length; i++) {
            expected += lost[i] ? 1 : 0;
        }
        assertEquals(expected, outcome.missed(), 3);
        assertTrue(outcome.delay() < 60, outcome::toString);
    }

    @Test
    void burstsAreWaitedForWhileTheyComeAndForgottenAfter() {
        // Ten packets that come at once, every two seconds, as over a radio link; then a good line.
        Outcome bad = play(10_000, 0, LEARNED, (number, sent) -> {
            int inPeriod = number % 100;
            return inPeriod < 10 ? (number - inPeriod + 10) * 20 : sent;
        });
        assertTrue(bad.missedShare() < 0.005, bad::toString);
        assertTrue(bad.mostDelay() <= 260, bad::toString);
        Outcome after = play(10_000, 0, 3_000, (number, sent) -> {
            int inPeriod = number % 100;
            return number < 1_000 && inPeriod < 10 ? (number - inPeriod + 10) * 20 : sent;
        });
        assertTrue(after.delay() < 60, after::toString);
        assertEquals(0, after.missed(), after::toString);
    }

    @Test
    void aPacketThatWasOvertakenIsNotHeardAfterwards() {
        // One in a hundred comes 60 ms late, and what was said after it has been heard by then.
        Random chance = new Random(4);
        Outcome outcome = play(
                10_000,
                0,
                LEARNED,
                (number, sent) -> chance.nextInt(100) == 0 ? sent + 60 : sent + 3 * chance.nextDouble());
        assertEquals(0, outcome.backwards(), outcome::toString);
        assertTrue(outcome.missedShare() < 0.02, outcome::toString);
        assertTrue(outcome.mostDelay() < 110, outcome::toString);
    }

    @Test
    void anOutageLeavesNoDelay() {
        // Half a second, a second, ten, of nothing: after it the line is as it was.
        for (int packets : new int[] {25, 50, 500}) {
            Outcome outcome = play(
                    6_000, 0, 3_000, (number, sent) -> number >= 1_000 && number < 1_000 + packets ? -1 : sent + 5);
            assertTrue(outcome.delay() < 60, () -> packets + ": " + outcome);
            assertEquals(0, outcome.missed(), () -> packets + ": " + outcome);
        }
    }

    @Test
    void eachTalkSpurtIsHeardFromItsBeginning() {
        // RFC 3551 §4.1: silence suppression; the timestamp goes on meanwhile.
        var buffer = new JitterBuffer();
        var octets = new byte[160];
        var frame = new short[JitterBuffer.FRAME];
        Random chance = new Random(5);
        List<Arrival> arrivals = new ArrayList<>();
        for (int n = 0; n < 20_000; n++) {
            if (n % 200 < 50) {
                arrivals.add(new Arrival(n * 20 + chance.nextDouble() * 20, n));
            }
        }
        arrivals.sort((one, other) -> Double.compare(one.at(), other.at()));
        int next = 0;
        int heard = 0;
        for (int beat = 0; beat < 20_000; beat++) {
            while (next < arrivals.size() && arrivals.get(next).at() <= beat * 20) {
                int number = arrivals.get(next++).number();
                Arrays.fill(octets, (byte) (1 + number % 120));
                buffer.put(G711.PCMU, octets, 160, number * 160, false);
            }
            heard += buffer.take(frame) && buffer.says() ? 1 : 0;
        }
        assertEquals(arrivals.size(), heard, 20);
    }
}

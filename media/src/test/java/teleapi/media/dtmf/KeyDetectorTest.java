package teleapi.media.dtmf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import teleapi.media.Sound;
import teleapi.media.codec.G711;

final class KeyDetectorTest {
    private static final String ALL = "0123456789*#ABCD";

    private final StringBuilder pressed = new StringBuilder();
    private final KeyDetector detector = new KeyDetector(key -> pressed.append(key.digit()));

    @Test
    void everyKeyOfOursIsHeard() {
        // ITU-T Q.24: 40 ms of tone, 40 ms of pause.
        for (int pad = 0; pad < 51; pad += 5) {
            pressed.setLength(0);
            hear(new short[pad]);
            for (Key key : Key.values()) {
                press(key, 40, 40);
            }
            assertEquals(ALL, pressed.toString(), "after " + pad);
        }
    }

    @Test
    void aKeyIsToldOnceHoweverLongItIsHeld() {
        // MediaEvent.DigitPressed: once per press, at its start.
        hear(sum(8_000, tone(770, -12), tone(1336, -10)));
        hear(new short[400]);
        assertEquals("5", pressed.toString());
    }

    @Test
    void theSameKeyTwiceIsTwoPresses() {
        // ITU-T Q.24: a pause of 40 ms separates.
        press(Key.SEVEN, 60, 40);
        press(Key.SEVEN, 60, 40);
        assertEquals("77", pressed.toString());
    }

    @Test
    void aLostPacketDoesNotDoubleAKey() {
        // 20 ms of nothing within a press.
        short[] tone = sum(1_600, tone(852, -12), tone(1477, -10));
        for (int at = 400; at < 600; at += 17) {
            pressed.setLength(0);
            short[] torn = tone.clone();
            Arrays.fill(torn, at, at + 160, (short) 0);
            hear(torn);
            hear(new short[400]);
            assertEquals("9", pressed.toString(), "torn at " + at);
        }
    }

    @Test
    void thePiecesDoNotMatter() {
        // Fed in pieces of any size.
        short[] sound =
                Sound.silence(java.time.Duration.ofMillis(300)).samples().clone();
        System.arraycopy(KeyTone.samples(Key.STAR, 400), 0, sound, 700, 400);
        System.arraycopy(KeyTone.samples(Key.A, 400), 0, sound, 1500, 400);
        for (int size : new int[] {1, 7, 80, 160, 161, 480, 2_400}) {
            pressed.setLength(0);
            for (int at = 0; at < sound.length; at += size) {
                detector.hear(sound, at, Math.min(size, sound.length - at));
            }
            hear(new short[600]);
            assertEquals("*A", pressed.toString(), "pieces of " + size);
        }
    }

    @Test
    void shortBurstsAreNoKeys() {
        // ITU-T Q.24: tones shorter than 23 ms are not taken.
        for (int pad = 0; pad < 51; pad++) {
            hear(new short[pad]);
            press(Key.ONE, 23, 60);
        }
        assertEquals("", pressed.toString());
    }

    @Test
    void levelsAndTwistOfTheStandardAreTaken() {
        // ITU-T Q.24: down to -25 dBm0 (-28 dBFS), the column up to 4 dB louder or 8 dB softer; beyond the double of
        // that it is no key.
        int heard = 0;
        for (double level : new double[] {-7, -15, -28}) {
            for (double twist : new double[] {-8, -4, 0, 4}) {
                hear(sum(400, tone(941, level - Math.max(0, twist)), tone(1336, level + Math.min(0, twist))));
                hear(new short[400]);
                assertEquals(++heard, pressed.length(), level + " dB, twist " + twist);
            }
        }
        pressed.setLength(0);
        hear(sum(400, tone(941, -20), tone(1336, -10)));
        hear(new short[400]);
        hear(sum(400, tone(941, -10), tone(1336, -24)));
        hear(new short[400]);
        hear(sum(400, tone(941, -55), tone(1336, -55)));
        hear(new short[400]);
        assertEquals("", pressed.toString());
    }

    @Test
    void frequenciesMayBeALittleOff() {
        // ITU-T Q.23: 1.5 % off is a key still; the middle between two rows is none.
        for (double off : new double[] {0.985, 1.015}) {
            pressed.setLength(0);
            for (Key key : Key.values()) {
                hear(sum(400, tone(key.low() * off, -12), tone(key.high() * off, -12)));
                hear(new short[400]);
            }
            assertEquals(ALL, pressed.toString(), "off by " + off);
        }
        pressed.setLength(0);
        hear(sum(800, tone(811, -12), tone(1336, -12)));
        hear(sum(800, tone(770, -12), tone(1272, -12)));
        assertEquals("", pressed.toString());
    }

    @Test
    void noiseAndTheLawsOfTheLineDoNotHideAKey() {
        // ITU-T Q.24: 15 dB above noise must work; here through both laws.
        SplittableRandom chance = new SplittableRandom(4733);
        for (Key key : Key.values()) {
            short[] sound = Arrays.copyOf(sum(480, tone(key.low(), -15), tone(key.high(), -15)), 880);
            for (int i = 0; i < sound.length; i++) {
                sound[i] += (short) (noise(chance) * 32_767 * 0.055);
            }
            hear(G711.PCMA.decode(G711.PCMA.encode(G711.PCMU.decode(G711.PCMU.encode(sound)))));
        }
        assertEquals(ALL, pressed.toString());
    }

    @Test
    void oneToneIsNoKeyAndNeitherAreOurOwnSounds() {
        // A key is a row and a column, and little else.
        for (int hertz = 300; hertz < 3400; hertz += 11) {
            hear(sum(400, tone(hertz, -10)));
        }
        hear(Sound.music().samples());
        hear(Sound.beep().samples());
        for (String country : new String[] {"us", "uk", "de", "fr", "jp"}) {
            hear(Sound.ringback(country).samples());
        }
        assertEquals("", pressed.toString());
    }

    @Test
    void voicesAreNoKeys() {
        // Talk-off. Made voices: a pitch that glides, its partials shaped by three formants that wander, syllables;
        // four minutes of them.
        SplittableRandom chance = new SplittableRandom(24);
        for (int speaker = 0; speaker < 24; speaker++) {
            hear(Voices.speech(chance, 10));
        }
        assertEquals("", pressed.toString());
    }

    @Test
    void noiseIsNoKey() {
        // Talk-off: a minute of white noise at any level.
        SplittableRandom chance = new SplittableRandom(7);
        short[] noise = new short[480_000];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (short) (noise(chance) * 300 * (1 + i / 16_000));
        }
        hear(noise);
        assertEquals("", pressed.toString());
    }

    @Test
    void afterResetAHeldKeyIsForgotten() {
        // Its contract: another sound begins.
        hear(KeyTone.samples(Key.TWO, 800));
        detector.reset();
        hear(KeyTone.samples(Key.TWO, 800));
        assertEquals("22", pressed.toString());
    }

    private void press(Key key, int millis, int pause) {
        hear(KeyTone.samples(key, millis * 8));
        hear(new short[pause * 8]);
    }

    private void hear(short[] samples) {
        detector.hear(samples, 0, samples.length);
    }

    private static double noise(SplittableRandom chance) {
        return chance.nextDouble() + chance.nextDouble() + chance.nextDouble() + chance.nextDouble() - 2;
    }

    private record Sine(double hertz, double dbfs) {}

    private static Sine tone(double hertz, double dbfs) {
        return new Sine(hertz, dbfs);
    }

    private static short[] sum(int length, Sine... sines) {
        short[] out = new short[length];
        for (int i = 0; i < length; i++) {
            double sum = 0;
            for (Sine sine : sines) {
                sum += 32_767 * Math.pow(10, sine.dbfs() / 20) * Math.sin(2 * Math.PI * sine.hertz() * i / 8_000 + 0.3);
            }
            out[i] = (short) sum;
        }
        return out;
    }
}

package teleapi.media.sound;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** From 8 to 16 kHz and back. */
final class RatesTest {
    private static final int PIECE = 160;
    private static final int LENGTH = 8000;

    private static short[] tone(int hertz, int rate, int length) {
        short[] samples = new short[length];
        for (int i = 0; i < length; i++) {
            samples[i] = (short) Math.round(10_000 * Math.sin(2 * Math.PI * hertz * i / rate));
        }
        return samples;
    }

    private static double decibels(short[] samples, int hertz, int rate) {
        double re = 0;
        double im = 0;
        int from = samples.length / 2;
        for (int i = from; i < samples.length; i++) {
            re += samples[i] * Math.cos(2 * Math.PI * hertz * i / rate);
            im += samples[i] * Math.sin(2 * Math.PI * hertz * i / rate);
        }
        return 20 * Math.log10(2 * Math.hypot(re, im) / (samples.length - from) / 10_000 + 1e-9);
    }

    private static short[] up(short[] narrow) {
        Doubler doubler = new Doubler(PIECE);
        short[] wide = new short[2 * narrow.length];
        for (int at = 0; at < narrow.length; at += PIECE) {
            doubler.next(narrow, at, PIECE, wide, 2 * at);
        }
        return wide;
    }

    private static short[] down(short[] wide) {
        Halver halver = new Halver(2 * PIECE);
        short[] narrow = new short[wide.length / 2];
        for (int at = 0; at < wide.length; at += 2 * PIECE) {
            halver.next(wide, at, 2 * PIECE, narrow, at / 2);
        }
        return narrow;
    }

    @Test
    void whatBothCanHearStaysAsItIs() {
        // The telephone band, 300 to 3400 Hz: within half a decibel.
        for (int hertz : new int[] {100, 300, 1000, 2000, 3000, 3400}) {
            double upwards = decibels(up(tone(hertz, 8000, LENGTH)), hertz, 16_000);
            double downwards = decibels(down(tone(hertz, 16_000, 2 * LENGTH)), hertz, 8000);
            assertTrue(
                    Math.abs(upwards) < 0.5 && Math.abs(downwards) < 0.5,
                    () -> hertz + ": " + upwards + ", " + downwards);
        }
    }

    @Test
    void nothingComesBackAsAFalseTone() {
        // Nyquist: above 4 kHz a tone would come back mirrored, at 8 kHz less its own; 55 dB down nobody hears it.
        for (int hertz : new int[] {4000, 4200, 5000, 6000, 7000}) {
            double alias = decibels(down(tone(hertz, 16_000, 2 * LENGTH)), 8000 - hertz, 8000);
            assertTrue(alias < -55, () -> hertz + " Hz comes back at " + alias + " dB");
        }
        for (int hertz : new int[] {500, 1000, 3000, 3400}) {
            double image = decibels(up(tone(hertz, 8000, LENGTH)), 8000 - hertz, 16_000);
            assertTrue(image < -55, () -> hertz + " Hz has an image of " + image + " dB");
        }
    }

    @Test
    void theLoudestDoesNotWrap() {
        // Over the top is cut.
        short[] square = new short[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            square[i] = i / 20 % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
        }
        short[] wide = up(square);
        for (int i = 1000; i < wide.length; i++) {
            int there = square[Math.max(0, i / 2 - 24)];
            boolean inTheMiddle = (i / 2 - 24) % 20 == 10;
            int at = i;
            assertTrue(!inTheMiddle || wide[i] > 20_000 == there > 0, () -> "sample " + at);
        }
    }
}

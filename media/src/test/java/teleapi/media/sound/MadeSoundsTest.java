package teleapi.media.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class MadeSoundsTest {
    @Test
    void ringingHasTheCadenceOfItsCountry() {
        // ITU-T E.180 supplement 2: on and off, in ms.
        assertCadence("us", 2000, 4000);
        assertCadence("UK", 400, 200, 400, 2000);
        assertCadence("de", 1000, 4000);
        assertCadence("eu", 1000, 4000);
        assertCadence("fr", 1500, 3500);
        assertCadence("au", 400, 200, 400, 2000);
        assertCadence("nowhere", 2000, 4000);
    }

    @Test
    void ringingHasTheFrequenciesOfItsCountry() {
        // ITU-T E.180 supplement 2: sounded together, equally loud, and nothing else.
        assertFrequencies("us", 440, 480);
        assertFrequencies("uk", 400, 450);
        assertFrequencies("de", 425);
        assertFrequencies("fr", 440);
    }

    @Test
    void japaneseRingingSwells() {
        // ITU-T E.180 supplement 2: 400 Hz modulated by 16 Hz has sidebands at 384 and 416.
        short[] ring = Ringback.of("jp").samples();
        double carrier = Spectrum.decibels(ring, 80, 7920, 8000, 400);
        assertEquals(carrier - 7.4, Spectrum.decibels(ring, 80, 7920, 8000, 384), 0.5);
        assertEquals(carrier - 7.4, Spectrum.decibels(ring, 80, 7920, 8000, 416), 0.5);
    }

    @Test
    void nothingClicksWhereItLoops() {
        // A step between two samples that the sound itself does not have is heard as a click.
        for (Ringback ringback : Ringback.values()) {
            assertNoClick(ringback.samples());
        }
        assertNoClick(WaitMusic.samples());
        assertNoClick(Beep.samples());
    }

    @Test
    void waitMusicIsModerateAndNeverSilent() {
        // Its contract: 10 to 20 s, peak at -12 dBFS; a gap would be taken for a dead line.
        short[] music = WaitMusic.samples();
        assertEquals(16, music.length / 8000);
        int peak = 0;
        for (short sample : music) {
            peak = Math.max(peak, Math.abs(sample));
        }
        assertEquals(8192, peak, 2);
        for (int at = 0; at < music.length; at += 1600) {
            double rms = Spectrum.rms(music, at, at + 1600);
            assertTrue(rms > 300, at + ": " + rms);
        }
    }

    @Test
    void theBeepIsShort() {
        // Its contract: 200 ms of 1 kHz.
        assertEquals(1600, Beep.samples().length);
        assertTrue(Spectrum.decibels(Beep.samples(), 200, 1400, 8000, 1000) > -16);
    }

    private static void assertCadence(String country, int... millis) {
        short[] ring = Ringback.of(country).samples();
        int at = 0;
        for (int i = 0; i < millis.length; i++) {
            int to = at + millis[i] * 8;
            double rms = Spectrum.rms(ring, at + 10, to - 10);
            assertTrue(i % 2 == 0 ? rms > 1000 : rms == 0, country + " part " + i + ": " + rms);
            at = to;
        }
        assertEquals(at, ring.length);
    }

    private static void assertFrequencies(String country, double... hertz) {
        short[] ring = Ringback.of(country).samples();
        for (double frequency : hertz) {
            assertEquals(
                    -13.2 - 20 * Math.log10(hertz.length),
                    Spectrum.decibels(ring, 100, 3000, 8000, frequency),
                    0.3,
                    country + " " + frequency);
        }
        for (double other : new double[] {340, 520, 600, 1000}) {
            assertTrue(Spectrum.decibels(ring, 100, 3000, 8000, other) < -50, country + " " + other);
        }
    }

    private static void assertNoClick(short[] sound) {
        int steepest = 0;
        for (int i = 1; i < sound.length; i++) {
            steepest = Math.max(steepest, Math.abs(sound[i] - sound[i - 1]));
        }
        assertTrue(Math.abs(sound[0] - sound[sound.length - 1]) <= steepest / 2 + 1);
        assertTrue(steepest < 8000, "steepest " + steepest);
    }
}

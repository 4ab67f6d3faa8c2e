package teleapi.media.sound;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class ResamplerTest {
    private static final int[] RATES = {11_025, 16_000, 22_050, 32_000, 44_100, 48_000, 96_000, 44_099, 192_000};

    @Test
    void whatATelephoneCarriesStaysAsItWas() {
        // Passband within 1 dB up to 3.4 kHz (ITU-T G.712 asks for less).
        for (int rate : RATES) {
            for (double hertz : new double[] {60, 300, 1000, 2000, 3000, 3400}) {
                short[] out = Resampler.to8k(new Samples(rate, tone(rate, hertz)));
                assertEquals(-6, level(out, hertz), 0.5, rate + " " + hertz);
            }
        }
    }

    @Test
    void whatLiesAboveDoesNotComeBackAsAnotherTone() {
        // Nyquist: at 8 kHz a tone of 5 kHz would be heard as 3 kHz; at least 40 dB down, from the edge of the
        // stopband.
        for (int rate : RATES) {
            for (double hertz : new double[] {4100, 4500, 5000, 5400}) {
                short[] out = Resampler.to8k(new Samples(rate, tone(rate, hertz)));
                double rms = Spectrum.rms(out, 400, out.length - 400);
                assertTrue(20 * Math.log10(rms / 11_585) < -40, rate + " " + hertz + " " + rms);
            }
        }
    }

    @Test
    void lowRatesGainNoFalseTones() {
        // Nyquist, the other way: a tone of 1 kHz at 4 kHz has an image at 3 kHz, which must not be heard.
        short[] out = Resampler.to8k(new Samples(4_000, tone(4_000, 1000)));
        assertEquals(-6, level(out, 1000), 0.5);
        assertTrue(level(out, 3000) < -50, "" + level(out, 3000));
    }

    @Test
    void theLengthInSecondsStays() {
        // Samples out = samples in times 8000 over the rate.
        for (int rate : RATES) {
            assertEquals(8_000, Resampler.to8k(new Samples(rate, new short[rate])).length, 1);
        }
        assertEquals(0, Resampler.to8k(new Samples(44_100, new short[0])).length);
        assertEquals(0, Resampler.to8k(new Samples(44_100, new short[5])).length);
    }

    @Test
    void eightKilohertzIsLeftAlone() {
        // Nothing to do must cost nothing.
        short[] in = tone(8_000, 440);
        assertArrayEquals(in, Resampler.to8k(new Samples(8_000, in)));
    }

    @Test
    void fullScaleIsClippedAndDoesNotWrap() {
        // A square wave rings over its edges: beyond 16 bits it must clip.
        short[] square = new short[4_800];
        for (int i = 0; i < square.length; i++) {
            square[i] = i / 80 % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
        }
        short[] out = Resampler.to8k(new Samples(48_000, square));
        for (int i = 100; i < out.length - 100; i++) {
            int source = i * 6 % 160;
            if (source > 10 && source < 70) {
                assertTrue(out[i] > 20_000, "sample " + i + ": " + out[i]);
            }
        }
    }

    private static double level(short[] out, double hertz) {
        return Spectrum.decibels(out, 400, out.length - 400, 8_000, hertz);
    }

    private static short[] tone(int rate, double hertz) {
        short[] samples = new short[rate / 2];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) Math.round(16_384 * Math.sin(2 * Math.PI * hertz * i / rate));
        }
        return samples;
    }
}

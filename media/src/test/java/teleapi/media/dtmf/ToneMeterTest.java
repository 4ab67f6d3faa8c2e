package teleapi.media.dtmf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import teleapi.media.Sound;
import teleapi.media.codec.G711;

final class ToneMeterTest {
    private static final double[] PHONES = {400, 600, 800, 1000, 1200, 1400, 1600};

    private final ToneMeter meter = ToneMeter.of(PHONES);

    @Test
    void tellsWhichToneIsHeardAndHowLoud() {
        // Who hears whom: a phone is known by its tone, also through the laws of the line, at any phase.
        for (double hertz : PHONES) {
            Sound tone = Sound.tone(hertz, Duration.ofMillis(100), -18);
            for (short[] heard :
                    new short[][] {tone.samples(), G711.PCMU.decode(tone.ulaw()), G711.PCMA.decode(tone.alaw())}) {
                assertEquals(1, meter.hear(heard, 33, 160));
                List<Tone> tones = meter.heard();
                assertEquals(1, tones.size(), hertz + ": " + tones);
                assertEquals(hertz, tones.getFirst().hertz());
                assertEquals(-18, tones.getFirst().dbfs(), 0.3);
                assertFalse(meter.isSilent());
            }
        }
    }

    @Test
    void tonesTogetherAreHeardApart() {
        // In a conference all hear all others: the tones arrive mixed, with levels of their own.
        short[] mix = new short[160];
        double[] levels = {-14, -20, -26};
        for (int one = 0; one < levels.length; one++) {
            short[] tone = Sound.tone(PHONES[2 * one], Duration.ofMillis(20), levels[one])
                    .samples();
            for (int i = 0; i < mix.length; i++) {
                mix[i] += tone[i];
            }
        }
        meter.hear(mix);
        assertEquals(
                List.of(400.0, 800.0, 1200.0),
                meter.heard().stream().map(Tone::hertz).toList());
    }

    @Test
    void silenceIsSilence() {
        // A-law has no zero: its least step is silence all the same.
        meter.hear(new short[160]);
        assertTrue(meter.isSilent());
        byte[] quiet = new byte[160];
        java.util.Arrays.fill(quiet, G711.PCMA.silence());
        meter.hear(G711.PCMA.decode(quiet));
        assertTrue(meter.isSilent());
        assertEquals(List.of(), meter.heard());
    }

    @Test
    void noiseVoicesAndOtherTonesAreNoneOfTheCandidates() {
        // Only a tone is a tone.
        SplittableRandom chance = new SplittableRandom(3);
        short[] noise = new short[160];
        int wrong = 0;
        for (int frame = 0; frame < 500; frame++) {
            for (int i = 0; i < noise.length; i++) {
                noise[i] = (short) ((chance.nextDouble() - 0.5) * 20_000);
            }
            meter.hear(noise);
            wrong += meter.heard().size();
        }
        assertTrue(wrong < 105, "of 3500 chances to be wrong: " + wrong);
        meter.hear(Sound.tone(500, Duration.ofMillis(20), -10).samples());
        assertEquals(List.of(), meter.heard());
        assertFalse(meter.isSilent());
    }

    @Test
    void theAnswerIsForTheLastWholeFrame() {
        // Its contract: fed in pieces of any size.
        short[] tone = Sound.tone(600, Duration.ofMillis(60), -10).samples();
        assertEquals(0, meter.hear(tone, 0, 159));
        assertEquals(List.of(), meter.heard());
        assertTrue(meter.isSilent());
        assertEquals(1, meter.hear(tone, 159, 2));
        assertEquals(600, meter.heard().getFirst().hertz());
        assertEquals(1, meter.hear(tone, 161, 300));
    }

    @Test
    void longerFramesTellCloserTones() {
        // 2000 / millis Hz: the two tones of American ringing need 50 ms.
        ToneMeter sharp = ToneMeter.over(50, 440, 480);
        sharp.hear(Sound.tone(440, Duration.ofMillis(50), -10).samples());
        assertEquals(List.of(440.0), sharp.heard().stream().map(Tone::hertz).toList());
        sharp.hear(Sound.ringback("us").samples(), 800, 400);
        assertEquals(2, sharp.heard().size());
        assertThrows(IllegalArgumentException.class, () -> ToneMeter.over(5, 440));
    }
}

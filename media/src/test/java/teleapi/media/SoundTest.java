package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import teleapi.media.codec.G711;

final class SoundTest {
    @Test
    void aSoundDoesNotChangeWithTheArrayItWasMadeOf() {
        // Sound's contract: immutable.
        short[] samples = {100, 200};
        Sound sound = Sound.of(samples);
        samples[0] = 0;
        assertArrayEquals(new short[] {100, 200}, sound.samples());
        assertEquals(2, sound.length());
    }

    @Test
    void bothLawsAreReadyToBeSent() {
        // Sound's contract: encoded once and shared.
        Sound sound = Sound.tone(440, Duration.ofMillis(20), -10);
        assertArrayEquals(G711.PCMU.encode(sound.samples()), sound.ulaw());
        assertArrayEquals(G711.PCMA.encode(sound.samples()), sound.alaw());
        assertSame(sound.ulaw(), sound.encoded(G711.PCMU));
        assertSame(sound.alaw(), sound.encoded(G711.PCMA));
    }

    @Test
    void aToneHasTheLengthAndLevelAskedFor() {
        // 8 kHz; 0 dBFS is the loudest sine, so -20 dBFS peaks at a tenth of it.
        Sound sound = Sound.tone(1000, Duration.ofMillis(500), -20);
        assertEquals(4000, sound.length());
        int peak = 0;
        for (short sample : sound.samples()) {
            peak = Math.max(peak, Math.abs(sample));
        }
        assertEquals(3277, peak, 1);
    }

    @Test
    void whatCannotSoundIsRefused() {
        // Nyquist, and Sound's bound of an hour.
        assertThrows(IllegalArgumentException.class, () -> Sound.tone(4000, Duration.ofSeconds(1), -10));
        assertThrows(IllegalArgumentException.class, () -> Sound.tone(Double.NaN, Duration.ofSeconds(1), -10));
        assertThrows(IllegalArgumentException.class, () -> Sound.silence(Duration.ofHours(2)));
        assertThrows(IllegalArgumentException.class, () -> Sound.silence(Duration.ofMillis(-1)));
    }
}

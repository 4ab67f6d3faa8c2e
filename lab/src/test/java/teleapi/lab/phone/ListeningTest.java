package teleapi.lab.phone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import teleapi.media.Sound;

/** A phone that knows no tones names those that it hears. */
final class ListeningTest {
    @ParameterizedTest
    @ValueSource(ints = {250, 440, 500, 750, 900, 1_010, 2_530, 3_300})
    void anyToneIsNamedToTenHertz(int hertz) {
        // Listening: good to 10 Hz
        assertEquals(
                Set.of(hertz),
                heard(Sound.tone(hertz, Duration.ofMillis(100), -15).samples()).tones());
    }

    @Test
    void ringingAsInAmericaIsTwoTones() {
        // ITU-T E.180 supplement 2: 440 + 480 Hz
        assertEquals(Set.of(440, 480), heard(Sound.ringback("us").samples()).tones());
    }

    @Test
    void silenceIsNoSound() {
        // Hearing: otherSound is something that is no tone
        Hearing hearing = heard(new short[800]);
        assertTrue(hearing.tones().isEmpty() && !hearing.otherSound() && hearing.packets());
    }

    private static Hearing heard(short[] samples) {
        var listening = new Listening(List.of());
        assertTrue(listening.hear(samples, 800));
        return listening.hearing(0);
    }
}

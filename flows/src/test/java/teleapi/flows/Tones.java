package teleapi.flows;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import teleapi.media.Sound;

/**
 * Tones that many lives use, each made once.
 *
 * <pre>
 * Thread  any
 * </pre>
 */
final class Tones {
    private static final Map<Tone, Sound> MADE = new ConcurrentHashMap<>();

    private record Tone(int hertz, long millis, int dbfs) {}

    private Tones() {}

    static Sound of(int hertz, long millis, int dbfs) {
        return MADE.computeIfAbsent(
                new Tone(hertz, millis, dbfs),
                tone -> Sound.tone(tone.hertz(), Duration.ofMillis(tone.millis()), tone.dbfs()));
    }
}

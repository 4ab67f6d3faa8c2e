package teleapi.media.dtmf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import teleapi.media.codec.G711;
import teleapi.media.speech.InstalledSpeech;
import teleapi.media.speech.Talker;

/** Speech is no key, and a key in the middle of speech is one. */
final class TalkOffTest {
    private static final long HOUR = 3_600L * 8_000;

    private static List<Character> keysIn(short[] samples) {
        List<Character> keys = new ArrayList<>();
        new KeyDetector(key -> keys.add(key.digit())).hear(samples, 0, samples.length);
        return keys;
    }

    private static short[] overTheLine(G711 law, short[] samples) {
        return law.decode(law.encode(samples));
    }

    @Test
    void anHourOfSpeechHasNoKey() {
        // Issue 4: talk-off against an hour of speech. Each sentence is another one, and comes over both laws.
        List<Talker> talkers = Talker.installed();
        Sayings sayings = new Sayings(60);
        long samples = 0;
        List<String> found = new ArrayList<>();
        for (int i = 0; samples < HOUR; i++) {
            Talker talker = talkers.get(i % talkers.size());
            String text = sayings.next(24);
            short[] said = talker.says(text).samples();
            samples += said.length;
            for (G711 law : G711.values()) {
                List<Character> keys = keysIn(overTheLine(law, said));
                if (!keys.isEmpty()) {
                    found.add(keys + " in what " + talker + " says over " + law + ": " + text);
                }
            }
        }
        assertEquals(List.of(), found);
    }

    @Test
    void aKeyIsHeardThoughSomebodySpeaksAroundIt() {
        // ITU-T Q.24: 40 ms are enough; whoever presses a key stops speaking into it, others in the room do not.
        short[] speech = InstalledSpeech.find("auto")
                .speak(new Sayings(1).next(12), "en-US", "man")
                .samples();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int at = 0;
        StringBuilder pressed = new StringBuilder();
        for (char key : "147*2580369#".toCharArray()) {
            line.writeBytes(G711.PCMU.encode(java.util.Arrays.copyOfRange(speech, at, at + 4_000)));
            short[] tone = KeyTone.samples(Key.of(key).orElseThrow(), 320);
            for (int i = 0; i < tone.length; i++) {
                // 26 dB below: the others in the room.
                tone[i] = (short) Math.clamp(tone[i] + speech[at + 4_000 + i] / 20, Short.MIN_VALUE, Short.MAX_VALUE);
            }
            line.writeBytes(G711.PCMU.encode(tone));
            at += 4_000 + tone.length;
            pressed.append(key);
        }
        List<Character> keys = keysIn(G711.PCMU.decode(line.toByteArray()));
        StringBuilder heard = new StringBuilder();
        keys.forEach(heard::append);
        assertEquals(pressed.toString(), heard.toString());
    }
}

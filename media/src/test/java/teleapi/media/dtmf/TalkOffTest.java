package teleapi.media.dtmf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import teleapi.media.Sound;
import teleapi.media.codec.G711;
import teleapi.media.speech.InstalledSpeech;

/** Speech is no key, and a key in the middle of speech is one. */
final class TalkOffTest {
    /** Sentences with all sounds of the language (Harvard sentences, IEEE 1969, lists 1 to 3, public domain), and digits, which are said most. */
    private static final List<String> SENTENCES = List.of(
            "The birch canoe slid on the smooth planks. Glue the sheet to the dark blue background."
                    + " It is easy to tell the depth of a well. These days a chicken leg is a rare dish."
                    + " Rice is often served in round bowls. The juice of lemons makes fine punch."
                    + " The box was thrown beside the parked truck. The hogs were fed chopped corn and garbage.",
            "Four hours of steady work faced us. A large size in stockings is hard to sell."
                    + " The boy was there when the sun rose. A rod is used to catch pink salmon."
                    + " The source of the huge river is the clear spring. Kick the ball straight and follow through."
                    + " Help the woman get back to her feet. A pot of tea helps to pass the evening.",
            "Smoky fires lack flame and heat. The soft cushion broke the man's fall."
                    + " The salt breeze came across from the sea. The girl at the booth sold fifty bonds."
                    + " The small pup gnawed a hole in the sock. The fish twisted and turned on the bent hook."
                    + " Press the pants and sew a button on the vest. The swan dive was far short of perfect.",
            "One two three four five six seven eight nine zero. My number is five five five, oh one oh oh, yes,"
                    + " nine nine nine, eight eight, seven seven seven. Ooh, aah, eeh, la la la, mama, no no no.");

    private static List<Character> keysIn(short[] samples) {
        List<Character> keys = new ArrayList<>();
        new KeyDetector(key -> keys.add(key.digit())).hear(samples, 0, samples.length);
        return keys;
    }

    private static short[] overTheLine(G711 law, short[] samples) {
        return law.decode(law.encode(samples));
    }

    @Test
    void minutesOfSpeechHaveNoKey() {
        // Issue 4: talk-off. Men's and women's voices, both laws.
        InstalledSpeech speech = InstalledSpeech.find("auto");
        long samples = 0;
        for (String voice : List.of("man", "woman")) {
            for (String text : SENTENCES) {
                Sound sound = speech.speak(text, "en-US", voice);
                samples += sound.length();
                for (G711 law : G711.values()) {
                    assertEquals(List.of(), keysIn(overTheLine(law, sound.samples())), voice + ": " + text);
                }
            }
        }
        long seconds = samples / 8_000;
        assertTrue(seconds > 120, () -> "only " + seconds + " s of speech");
    }

    @Test
    void aKeyIsHeardThoughSomebodySpeaksAroundIt() {
        // ITU-T Q.24: 40 ms are enough; whoever presses a key stops speaking into it, others in the room do not.
        short[] speech = InstalledSpeech.find("auto")
                .speak(SENTENCES.getFirst(), "en-US", "man")
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

package teleapi.media.speech;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import teleapi.media.Sound;
import teleapi.media.SoundException;

final class InstalledSpeechTest {
    private static final String WRITES_WAV =
            "/bin/cat > DIR/heard\necho \"$@\" > DIR/words\nfor last; do :; done\n/bin/cp DIR/canned.wav \"$last\"\n";
    private static final String LISTS = "if [ \"$1\" = --voices ]; then printf 'Pty Language\\n"
            + " 5  de  --/M  German  gmw/de\\n"
            + " 5  fr-fr  --/M  F  f\\n"
            + "'; exit 0; fi\n";

    @TempDir
    Path folder;

    @BeforeEach
    void cannedSound() throws IOException {
        ByteBuffer wav = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(40)
                .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16);
        wav.putShort((short) 1)
                .putShort((short) 1)
                .putInt(8000)
                .putInt(16_000)
                .putShort((short) 2)
                .putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII))
                .putInt(4)
                .putShort((short) 11)
                .putShort((short) 22)
                .flip();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (wav.hasRemaining()) {
            bytes.write(wav.get());
        }
        Files.write(folder.resolve("canned.wav"), bytes.toByteArray());
    }

    @Test
    void freeTtsSpeaksWhereNothingIsInstalled() {
        // FreeTTS comes with us: there is always a voice.
        InstalledSpeech speech = InstalledSpeech.find("auto", "");
        assertEquals("freetts", speech.name());
        Sound first = speech.speak("Please hold the line.", "en-US", "man");
        assertTrue(first.length() > 8_000 && first.length() < 40_000, "samples: " + first.length());
        int peak = 0;
        for (short sample : first.samples()) {
            peak = Math.max(peak, Math.abs(sample));
        }
        assertTrue(peak > 3_000, "peak " + peak);
        assertArrayEquals(
                first.samples(),
                speech.speak("Please hold the line.", "en-US", "man").samples(),
                "a voice is used again");
        assertTrue(
                speech.speak("Bitte warten.", "de", "woman").length() > 4_000, "a foreign text is read all the same");
    }

    @Test
    void theTextGoesByStdinAndNeverOnTheCommandLine() throws IOException {
        // A text is a stranger's: -o /etc/passwd must stay words, and ps must not show it.
        install("flite", WRITES_WAV);
        Sound sound = InstalledSpeech.find("auto", folder.toString())
                .speak("-o /etc/passwd\n$(reboot) \u00fc", "en", "http://evil/voice");
        assertArrayEquals(new short[] {11, 22}, sound.samples());
        assertEquals("-o /etc/passwd $(reboot) \u00fc", Files.readString(folder.resolve("heard")));
        String words = Files.readString(folder.resolve("words"));
        assertTrue(words.startsWith("-voice rms -f /dev/stdin -o /"), words);
        Path result = Path.of(words.strip().substring(words.lastIndexOf(' ') + 1));
        assertFalse(Files.exists(result), "the file of the result is deleted");
    }

    @Test
    void theLanguageChoosesTheEngine() throws IOException {
        // English: flite first; what espeak-ng lists: espeak-ng; nobody's: an English voice.
        install("flite", WRITES_WAV);
        install("espeak-ng", LISTS + WRITES_WAV);
        InstalledSpeech speech = InstalledSpeech.find("auto", folder.toString());
        assertEquals("flite, espeak-ng, freetts", speech.name());
        assertWords(speech, "en-GB", "man", "-voice awb");
        assertWords(speech, "de-AT", "woman", "-v de+f3 ");
        assertWords(speech, "fr", "man", "-v fr-fr+m3 ");
        assertWords(speech, "bf", "man", "-v fr-fr+m3 ");
        assertWords(speech, "sw", "woman", "-voice slt");
        assertWords(speech, "../../etc/x", "man", "-voice rms");
    }

    @Test
    void thePreferredEngineComesFirst() throws IOException {
        // Configuration decides among those that speak the language.
        install("flite", WRITES_WAV);
        assertEquals(
                "freetts, flite",
                InstalledSpeech.find("FreeTTS", folder.toString()).name());
        assertEquals(
                "flite, freetts",
                InstalledSpeech.find("espeak-ng", folder.toString()).name(),
                "what is not there cannot come first");
    }

    @Test
    void anEngineThatFailsIsFollowedByTheNext() throws IOException {
        // A broken installation must not silence calls.
        install("flite", "exit 3\n");
        install("espeak-ng", "exit 1\n");
        InstalledSpeech speech = InstalledSpeech.find("auto", folder.toString());
        assertEquals("flite, freetts", speech.name(), "espeak-ng without voices is not there");
        assertTrue(speech.speak("Hello", "en", "man").length() > 2_000);
    }

    @Test
    void aProgramThatFailsSaysWhy() throws IOException {
        // SoundException: the reason, for the log.
        assertReason(
                "status 3",
                Duration.ofSeconds(20),
                List.of(install("failing", "exit 3\n").toString()));
        assertReason(
                "could not be run",
                Duration.ofSeconds(20),
                List.of(folder.resolve("missing").toString()));
        assertReason("within PT0.1S", Duration.ofMillis(100), List.of("/bin/sleep", "60"));
    }

    @Test
    void textsAreBoundedAndClean() {
        // 4,096 characters; control characters are no text.
        assertEquals("a b c", SpokenText.clean(" a\0b\u0007c\n"));
        assertEquals("\ud83d\ude00", SpokenText.clean("\ud83d\ude00\ud83d"));
        assertThrows(SoundException.class, () -> SpokenText.clean("x".repeat(4097)));
        assertThrows(SoundException.class, () -> SpokenText.clean(" \n\t"));
        assertEquals(4096, SpokenText.clean("x".repeat(4096)).length());
    }

    @Test
    void languageTagsAreSafeWords() {
        // BCP 47, and the short codes of old documents; nothing else reaches a command line.
        assertEquals("en-gb", Language.of("en_GB").tag());
        assertEquals("pt-br", Language.of("bp").tag());
        assertEquals("da", Language.of("dan").tag());
        for (String odd : new String[] {"", "x", "-w", "en us", "en;ls", "../de", "d\u00e9", "a".repeat(36)}) {
            assertEquals(Language.ENGLISH, Language.of(odd), odd);
        }
    }

    private void assertWords(InstalledSpeech speech, String language, String voice, String start) throws IOException {
        speech.speak("Hello", language, voice);
        String words = Files.readString(folder.resolve("words"));
        assertTrue(words.startsWith(start), words);
    }

    private static void assertReason(String part, Duration limit, List<String> command) {
        SoundException failed = assertThrows(SoundException.class, () -> Program.run(command, "text", limit));
        assertTrue(String.valueOf(failed.getMessage()).contains(part), failed::toString);
    }

    private Path install(String name, String script) throws IOException {
        Path program = folder.resolve(name);
        Files.writeString(program, "#!/bin/sh\n" + script.replace("DIR", folder.toString()));
        assertTrue(program.toFile().setExecutable(true));
        return program;
    }
}

package teleapi.media.speech;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import teleapi.media.SoundException;
import teleapi.media.codec.G711;

/** The recogniser as it is installed, and as a program that misbehaves. */
final class PocketSphinxTest {
    private static final List<String> HINTS = List.of("Yes", "no", "operator", "the sales department", "route 66");
    private static final Expected MENU = new Expected("en-US", HINTS, false);
    private static final String DICTIONARY = "no N OW\nno(2) N AA\nyes Y EH S\ndon't D OW N T\n";

    @TempDir
    Path folder = Path.of("");

    private static Recogniser installed() {
        return InstalledRecogniser.find("auto")
                .orElseThrow(() -> new AssertionError("install pocketsphinx and pocketsphinx-en-us"));
    }

    /** What a speech engine says, as a telephone line passes it on. */
    private static short[] said(String text) {
        short[] samples =
                InstalledSpeech.find("auto").speak(text, "en-US", "man").samples();
        return G711.PCMU.decode(G711.PCMU.encode(samples));
    }

    @Test
    void whatIsSaidIsRecognisedAmongTheHints() {
        // Issue 4: what is said is recognised over G.711 within a small grammar.
        for (String hint : HINTS) {
            Heard heard = installed().recognise(said(hint.replace("66", "six six")), MENU);
            assertEquals(hint, heard.text());
            assertTrue(heard.confidence() > 0.5, () -> hint + " " + heard.confidence());
        }
    }

    @Test
    void whatIsNotAmongTheHintsIsHardlyBelieved() {
        // TwiML Confidence: a grammar always finds something.
        for (String other : List.of("what time is it", "a large pizza with cheese please")) {
            Heard heard = installed().recognise(said(other), MENU);
            assertTrue(heard.text().isEmpty() || heard.confidence() < 0.5, () -> other + " is " + heard);
        }
    }

    @Test
    void aHintCannotSayAnythingToTheProgram() throws IOException {
        // Hints are a stranger's: letters and apostrophes reach its files, and only words that the dictionary has.
        Path dictionary = Files.writeString(folder.resolve("dictionary"), DICTIONARY);
        HintGrammar grammar = HintGrammar.of(
                List.of("No; #include </etc/passwd>", "yes | <hint>", "don't!", "NO", "nö", "xyzzy", "..."),
                dictionary);
        assertEquals("#JSGF V1.0;\ngrammar speech;\npublic <hint> = don't | no;\n", grammar.grammar());
        assertEquals("NO", grammar.phrase("no"));
        assertEquals("don't!", grammar.phrase("don't"));
        assertEquals("", grammar.phrase("yes hint"));
        assertTrue(grammar.dictionary().startsWith("don't D OW N T\n")
                || grammar.dictionary().startsWith("no N OW\nno(2) N AA\n"));
        assertTrue(HintGrammar.of(List.of("xyzzy"), dictionary).empty());
    }

    @Test
    void aProgramThatFailsOrSaysNonsenseIsAReasonOrNothing() throws IOException {
        // Issue 4: dying mid-way. SoundException: the reason, for the notification.
        assertTrue(String.valueOf(assertThrows(
                                SoundException.class, () -> program("exit 3").recognise(new short[800], yes()))
                        .getMessage())
                .contains("status 3"));
        assertTrue(String.valueOf(assertThrows(
                                SoundException.class,
                                () -> program("kill -9 $$").recognise(new short[800], yes()))
                        .getMessage())
                .contains("status 137"));
        for (String nonsense : List.of("", "yes", "(", "yes (text abc)", "maybe (text -5)")) {
            assertEquals(
                    Heard.NOTHING,
                    program("for last; do :; done\nwhile [ \"$1\" != -hyp ]; do shift; done\necho '" + nonsense
                                    + "' > \"$2\"")
                            .recognise(new short[800], yes()),
                    nonsense);
        }
        assertThrows(
                SoundException.class,
                () -> program("exit 0").recognise(new short[800], new Expected("en", List.of("xyzzy"), false)));
    }

    @Test
    void itIsThereWhenProgramAndModelAre() throws IOException {
        // Settings: auto is what is installed; none is none.
        assertEquals(Optional.empty(), InstalledRecogniser.find("none"));
        assertEquals(Optional.empty(), InstalledRecogniser.find("auto", folder.toString()));
        assertEquals(Optional.empty(), PocketSphinx.of(folder, Optional.empty(), folder.resolve("missing")));
        Recogniser there = program("exit 0");
        assertTrue(there.understands("en-GB"));
        assertFalse(there.understands("fr-FR"));
    }

    @Test
    void theSoundIsDoubledInRateAndNotInPitch() {
        // Its model is of 16 kHz.
        short[] tone = teleapi.media.Sound.tone(1000, java.time.Duration.ofMillis(100), -6)
                .samples();
        short[] doubled = PocketSphinx.twice(tone);
        short[] wanted = new short[doubled.length];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = (short) Math.round(Short.MAX_VALUE * Math.pow(10, -6 / 20.0) * Math.sin(Math.PI * i / 8));
        }
        for (int i = 40; i < doubled.length - 40; i++) {
            assertEquals(wanted[i], doubled[i], 60, "sample " + i);
        }
    }

    private static Expected yes() {
        return new Expected("en-US", List.of("yes"), false);
    }

    private Recogniser program(String script) throws IOException {
        Path dictionary = Files.writeString(folder.resolve("dictionary"), DICTIONARY);
        Path program = folder.resolve("pocketsphinx_batch");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return PocketSphinx.of(program, Optional.empty(), dictionary).orElseThrow();
    }
}

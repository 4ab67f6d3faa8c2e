package teleapi.media.speech;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Hints as a grammar, and how their words sound.
 *
 * <p>Hints come from strangers: of them only letters and apostrophes reach the files of a recogniser.
 *
 * <pre>
 * Shape   a hint with a word that the dictionary does not know is left out; digits are read one by one
 * Source  JSpeech Grammar Format (W3C note, 2000)
 * </pre>
 *
 * @param phrases as the recogniser says them, and as the hints have them
 * @param dictionary lines of word and phones
 */
record HintGrammar(Map<String, String> phrases, String dictionary) {
    private static final List<String> DIGITS =
            List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");

    /** Of the dictionary: ARPAbet without stress. */
    private static final List<String> PHONES = List.of(
            "AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH"
                    .split(" ", -1));

    /** {@code dictionary} is a file of lines such as {@code read(2) R IY D}. */
    static HintGrammar of(List<String> hints, Path dictionary) throws IOException {
        Map<String, String> said = new LinkedHashMap<>();
        for (String hint : hints) {
            said.putIfAbsent(said(hint), hint);
        }
        said.remove("");
        Map<String, String> sounds = look(words(said.keySet()), dictionary);
        said.keySet().removeIf(phrase -> !sounds.keySet().containsAll(words(Set.of(phrase))));
        String known = String.join("", sounds.values())
                + PHONES.stream().map(phone -> word(phone) + " " + phone + "\n").collect(Collectors.joining());
        return new HintGrammar(said, known);
    }

    boolean empty() {
        return phrases.isEmpty();
    }

    /** The phrases as a grammar. */
    String grammar() {
        return grammar("public <hint> = " + String.join(" | ", phrases.keySet()) + ";");
    }

    /** Any sound of the language, as a grammar. */
    static String phones() {
        return grammar(
                "public <any> = (" + PHONES.stream().map(HintGrammar::word).collect(Collectors.joining(" | ")) + ")+;");
    }

    /** The hint that was recognised; empty when it is none. */
    String phrase(String recognised) {
        return phrases.getOrDefault(recognised, "");
    }

    private static String grammar(String rule) {
        return "#JSGF V1.0;\ngrammar speech;\n" + rule + "\n";
    }

    private static String word(String phone) {
        return "_" + phone + "_";
    }

    /** Lower-case words of letters and apostrophes with a space between. */
    private static String said(String hint) {
        StringBuilder words = new StringBuilder();
        for (char c : hint.toLowerCase(Locale.ROOT).toCharArray()) {
            if (c >= '0' && c <= '9') {
                words.append(' ').append(DIGITS.get(c - '0')).append(' ');
            } else if ((c >= 'a' && c <= 'z') || c == '\'') {
                words.append(c);
            } else if (c != '.') {
                words.append(Character.isLetter(c) ? "'" : " ");
            }
        }
        return words.toString().strip().replaceAll(" +", " ");
    }

    private static Set<String> words(Set<String> phrases) {
        Set<String> words = new TreeSet<>();
        phrases.forEach(phrase -> words.addAll(List.of(phrase.split(" ", -1))));
        return words;
    }

    /** The dictionary's lines of these words; it has 134,000, so it is read and not kept. */
    private static Map<String, String> look(Set<String> words, Path dictionary) throws IOException {
        Map<String, String> found = new LinkedHashMap<>();
        try (BufferedReader lines = Files.newBufferedReader(dictionary, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int space = line.indexOf(' ');
                int variant = line.indexOf('(');
                int end = variant > 0 && variant < space ? variant : space;
                if (end > 0 && words.contains(line.substring(0, end))) {
                    found.merge(line.substring(0, end), line + "\n", String::concat);
                }
            }
        }
        return found;
    }
}

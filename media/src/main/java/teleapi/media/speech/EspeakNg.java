package teleapi.media.speech;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import teleapi.media.Sound;
import teleapi.media.SoundException;

/**
 * espeak-ng as a process (it is under the GPL): many languages.
 *
 * @param languages the tags it told us
 */
record EspeakNg(Path program, Set<String> languages) implements Speaker {
    EspeakNg {
        languages = Set.copyOf(languages);
    }

    /** Empty when it is there but does not work, for want of its files, say. */
    static Optional<EspeakNg> of(Path program) {
        try {
            String list = new String(Program.run(List.of(program.toString(), "--voices"), ""), StandardCharsets.UTF_8);
            // Lines such as " 5  af   --/M   Afrikaans   gmw/af", after a heading.
            Set<String> languages = list.lines()
                    .skip(1)
                    .map(line -> line.strip().split(" +", 3))
                    .filter(words -> words.length == 3)
                    .map(words -> words[1])
                    .collect(Collectors.toSet());
            return languages.isEmpty() ? Optional.empty() : Optional.of(new EspeakNg(program, languages));
        } catch (SoundException broken) {
            return Optional.empty();
        }
    }

    @Override
    public String name() {
        return "espeak-ng";
    }

    @Override
    public boolean speaks(Language language) {
        return voice(language).isPresent();
    }

    @Override
    public Sound say(String text, Language language, String voice) {
        String spoken = voice(language).orElse("en-us");
        // The variants of its own that sound least odd.
        String variant = voice.equals("woman") ? "+f3" : "+m3";
        return Sound.wav(Program.run(
                List.of(
                        program.toString(),
                        "-v",
                        spoken + variant,
                        "-s",
                        "150",
                        "-b",
                        "1",
                        "--stdin",
                        "-w",
                        Program.OUT),
                text));
    }

    /** The tag itself, else its language without region, else a region of it that there is. */
    private Optional<String> voice(Language language) {
        String primary = language.primary();
        if (languages.contains(language.tag())) {
            return Optional.of(language.tag());
        }
        if (languages.contains(primary)) {
            return Optional.of(primary);
        }
        return switch (primary) {
            case "en" -> only("en-us");
            case "fr" -> only("fr-fr");
            case "zh" -> only("cmn");
            case "no" -> only("nb");
            default ->
                languages.stream()
                        .filter(tag -> tag.startsWith(primary + "-"))
                        .sorted()
                        .findFirst();
        };
    }

    private Optional<String> only(String tag) {
        return languages.contains(tag) ? Optional.of(tag) : Optional.empty();
    }
}

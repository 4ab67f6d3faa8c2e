package teleapi.media.speech;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import teleapi.media.Sound;
import teleapi.media.SoundException;

/**
 * The engines found on this machine as one: each text goes to the best that speaks its language.
 *
 * <pre>
 * Shape   English: flite, espeak-ng, FreeTTS, in this order; other languages: espeak-ng. A language nobody speaks is read by an English voice:
 *         the caller hears something. The engine asked for by configuration comes first for what it speaks
 * Thread  any; it takes its time: call it only from work started with World.start
 * Errors  SoundException with the reason; an engine that fails is followed by the next
 * Source  measured: flite is understood best, espeak-ng has most languages, FreeTTS needs no installation
 * </pre>
 */
public final class InstalledSpeech implements SpeechEngine {
    private final List<Speaker> speakers;

    InstalledSpeech(List<Speaker> speakers) {
        this.speakers = List.copyOf(speakers);
    }

    /**
     * Looks on the PATH; runs a program to ask it for its languages.
     *
     * @param preferred flite, espeak-ng or freetts, to come first; anything else (auto): the best for each language
     */
    public static InstalledSpeech find(String preferred) {
        return find(preferred, Optional.ofNullable(System.getenv("PATH")).orElse(""));
    }

    static InstalledSpeech find(String preferred, String path) {
        List<Speaker> found = new ArrayList<>();
        Program.find("flite", path).ifPresent(program -> found.add(new Flite(program)));
        Program.find("espeak-ng", path).flatMap(EspeakNg::of).ifPresent(found::add);
        found.add(new FreeTts());
        String wanted = preferred.toLowerCase(Locale.ROOT);
        List<Speaker> ordered = new ArrayList<>(
                found.stream().filter(speaker -> speaker.name().equals(wanted)).toList());
        found.stream().filter(speaker -> !speaker.name().equals(wanted)).forEach(ordered::add);
        return new InstalledSpeech(ordered);
    }

    @Override
    public Sound speak(String text, String language, String voice) throws SoundException {
        String clean = SpokenText.clean(text);
        Language tongue = Language.of(language);
        SoundException last = new SoundException("no engine speaks");
        for (Speaker speaker : inOrder(tongue)) {
            try {
                return speaker.say(clean, tongue, voice);
            } catch (SoundException failed) {
                last = failed;
            }
        }
        throw last;
    }

    /** Those who speak the language, then the others. */
    private List<Speaker> inOrder(Language language) {
        List<Speaker> ordered = new ArrayList<>(
                speakers.stream().filter(speaker -> speaker.speaks(language)).toList());
        speakers.stream().filter(speaker -> !speaker.speaks(language)).forEach(ordered::add);
        return ordered;
    }

    /** Whether this engine was found. */
    public boolean has(String engine) {
        return speakers.stream().anyMatch(speaker -> speaker.name().equals(engine));
    }

    @Override
    public String name() {
        return speakers.stream().map(Speaker::name).collect(Collectors.joining(", "));
    }
}

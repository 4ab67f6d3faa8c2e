package teleapi.rcml;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a Gather understands speech.
 *
 * @param language a BCP 47 tag
 * @param hints the phrases that are expected; empty: anything
 * @param pause so long a silence ends what is said
 * @param partialResultCallback who is told what has been understood so far; empty: nobody
 */
public record SpeechTerms(
        String language,
        List<String> hints,
        Duration pause,
        Optional<String> partialResultCallback,
        HttpMethod partialResultCallbackMethod) {
    public static final String DEFAULT_LANGUAGE = "en-US";
    /** What {@code speechTimeout="auto"} is: longer than the pauses between words. */
    public static final Duration AUTO = Duration.ofSeconds(1);

    public static final int MAX_HINTS = 500;
    public static final int MAX_HINT = 100;

    /** A timeout of nothing would end speech at its first syllable. */
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);

    public SpeechTerms {
        Checked.length("language of Gather", language, 1, Say.MAX_LANGUAGE);
        Checked.range("number of hints of Gather", hints.size(), 0, MAX_HINTS);
        hints.forEach(hint -> Checked.length("hint of Gather", hint, 1, MAX_HINT));
        hints = List.copyOf(hints);
    }

    /** {@code timeout} of the Gather is also the pause that ends speech, unless it has one of its own. */
    static SpeechTerms read(Attributes attributes, Duration timeout) {
        String language = attributes.text(
                "language",
                DEFAULT_LANGUAGE,
                l -> Texts.word(l, Say.MAX_LANGUAGE),
                "a language tag",
                RcmlCode.GATHER_VALUE);
        String most = Long.toString(Gather.MAX_TIMEOUT.toSeconds());
        Duration pause = attributes
                .text(
                        "speechTimeout",
                        text -> text.equalsIgnoreCase("auto") || seconds(text).isPresent(),
                        "auto or seconds from 1 to " + most,
                        RcmlCode.GATHER_TIMEOUT)
                .map(text -> seconds(text).orElse(AUTO))
                .orElse(timeout);
        List<String> hints = attributes
                .text("hints", SpeechTerms::fits, rule(), RcmlCode.GATHER_VALUE)
                .map(SpeechTerms::phrases)
                .orElse(List.of());
        // Models of services elsewhere: here is the one recogniser that is installed, and it says what was said.
        attributes.text("speechModel", text -> Texts.word(text, MAX_HINT), "a name", RcmlCode.GATHER_VALUE);
        attributes.flag("enhanced", false, RcmlCode.GATHER_VALUE);
        attributes.flag("profanityFilter", true, RcmlCode.GATHER_VALUE);
        attributes.flag("debug", false, RcmlCode.GATHER_VALUE);
        return new SpeechTerms(
                language,
                hints,
                pause.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : pause,
                attributes.url("partialResultCallback", RcmlCode.GATHER_VALUE),
                attributes.method("partialResultCallbackMethod", RcmlCode.GATHER_METHOD));
    }

    private static Optional<Duration> seconds(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits
                ? Optional.of(Duration.ofSeconds(Integer.parseInt(text)))
                        .filter(length -> !length.isZero() && length.compareTo(Gather.MAX_TIMEOUT) <= 0)
                : Optional.empty();
    }

    private static String rule() {
        return "at most " + MAX_HINTS + " phrases of at most " + MAX_HINT + " characters with commas between";
    }

    private static boolean fits(String text) {
        List<String> phrases = phrases(text);
        return phrases.size() <= MAX_HINTS && phrases.stream().allMatch(phrase -> phrase.length() <= MAX_HINT);
    }

    private static List<String> phrases(String text) {
        List<String> phrases = new ArrayList<>();
        for (String phrase : text.split(",", -1)) {
            String clean = phrase.strip();
            if (!clean.isEmpty() && !phrases.contains(clean)) {
                phrases.add(clean);
            }
        }
        return phrases;
    }
}

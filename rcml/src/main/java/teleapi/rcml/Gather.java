package teleapi.rcml;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Collects digits or speech, and plays prompts meanwhile.
 *
 * @param action where the input goes; empty means the document's own URL
 * @param timeout how long to wait for the next digit or the beginning of speech, after the prompts
 * @param finishOnKey the key that ends the input; empty text means none
 * @param numDigits the count that ends the input; empty means no such count
 * @param startInputKey the keys that begin the input; others before them are as if not pressed
 * @param actionOnEmptyResult whether the action is requested also when nothing came
 * @param dtmf whether digits are collected; if not, finishOnKey still ends what is said
 * @param speech how speech is understood; empty: it is not listened for
 * @param bargeIn whether a key or speech cuts the prompts; if not, keys typed meanwhile are kept
 */
public record Gather(
        Position position,
        Optional<String> action,
        HttpMethod method,
        Duration timeout,
        String finishOnKey,
        OptionalInt numDigits,
        String startInputKey,
        boolean actionOnEmptyResult,
        boolean dtmf,
        Optional<SpeechTerms> speech,
        boolean bargeIn,
        List<Prompt> prompts)
        implements Verb {
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);
    public static final Duration MAX_TIMEOUT = Duration.ofMinutes(10);
    public static final String DEFAULT_FINISH_ON_KEY = "#";
    /** Also the most digits that one Gather keeps when numDigits is not given. */
    public static final int MAX_DIGITS = 255;

    /** All that a phone has. */
    static final String KEYS = "0123456789*#";

    public Gather {
        Checked.range("timeout of Gather", timeout, 0, MAX_TIMEOUT);
        Checked.length("finishOnKey of Gather", finishOnKey, 0, 1);
        Checked.length("startInputKey of Gather", startInputKey, 1, KEYS.length());
        if (numDigits.isPresent()) {
            Checked.range("numDigits of Gather", numDigits.getAsInt(), 1, MAX_DIGITS);
        }
        if (!dtmf && speech.isEmpty()) {
            throw new IllegalArgumentException("a Gather of nothing");
        }
        prompts = List.copyOf(prompts);
    }

    static Gather read(Element element, List<Prompt> prompts, Findings findings) {
        Attributes attributes = new Attributes(element, findings);
        String input = attributes.choice(
                "input", "dtmf", RcmlCode.GATHER_VALUE, "dtmf", "speech", "dtmf speech", "speech dtmf");
        String finishOnKey = attributes.text(
                "finishOnKey",
                DEFAULT_FINISH_ON_KEY,
                k -> k.isEmpty() || (k.length() == 1 && KEYS.contains(k)),
                "one of " + KEYS + " or empty",
                RcmlCode.GATHER_FINISH_ON_KEY);
        OptionalInt numDigits = attributes.integer("numDigits", 1, MAX_DIGITS, RcmlCode.GATHER_NUM_DIGITS);
        String startInputKey = attributes.text(
                "startInputKey",
                KEYS,
                k -> !k.isEmpty() && k.length() <= KEYS.length() && k.chars().allMatch(c -> KEYS.indexOf(c) >= 0),
                "keys of " + KEYS,
                RcmlCode.GATHER_VALUE);
        Duration timeout = attributes.seconds("timeout", 0, MAX_TIMEOUT, DEFAULT_TIMEOUT, RcmlCode.GATHER_TIMEOUT);
        SpeechTerms speech = SpeechTerms.read(attributes, timeout);
        Gather gather = new Gather(
                element.position(),
                attributes.url("action", RcmlCode.GATHER_ACTION),
                attributes.method("method", RcmlCode.GATHER_METHOD),
                timeout,
                finishOnKey,
                numDigits,
                startInputKey,
                attributes.flag("actionOnEmptyResult", false, RcmlCode.GATHER_VALUE),
                input.contains("dtmf"),
                Optional.of(speech).filter(terms -> input.contains("speech")),
                attributes.flag("bargeIn", true, RcmlCode.GATHER_VALUE),
                prompts);
        attributes.rest();
        return gather;
    }
}

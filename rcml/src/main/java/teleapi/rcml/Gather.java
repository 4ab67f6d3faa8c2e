package teleapi.rcml;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Collects digits, and plays prompts meanwhile.
 *
 * @param action where the digits go; empty means the document's own URL
 * @param timeout how long to wait for the next digit, after the prompts
 * @param finishOnKey the key that ends the input; empty text means none
 * @param numDigits the count that ends the input; empty means no such count
 * @param startInputKey the keys that begin the input; others before them are as if not pressed
 * @param actionOnEmptyResult whether the action is requested also when no digit came
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
        prompts = List.copyOf(prompts);
    }
}

package teleapi.rcml;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Collects digits, and plays prompts meanwhile.
 *
 * @param action where the digits go; empty means the document's own URL
 * @param finishOnKey the key that ends the input; empty text means none
 * @param numDigits the count that ends the input; empty means no such count
 */
public record Gather(
        Position position,
        Optional<String> action,
        HttpMethod method,
        Duration timeout,
        String finishOnKey,
        OptionalInt numDigits,
        boolean actionOnEmptyResult,
        List<Prompt> prompts)
        implements Verb {}

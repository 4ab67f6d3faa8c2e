package teleapi.call.script;

import java.util.Map;
import java.util.Optional;
import teleapi.call.CallEvent;
import teleapi.media.MediaEvent;
import teleapi.rcml.Gather;
import teleapi.rcml.Prompt;

/**
 * One run of a Gather: prompts play until the first digit; the digits then go to the action.
 *
 * <pre>
 * Thread  the call's
 * Source  reference/restcomm.md 5.2
 * </pre>
 */
final class GatherExecution {
    private final Script script;
    private final Gather gather;
    private final String baseUrl;
    private final StringBuilder digits = new StringBuilder();

    GatherExecution(Script script, Gather gather, String baseUrl) {
        this.script = script;
        this.gather = gather;
        this.baseUrl = baseUrl;
    }

    Optional<Next> run() throws Interruption {
        script.listenForTones(true);
        try {
            collect();
        } finally {
            script.listenForTones(false);
        }
        if (digits.isEmpty() && !gather.actionOnEmptyResult()) {
            return Optional.empty();
        }
        return Optional.of(script.documents.go(
                gather.action().orElse(baseUrl), gather.method(), baseUrl, Map.of("Digits", digits.toString())));
    }

    private void collect() throws Interruption {
        for (Prompt prompt : gather.prompts()) {
            Optional<CallEvent> digit = script.prompts.play(prompt, baseUrl, this::counts);
            if (digit.isPresent()) {
                if (ends(digit.get())) {
                    return;
                }
                break;
            }
        }
        while (true) {
            Optional<CallEvent> digit = script.prompts.silence(script.time.after(gather.timeout()), this::counts);
            if (digit.isEmpty() || ends(digit.get())) {
                return;
            }
        }
    }

    /** Takes a digit; true when it was the last. */
    private boolean ends(CallEvent event) {
        if (!(event instanceof CallEvent.MediaHappened(MediaEvent.DigitPressed(char digit)))) {
            return false;
        }
        if (gather.finishOnKey().indexOf(digit) >= 0) {
            return true;
        }
        digits.append(digit);
        return digits.length() >= gather.numDigits().orElse(Gather.MAX_DIGITS);
    }

    /** The first key has to be one that begins the input, or ends it. */
    private boolean counts(CallEvent event) {
        return event instanceof CallEvent.MediaHappened(MediaEvent.DigitPressed(char digit))
                && (!digits.isEmpty()
                        || gather.startInputKey().indexOf(digit) >= 0
                        || gather.finishOnKey().indexOf(digit) >= 0);
    }
}

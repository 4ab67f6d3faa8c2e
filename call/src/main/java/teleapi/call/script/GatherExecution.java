package teleapi.call.script;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import teleapi.call.CallEvent;
import teleapi.media.MediaEvent;
import teleapi.media.speech.Heard;
import teleapi.media.speech.Recognition;
import teleapi.rcml.Gather;
import teleapi.rcml.Prompt;
import teleapi.runtime.Deadline;

/**
 * One run of a Gather: prompts play until the first digit or the beginning of speech; the digits, or what was understood, then go to the action.
 *
 * <p>Whoever presses a key after all while speaking means the key. Without a recogniser, digits are all there is, also where they were not
 * asked for.
 *
 * <pre>
 * Thread  the call's
 * Source  reference/restcomm.md 5.2; ADR-0022
 * </pre>
 */
final class GatherExecution {
    private final Script script;
    private final Gather gather;
    private final String baseUrl;
    private final StringBuilder digits = new StringBuilder();
    private Optional<SpeechInput> speech;
    private final boolean takesDigits;
    private Optional<Heard> heard = Optional.empty();
    private boolean over;

    GatherExecution(Script script, Gather gather, String baseUrl) {
        this.script = script;
        this.gather = gather;
        this.baseUrl = baseUrl;
        this.speech = SpeechInput.of(script, gather, baseUrl);
        this.takesDigits = gather.dtmf() || speech.isEmpty();
    }

    Optional<Next> run() throws Interruption {
        script.listenForTones(true);
        try {
            if (gather.bargeIn()) {
                speech.ifPresent(SpeechInput::listen);
                collect(script.prompts);
            } else {
                collect(new Prompts(script, this::keep));
            }
        } finally {
            script.listenForTones(false);
            dropSpeech();
        }
        if (digits.isEmpty() && heard.isEmpty() && !gather.actionOnEmptyResult()) {
            return Optional.empty();
        }
        // restcomm.md 5.2: without an action the next verb; a document that came in a request has no URL of its own.
        String action = gather.action().orElse(baseUrl);
        return action.isEmpty()
                ? Optional.empty()
                : Optional.of(script.documents.go(action, gather.method(), baseUrl, parameters()));
    }

    private void collect(Prompts prompts) throws Interruption {
        for (Prompt prompt : gather.prompts()) {
            Optional<CallEvent> cut = prompts.play(prompt, baseUrl, gather.bargeIn() ? this::counts : event -> false);
            if (cut.isPresent()) {
                take(cut.get());
                break;
            }
        }
        if (!gather.bargeIn() && digits.isEmpty()) {
            speech.ifPresent(SpeechInput::listen);
        }
        while (!over) {
            Optional<CallEvent> event = script.prompts.silence(patience(), this::counts);
            event.ifPresentOrElse(this::take, () -> over = true);
        }
    }

    /** Until something has to come. Speech that has begun comes to an end by itself, and to a result. */
    private Deadline patience() {
        return speech.flatMap(SpeechInput::until).orElseGet(() -> script.time.after(gather.timeout()));
    }

    /** What comes while prompts have to be heard to their end. */
    private void keep(CallEvent event) {
        if (!over && counts(event)) {
            take(event);
        }
    }

    private void take(CallEvent event) {
        switch (event) {
            case CallEvent.MediaHappened(MediaEvent.DigitPressed(char digit)) -> take(digit);
            case CallEvent.MediaHappened happened -> speech.ifPresent(SpeechInput::began);
            case CallEvent.SpeechRecognised recognised -> take(recognised.outcome());
            default -> throw new IllegalStateException("a Gather does not want " + event);
        }
    }

    private void take(char digit) {
        boolean finishes = gather.finishOnKey().indexOf(digit) >= 0;
        if (finishes && digits.isEmpty() && speech.flatMap(SpeechInput::until).isPresent()) {
            speech.ifPresent(SpeechInput::finish);
            return;
        }
        dropSpeech();
        if (!finishes) {
            digits.append(digit);
        }
        over = finishes || digits.length() >= gather.numDigits().orElse(Gather.MAX_DIGITS);
    }

    private void take(Recognition.Outcome outcome) {
        dropSpeech();
        switch (outcome) {
            case Recognition.Outcome.Recognised(Heard understood) -> {
                heard = Optional.of(understood).filter(one -> !one.text().isEmpty());
                over = true;
            }
            case Recognition.Outcome.Failed(String reason) -> {
                SpeechInput.failed(script, gather, reason, baseUrl);
                over = !takesDigits;
            }
        }
    }

    private void dropSpeech() {
        speech.ifPresent(SpeechInput::drop);
        speech = Optional.empty();
    }

    private boolean counts(CallEvent event) {
        return event instanceof CallEvent.MediaHappened(MediaEvent.DigitPressed(char digit))
                ? counts(digit)
                : speech.filter(listening -> listening.concerns(event)).isPresent();
    }

    /** The first key has to be one that begins the input, or ends it. */
    private boolean counts(char digit) {
        boolean finishes = gather.finishOnKey().indexOf(digit) >= 0;
        return finishes
                || (takesDigits && (!digits.isEmpty() || gather.startInputKey().indexOf(digit) >= 0));
    }

    private Map<String, String> parameters() {
        var parameters = new LinkedHashMap<String, String>();
        if (heard.isPresent()) {
            SpeechInput.describe(heard.get(), parameters);
        } else {
            parameters.put("Digits", digits.toString());
        }
        return parameters;
    }
}

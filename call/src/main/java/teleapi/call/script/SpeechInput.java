package teleapi.call.script;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import teleapi.call.CallEvent;
import teleapi.call.webhook.Urls;
import teleapi.media.MediaEvent;
import teleapi.media.SpeechLimits;
import teleapi.media.speech.Dictation;
import teleapi.media.speech.Expected;
import teleapi.media.speech.Heard;
import teleapi.rcml.Gather;
import teleapi.rcml.SpeechTerms;
import teleapi.runtime.Deadline;

/**
 * What the party says while a Gather runs, until it has been recognised or is not wanted.
 *
 * <pre>
 * Shape   at most 60 s are heard, and 10 s waited for the recogniser; what it understands comes as SpeechRecognised
 * Thread  the call's
 * Source  reference/restcomm.md 5.2, 5.4; ADR-0022
 * </pre>
 */
final class SpeechInput {
    /** Speech was not recognised, by no fault of the one who spoke. */
    static final int NOT_RECOGNISED = 29610;

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Beyond what media loop and recogniser have promised. */
    private static final Duration SLACK = Duration.ofSeconds(5);

    private final Script script;
    private final SpeechTerms terms;
    private final Optional<PartialResults> partialResults;
    private final long number;
    private Optional<Dictation> dictation = Optional.empty();
    private Optional<Deadline> until = Optional.empty();

    private SpeechInput(Script script, SpeechTerms terms, String baseUrl) {
        this.script = script;
        this.terms = terms;
        this.number = script.nextId();
        this.partialResults = terms.partialResultCallback()
                .flatMap(url -> Urls.resolve(baseUrl, url))
                .map(url -> new PartialResults(script, terms.partialResultCallbackMethod(), url));
        if (terms.partialResultCallback().isPresent() && partialResults.isEmpty()) {
            script.notify(false, 11100, "partialResultCallback is no URL", baseUrl);
        }
    }

    /** Empty when speech is not asked for, or cannot be recognised, which is told. */
    static Optional<SpeechInput> of(Script script, Gather gather, String baseUrl) {
        if (gather.speech().isEmpty()) {
            return Optional.empty();
        }
        SpeechTerms terms = gather.speech().get();
        Optional<String> unable = script.equipment.recognition().unable(terms.language());
        unable.ifPresent(reason -> failed(script, gather, reason, baseUrl));
        return unable.isPresent() ? Optional.empty() : Optional.of(new SpeechInput(script, terms, baseUrl));
    }

    static void failed(Script script, Gather gather, String reason, String baseUrl) {
        String what = "speech is not recognised in Gather at " + gather.position() + ": ";
        script.notify(false, NOT_RECOGNISED, what + reason, baseUrl);
    }

    static void describe(Heard heard, Map<String, String> parameters) {
        parameters.put("SpeechResult", heard.text());
        parameters.put("Confidence", share(heard.confidence()));
    }

    /** From 0 to 1. */
    static String share(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }

    /** From now on. */
    void listen() {
        Dictation started = Dictation.start(
                script.equipment.world(),
                script.equipment.recognition(),
                new Expected(terms.language(), terms.hints(), partialResults.isPresent()),
                PATIENCE,
                heard -> partialResults.ifPresent(told -> told.tell(heard)),
                outcome -> script.call.post(new CallEvent.SpeechRecognised(number, outcome)));
        dictation = Optional.of(started);
        script.media().listenForUtterance(number, started, new SpeechLimits(terms.pause(), LONGEST));
    }

    /** Whether this is its beginning, or its result. */
    boolean concerns(CallEvent event) {
        return switch (event) {
            case CallEvent.MediaHappened(MediaEvent.UtteranceBegan(long utterance)) -> utterance == number;
            case CallEvent.SpeechRecognised recognised -> recognised.utterance() == number;
            default -> false;
        };
    }

    void began() {
        until = Optional.of(script.time.after(LONGEST.plus(PATIENCE).plus(SLACK)));
    }

    /** Once it has begun: when the result is there at the latest. */
    Optional<Deadline> until() {
        return until;
    }

    /** That was all; the result follows. */
    void finish() {
        script.media().endUtterance(number);
    }

    /** It is not wanted any more. */
    void drop() {
        partialResults.ifPresent(PartialResults::end);
        dictation.ifPresent(listening -> {
            listening.drop();
            script.media().endUtterance(number);
        });
    }
}

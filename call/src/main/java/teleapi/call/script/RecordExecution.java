package teleapi.call.script;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import teleapi.call.CallEvent;
import teleapi.call.webhook.Urls;
import teleapi.media.MediaEvent;
import teleapi.media.MessageTerms;
import teleapi.media.Sound;
import teleapi.media.Tracks;
import teleapi.rcml.Record;
import teleapi.runtime.Deadline;

/**
 * One run of a Record: a beep, then what the party says until it is silent, presses a key, has said enough, or is stopped by the API; then the
 * action. Cut off, the recording is kept and the action told of it all the same, also before it has begun, but nobody follows its answer.
 *
 * <pre>
 * Thread  the call's
 * Source  reference/restcomm.md 5.2 and 5.4; reference/peers.md part 6 "Interrupted verbs"; ADR-0014
 * </pre>
 */
final class RecordExecution {
    private static final String DIGITS = "Digits";

    private final Script script;
    private final Record record;
    private final String baseUrl;
    private final Recorder recorder;
    private final Optional<String> action;
    private Optional<String> digits = Optional.empty();

    RecordExecution(Script script, Record record, String baseUrl) {
        this.script = script;
        this.record = record;
        this.baseUrl = baseUrl;
        this.action = record.action().flatMap(url -> Urls.resolve(baseUrl, url));
        this.recorder = new Recorder(
                script,
                new Recorder.Terms(
                        "RecordVerb",
                        Tracks.SAID,
                        Optional.of(new MessageTerms(record.timeout(), record.maxLength(), record.trim()))),
                record.callback(),
                baseUrl);
        record.transcribe().ifPresent(how -> recorder.transcribed(new Transcribing(script, how, baseUrl)));
    }

    Optional<Next> run() throws Interruption {
        script.answer();
        script.owedOnRedirect(action.map(url -> record.method() + " " + url));
        try {
            if (record.playBeep()) {
                script.prompts.play(Sound.beep(), 1, event -> false);
            }
            listen();
            recorder.finish();
        } catch (Interruption interruption) {
            report(interruption);
            throw interruption;
        } finally {
            script.owedOnRedirect(Optional.empty());
            recorder.stop();
        }
        String next = record.action().orElse(baseUrl);
        return recorder.empty() || next.isEmpty()
                ? Optional.empty()
                : Optional.of(script.documents.go(next, record.method(), baseUrl, result(Map.of())));
    }

    private void listen() throws Interruption {
        script.listenForTones(true);
        recorder.begin();
        try {
            CallEvent end = script.prompts
                    .silence(Deadline.NEVER, event -> recorder.stopped(event) || finishes(event))
                    .orElseThrow();
            if (end instanceof CallEvent.MediaHappened(MediaEvent.DigitPressed(char key))) {
                digits = Optional.of(Character.toString(key));
            }
        } finally {
            script.listenForTones(false);
        }
    }

    private boolean finishes(CallEvent event) {
        return event instanceof CallEvent.MediaHappened(MediaEvent.DigitPressed(char key))
                && record.finishOnKey().indexOf(key) >= 0;
    }

    /** The application learns what was recorded until then, when that is known. A party that hung up is told of as in TwiML, also without action. */
    private void report(Interruption interruption) {
        Optional<String> url = action.or(() -> Optional.of(baseUrl).filter(own -> interruption.hungUp()))
                .filter(wanted -> !wanted.isEmpty());
        if (interruption.hungUp()) {
            digits = Optional.of("hangup");
        }
        url.ifPresent(wanted -> script.clearing.owe(
                interruption.redirect(),
                () -> recorder.afterwards(() ->
                        script.documents.send(record.method(), wanted, result(interruption.told()), ignored -> {}))));
    }

    private Map<String, String> result(Map<String, String> more) {
        var parameters = new LinkedHashMap<>(more);
        recorder.describe(parameters);
        digits.ifPresent(keys -> parameters.put(DIGITS, keys));
        return parameters;
    }
}

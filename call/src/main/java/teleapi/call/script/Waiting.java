package teleapi.call.script;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import teleapi.call.CallEvent;
import teleapi.call.NewDocument;
import teleapi.call.webhook.Urls;
import teleapi.media.Sound;
import teleapi.rcml.Conference;
import teleapi.rcml.Pause;
import teleapi.rcml.Position;
import teleapi.rcml.Prompt;
import teleapi.rcml.Verb;
import teleapi.runtime.Deadline;

/**
 * What is heard until a conference starts: music, a sound, or documents of what can be heard, again and again.
 *
 * <pre>
 * Thread  the call's
 * Source  reference/restcomm.md 5.3 waitUrl; ADR-0015
 * </pre>
 */
final class Waiting {
    private static final Pause BREATH = new Pause(new Position(1, 1), Duration.ofSeconds(1));

    /** Others who come in the same moment begin the conference: so long, no music is worth beginning. */
    private static final Duration GRACE = Duration.ofMillis(200);

    private final Script script;
    private boolean begun;

    Waiting(Script script) {
        this.script = script;
    }

    /** Waits; answers with the event that ended it. */
    CallEvent until(Predicate<CallEvent> told, Conference terms, String baseUrl) throws Interruption {
        if (!begun) {
            Optional<CallEvent> soon = script.await(script.time.after(GRACE), told);
            if (soon.isPresent()) {
                return soon.get();
            }
            begun = true;
        }
        if (terms.waitUrl().isEmpty()) {
            return script.prompts.play(Sound.music(), 0, told).orElseThrow();
        }
        Optional<String> url = Urls.resolve(baseUrl, terms.waitUrl().get());
        if (url.isEmpty()) {
            return script.await(Deadline.NEVER, told).orElseThrow();
        }
        while (true) {
            Optional<CallEvent> cameMeanwhile = once(url.get(), told, terms);
            if (cameMeanwhile.isEmpty()) {
                // A document that can be heard in no time must not be requested without end.
                cameMeanwhile = script.prompts.play(BREATH, url.get(), told);
            }
            if (cameMeanwhile.isPresent()) {
                return cameMeanwhile.get();
            }
        }
    }

    /** It begins anew, somewhere else. */
    void over() {
        begun = false;
    }

    private Optional<CallEvent> once(String url, Predicate<CallEvent> told, Conference terms) throws Interruption {
        long fetch = script.documents.startFetch(new NewDocument.Fetch(url, terms.waitMethod()), Map.of());
        CallEvent event = script.await(
                        Deadline.NEVER,
                        came -> told.test(came) || (came instanceof CallEvent.Fetched done && done.fetch() == fetch))
                .orElseThrow();
        if (!(event instanceof CallEvent.Fetched fetched)) {
            return Optional.of(event);
        }
        if (!(Documents.read(fetched.reply()) instanceof Documents.Read.Ready ready)) {
            script.notify(true, 13234, "wait sound of conference " + terms.name() + " cannot be had", url);
            return Optional.empty();
        }
        for (Verb verb : ready.document().verbs()) {
            if (verb instanceof Prompt prompt) {
                Optional<CallEvent> came = script.prompts.play(prompt, ready.baseUrl(), told);
                if (came.isPresent()) {
                    return came;
                }
            } else {
                script.notify(false, 12200, verb.name() + " is not for waiting: skipped", url);
            }
        }
        return Optional.empty();
    }
}

package teleapi.call.script;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import teleapi.call.CallEvent;
import teleapi.call.NewDocument;
import teleapi.call.bridge.Conference;
import teleapi.call.bridge.ConferenceCallback;
import teleapi.call.webhook.Urls;
import teleapi.media.MediaEvent;
import teleapi.media.Sound;
import teleapi.rcml.Dial;
import teleapi.rcml.Pause;
import teleapi.rcml.Position;
import teleapi.rcml.Prompt;
import teleapi.rcml.Verb;
import teleapi.runtime.Deadline;

/**
 * One stay in a conference: asks to be let in, waits with music until it starts, hears and is heard until one of them leaves.
 *
 * <pre>
 * Thread  the call's
 * Source  CONTRACT section 3; reference/restcomm.md 5.3; ADR-0008
 * </pre>
 */
final class ConferenceExecution {
    private static final Pause BREATH = new Pause(new Position(1, 1), Duration.ofSeconds(1));

    private final Script script;
    private final Dial dial;
    private final teleapi.rcml.Conference terms;
    private final String baseUrl;

    ConferenceExecution(Script script, Dial dial, teleapi.rcml.Conference terms, String baseUrl) {
        this.script = script;
        this.dial = dial;
        this.terms = terms;
        this.baseUrl = baseUrl;
    }

    Optional<Next> run() throws Interruption {
        script.answer();
        script.controls.muteByAttribute(terms.muted());
        boolean ended = false;
        try {
            // One that ended before it let us in (we may have been the last to leave it) is none: the next one begins
            // with us.
            boolean visited;
            do {
                visited = visit(enter());
            } while (!visited);
        } catch (Interruption interruption) {
            ended = !interruption.redirect();
            throw interruption;
        } finally {
            if (!ended) {
                // A move is not an end: the call is in no conference now, and the room's attribute does not follow it.
                script.progress.conference(Optional.empty());
                script.controls.muteByAttribute(false);
            }
        }
        return dial.action().isEmpty()
                ? Optional.empty()
                : Optional.of(script.documents.go(
                        dial.action().get(), dial.method(), baseUrl, Map.of("DialCallStatus", "answered")));
    }

    /** One visit, to its end; false: the conference was over before it let this call in. */
    private boolean visit(Conference conference) throws Interruption {
        script.conference(Optional.of(conference));
        Predicate<CallEvent> told = event -> about(event, conference);
        try {
            switch (script.await(Deadline.NEVER, told).orElseThrow()) {
                case CallEvent.ConferenceEntered entered -> {
                    script.progress.conference(Optional.of(entered.sid()));
                    script.media().listenForSpeech(entered.listens());
                    if (entered.started() || !(waitFor(told) instanceof CallEvent.ConferenceEnded)) {
                        stay(conference, told);
                    }
                }
                case CallEvent.ConferenceFull full ->
                    script.notify(
                            false,
                            13230,
                            "conference " + terms.name() + " is full: limit " + terms.maxParticipants(),
                            baseUrl);
                case CallEvent other -> {
                    return false;
                }
            }
            return true;
        } finally {
            script.media().leave();
            script.media().listenForSpeech(false);
            script.conference(Optional.empty());
            conference.leave(script.call.sid());
        }
    }

    private Conference enter() {
        Optional<ConferenceCallback> callback = callback();
        while (true) {
            Conference conference =
                    script.switchboard.conference(script.call.account().sid(), terms.name());
            if (conference.enter(script.call, terms, script.controls.state(), callback)) {
                return conference;
            }
            // It was over between the look-up and the entry: the next look-up opens a new one.
        }
    }

    private Optional<ConferenceCallback> callback() {
        Optional<String> url = terms.statusCallback().flatMap(callback -> Urls.resolve(baseUrl, callback));
        if (terms.statusCallback().isPresent() && url.isEmpty()) {
            script.notify(false, 11100, "statusCallback of conference " + terms.name() + " is no URL", baseUrl);
        }
        return url.map(there -> ConferenceCallback.of(there, terms));
    }

    private void stay(Conference conference, Predicate<CallEvent> told) throws Interruption {
        script.media().join(conference.room());
        script.await(
                script.time.after(dial.timeLimit()),
                event -> (told.test(event) && event instanceof CallEvent.ConferenceEnded)
                        || (dial.hangupOnStar()
                                && event instanceof CallEvent.MediaHappened(MediaEvent.DigitPressed(char digit))
                                && digit == '*'));
    }

    /** Music until the conference starts or ends; answers with the event that ended the wait. */
    private CallEvent waitFor(Predicate<CallEvent> told) throws Interruption {
        if (terms.waitUrl().isEmpty()) {
            return script.prompts.play(Sound.music(), 0, told).orElseThrow();
        }
        Optional<String> url = Urls.resolve(baseUrl, terms.waitUrl().get());
        if (url.isEmpty()) {
            return script.await(Deadline.NEVER, told).orElseThrow();
        }
        while (true) {
            Optional<CallEvent> cameMeanwhile = once(url.get(), told);
            if (cameMeanwhile.isEmpty()) {
                // A document that can be heard in no time must not be requested without end.
                cameMeanwhile = script.prompts.play(BREATH, url.get(), told);
            }
            if (cameMeanwhile.isPresent()) {
                return cameMeanwhile.get();
            }
        }
    }

    private Optional<CallEvent> once(String url, Predicate<CallEvent> told) throws Interruption {
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

    private static boolean about(CallEvent event, Conference conference) {
        return switch (event) {
            case CallEvent.ConferenceEntered entered -> entered.conference() == conference;
            case CallEvent.ConferenceFull full -> full.conference() == conference;
            case CallEvent.ConferenceStarted started -> started.conference() == conference;
            case CallEvent.ConferenceEnded ended -> ended.conference() == conference;
            default -> false;
        };
    }
}

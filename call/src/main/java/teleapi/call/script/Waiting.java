package teleapi.call.script;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import teleapi.call.CallEvent;
import teleapi.call.NewDocument;
import teleapi.call.Reading;
import teleapi.call.bridge.Conference;
import teleapi.call.webhook.Urls;
import teleapi.media.Sound;
import teleapi.rcml.Prompt;
import teleapi.rcml.Redirect;
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
    /** A document that is over in no time must not be requested without end. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    /** Others who come in the same moment begin the conference: so long, no music is worth beginning. */
    private static final Duration GRACE = Duration.ofMillis(200);

    private final Script script;
    private boolean begun;
    private Told said = new Told();

    Waiting(Script script) {
        this.script = script;
    }

    /** Waits; answers with the event that ended it. */
    CallEvent until(Predicate<CallEvent> told, teleapi.rcml.Conference terms, String baseUrl, Conference where)
            throws Interruption {
        if (!begun) {
            Optional<CallEvent> soon = script.await(script.time.after(GRACE), told);
            if (soon.isPresent()) {
                return soon.get();
            }
            begun = true;
        }
        if (terms.waitUrl().isEmpty()) {
            return music(told);
        }
        if (terms.waitUrl().get().isEmpty()) {
            return script.prompts.silence(Deadline.NEVER, told).orElseThrow();
        }
        Optional<String> url = Urls.resolve(baseUrl, terms.waitUrl().get());
        if (url.isEmpty()) {
            script.notify(true, 11100, "waitUrl of conference " + terms.name() + " cannot be requested", baseUrl);
            return music(told);
        }
        var first = new NewDocument.Fetch(url.get(), terms.waitMethod());
        var ended = new CallEvent[1];
        script.documents.repeat(said);
        try {
            // What cannot be heard while waiting is no reason to leave the conference.
            script.documents.apart(Optional.empty(), () -> ended[0] = documents(first, told, where));
        } finally {
            script.documents.repeatNoMore();
        }
        return ended[0];
    }

    private CallEvent music(Predicate<CallEvent> told) throws Interruption {
        return script.prompts.play(Sound.music(), 0, told).orElseThrow();
    }

    private CallEvent documents(NewDocument.Fetch first, Predicate<CallEvent> told, Conference where)
            throws Interruption {
        NewDocument.Fetch next = first;
        while (true) {
            long began = script.time.nanos();
            switch (once(next, told, where)) {
                case Came.Event(CallEvent event) -> {
                    return event;
                }
                case Came.Missing missing -> {
                    // What cannot be had once would be asked for without end.
                    return music(told);
                }
                case Came.Redirected(NewDocument.Fetch to) -> next = to;
                case Came.Over over -> next = first;
            }
            Duration ran = Duration.ofNanos(script.time.nanos() - began);
            if (ran.compareTo(LEAST) < 0) {
                Optional<CallEvent> event = script.prompts.silence(script.time.after(LEAST.minus(ran)), told);
                if (event.isPresent()) {
                    return event.get();
                }
            }
        }
    }

    /** It begins anew, somewhere else. */
    void over() {
        begun = false;
        said = new Told();
    }

    /** What became of one document. */
    private sealed interface Came {
        record Event(CallEvent event) implements Came {}

        record Redirected(NewDocument.Fetch to) implements Came {}

        record Over() implements Came {}

        record Missing() implements Came {}
    }

    private Came once(NewDocument.Fetch from, Predicate<CallEvent> told, Conference where) throws Interruption {
        long fetch = script.documents.startFetch(
                from,
                Map.of(
                        "ConferenceSid", where.record().sid().text(),
                        "FriendlyName", where.record().friendlyName()));
        CallEvent event = script.prompts
                .soon(
                        Deadline.NEVER,
                        came -> told.test(came) || (came instanceof CallEvent.Fetched done && done.fetch() == fetch))
                .orElseThrow();
        if (!(event instanceof CallEvent.Fetched fetched)) {
            return new Came.Event(event);
        }
        if (!(fetched.reading() instanceof Reading.Ready ready)) {
            String name = where.record().friendlyName();
            script.notify(true, 13234, "wait sound of conference " + name + " cannot be had", from.url());
            return new Came.Missing();
        }
        script.verbs.findings(ready.document(), ready.baseUrl());
        for (Verb verb : ready.document().verbs()) {
            switch (verb) {
                case Prompt prompt -> {
                    Optional<CallEvent> came = script.prompts.play(prompt, ready.baseUrl(), told);
                    if (came.isPresent()) {
                        return new Came.Event(came.get());
                    }
                }
                case Redirect redirect -> {
                    Optional<String> to = Urls.resolve(ready.baseUrl(), redirect.url());
                    if (to.isPresent()) {
                        return new Came.Redirected(new NewDocument.Fetch(to.get(), redirect.method()));
                    }
                    notForIt(verb, "not a URL that can be requested", ready.baseUrl());
                }
                default -> notForIt(verb, "it is not for waiting", ready.baseUrl());
            }
        }
        return new Came.Over();
    }

    private void notForIt(Verb verb, String why, String url) {
        script.notify(false, 12200, verb.name() + " at " + verb.position() + " skipped: " + why, url);
    }
}

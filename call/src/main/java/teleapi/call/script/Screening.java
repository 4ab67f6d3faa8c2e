package teleapi.call.script;

import java.util.Map;
import java.util.Optional;
import teleapi.call.NewDocument;
import teleapi.rcml.Gather;
import teleapi.rcml.Hangup;
import teleapi.rcml.Prompt;
import teleapi.rcml.Redirect;
import teleapi.rcml.Verb;

/**
 * A document that runs on one leg alone before it is joined, and those that follow it: the answer to its Gather, or where it redirects to.
 *
 * <pre>
 * Thread  the call's
 * Source  reference/restcomm.md 5.3 url
 * </pre>
 */
final class Screening {
    /** What came of it. */
    enum Outcome {
        ACCEPTED,
        /** One of its documents said Hangup, or that of its Gather or Redirect could not be had. */
        REFUSED,
        MISSING
    }

    private final Script script;
    private Outcome outcome = Outcome.MISSING;

    Screening(Script script) {
        this.script = script;
    }

    Outcome run(NewDocument.Fetch from, Map<String, String> extra) throws Interruption {
        // The fallback is for the document that the call runs otherwise.
        script.documents.apart(Optional.empty(), () -> {
            Optional<Next> next = Optional.of(new Next.Fetch(from, extra));
            while (next.isPresent()) {
                next = next.get() instanceof Next.Fetch fetch && script.documents.fetch(fetch) instanceof Next.Run run
                        ? verbs(run)
                        : Optional.empty();
            }
        });
        return outcome;
    }

    /** The document that follows; empty when it is decided. */
    private Optional<Next> verbs(Next.Run run) throws Interruption {
        outcome = Outcome.REFUSED;
        script.verbs.findings(run.document(), run.baseUrl());
        for (Verb verb : run.document().verbs()) {
            switch (verb) {
                case Prompt prompt -> script.prompts.play(prompt, run.baseUrl(), event -> false);
                case Gather gather -> {
                    Optional<Next> next = new GatherExecution(script, gather, run.baseUrl()).run();
                    if (next.isPresent()) {
                        return next;
                    }
                }
                case Redirect redirect -> {
                    return Optional.of(script.documents.go(redirect.url(), redirect.method(), run.baseUrl(), Map.of()));
                }
                case Hangup hangup -> {
                    return Optional.empty();
                }
                default ->
                    script.notify(
                            false,
                            12200,
                            verb.name() + " at " + verb.position() + " is not for screening: skipped",
                            run.baseUrl());
            }
        }
        outcome = Outcome.ACCEPTED;
        return Optional.empty();
    }
}

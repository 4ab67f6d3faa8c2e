package teleapi.call.script;

import java.util.Map;
import teleapi.call.NewDocument;
import teleapi.rcml.Gather;
import teleapi.rcml.Hangup;
import teleapi.rcml.Prompt;
import teleapi.rcml.Verb;

/**
 * A document that runs on one leg alone before it is joined.
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
        /** It said Hangup, or its Gather's action did, or that could not be had. */
        REFUSED,
        MISSING
    }

    private final Script script;

    Screening(Script script) {
        this.script = script;
    }

    Outcome run(NewDocument.Fetch from, Map<String, String> extra) throws Interruption {
        if (!(script.documents.request(from, extra) instanceof Documents.Read.Ready ready)) {
            script.notify(true, 11200, "screening document cannot be had", from.url());
            return Outcome.MISSING;
        }
        for (Verb verb : ready.document().verbs()) {
            switch (verb) {
                case Prompt prompt -> script.prompts.play(prompt, ready.baseUrl(), event -> false);
                case Gather gather -> {
                    var next = new GatherExecution(script, gather, ready.baseUrl()).run();
                    if (next.isPresent() && next.get() instanceof Next.Fetch fetch) {
                        return decided(fetch);
                    }
                }
                case Hangup hangup -> {
                    return Outcome.REFUSED;
                }
                default ->
                    script.notify(
                            false,
                            12200,
                            verb.name() + " at " + verb.position() + " is not for screening: skipped",
                            from.url());
            }
        }
        return Outcome.ACCEPTED;
    }

    /** The digits decide: the action's document says Hangup, or nothing. */
    private Outcome decided(Next.Fetch fetch) throws Interruption {
        return script.documents.request(fetch.from(), fetch.extra()) instanceof Documents.Read.Ready ready
                        && ready.document().verbs().stream().noneMatch(verb -> verb instanceof Hangup)
                ? Outcome.ACCEPTED
                : Outcome.REFUSED;
    }
}

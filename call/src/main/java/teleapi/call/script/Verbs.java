package teleapi.call.script;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import teleapi.call.CallStatus;
import teleapi.call.EndReason;
import teleapi.rcml.Conference;
import teleapi.rcml.Connect;
import teleapi.rcml.Dial;
import teleapi.rcml.Enqueue;
import teleapi.rcml.Finding;
import teleapi.rcml.Gather;
import teleapi.rcml.Hangup;
import teleapi.rcml.Leave;
import teleapi.rcml.Message;
import teleapi.rcml.Pause;
import teleapi.rcml.Play;
import teleapi.rcml.Prompt;
import teleapi.rcml.RcmlDocument;
import teleapi.rcml.Record;
import teleapi.rcml.Redirect;
import teleapi.rcml.Refer;
import teleapi.rcml.Reject;
import teleapi.rcml.Say;
import teleapi.rcml.Start;
import teleapi.rcml.Stop;
import teleapi.rcml.Stream;
import teleapi.rcml.Verb;

/**
 * Runs a document: its findings become notifications, then its verbs are carried out one after the other.
 *
 * <pre>
 * Thread  the call's
 * Source  CONTRACT section 3; reference/restcomm.md part 5
 * </pre>
 */
final class Verbs {
    private final Script script;
    private Optional<EndReason> refusal = Optional.empty();
    private boolean inQueue;

    Verbs(Script script) {
        this.script = script;
    }

    /** What an unanswered caller is told if the document has nothing more to say. */
    void refusal(EndReason reason) {
        refusal = Optional.of(reason);
    }

    /** The verbs of a document, in their order, until one says what comes next. */
    Next run(Next.Run run) throws Interruption {
        findings(run.document(), run.baseUrl());
        script.modifications().switched();
        boolean first = true;
        for (Verb verb : run.document().verbs()) {
            script.call.journal().did("runs " + verb.name() + " at " + verb.position());
            Optional<String> forbidden = forbidden(verb);
            if (forbidden.isPresent()) {
                skipped(verb, forbidden.get(), run);
                continue;
            }
            if (!inQueue) {
                script.runs(verb);
            }
            Optional<Next> next = execute(verb, run, first);
            if (next.isPresent()) {
                return next.get();
            }
            first = false;
        }
        return new Next.Exhausted(
                script.leg().answered() ? EndReason.DOCUMENT_ENDED : refusal.orElse(EndReason.DOCUMENT_ENDED));
    }

    /** What is wrong in a document: a notification each. */
    void findings(RcmlDocument document, String url) {
        findings(document.findings(), url);
    }

    void findings(List<Finding> findings, String url) {
        findings.forEach(finding -> script.notify(false, finding.code(), finding.at(url), url));
    }

    /** While this is so, documents run that are heard in a queue. */
    void inQueue(boolean now) {
        inQueue = now;
    }

    private Optional<String> forbidden(Verb verb) {
        if (script.inOverlay()) {
            return Overlay.mayRun(verb) ? Optional.empty() : Optional.of("it cannot run over a call");
        }
        if (inQueue) {
            return QueueWait.mayRun(verb) ? Optional.empty() : Optional.of("it is not for waiting in a queue");
        }
        return verb instanceof Leave ? Optional.of("the call is in no queue") : Optional.empty();
    }

    private void skipped(Verb verb, String why, Next.Run run) {
        script.notify(false, 12200, verb.name() + " at " + verb.position() + " skipped: " + why, run.baseUrl());
    }

    /** Runs one verb to its end; empty: go on with the next one. */
    private Optional<Next> execute(Verb verb, Next.Run run, boolean first) throws Interruption {
        return switch (verb) {
            case Say say -> heard(say, run);
            case Play play -> heard(play, run);
            case Pause pause -> {
                // As the first verb it waits before the call is answered.
                if (!first) {
                    script.answer();
                }
                script.prompts.play(pause, run.baseUrl(), event -> false);
                yield Optional.empty();
            }
            case Gather gather -> {
                script.answer();
                yield new GatherExecution(script, gather, run.baseUrl()).run();
            }
            case Record record -> new RecordExecution(script, record, run.baseUrl()).run();
            case Dial dial
            when dial.targets().getFirst() instanceof Conference conference ->
                new ConferenceExecution(script, dial, conference, run.baseUrl(), run.only()).run();
            case Dial dial -> new DialExecution(script, dial, run.baseUrl()).run();
            case Enqueue enqueue -> new EnqueueExecution(script, enqueue, run.baseUrl()).run();
            case Leave leave -> Optional.of(new Next.Leave());
            case Refer refer -> new ReferExecution(script, refer, run.baseUrl()).run();
            case Start start -> {
                for (Stream stream : start.streams()) {
                    script.streams.begin(stream, run.baseUrl());
                }
                yield Optional.empty();
            }
            case Stop stop -> {
                stop.names().forEach(name -> script.streams.stop(name, run.baseUrl()));
                yield Optional.empty();
            }
            case Connect connect -> new ConnectExecution(script, connect, run.baseUrl()).run();
            case Message message -> new MessageExecution(script, message, run.baseUrl()).run();
            case Redirect redirect ->
                redirect.url().isBlank()
                        ? Optional.empty()
                        : Optional.of(script.documents.go(redirect.url(), redirect.method(), run.baseUrl(), Map.of()));
            case Reject reject
            when script.leg().answered() -> {
                skipped(reject, "the call has been answered", run);
                yield Optional.empty();
            }
            case Reject reject ->
                Optional.of(new Next.End(new EndReason(
                        CallStatus.BUSY, EndReason.Cause.RCML, reject.busy() ? 486 : 603, "rejected by the document")));
            case Hangup hangup ->
                Optional.of(
                        script.inOverlay() || inQueue
                                ? new Next.End(EndReason.DOCUMENT_ENDED)
                                : new Next.Exhausted(EndReason.DOCUMENT_ENDED));
        };
    }

    private Optional<Next> heard(Prompt prompt, Next.Run run) throws Interruption {
        script.answer();
        script.prompts.play(prompt, run.baseUrl(), event -> false);
        return Optional.empty();
    }
}

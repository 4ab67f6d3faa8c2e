package teleapi.call.script;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import teleapi.call.EndReason;
import teleapi.call.NewDocument;
import teleapi.call.bridge.CallQueue;
import teleapi.call.bridge.QueueMember;
import teleapi.call.webhook.Urls;
import teleapi.media.Sound;
import teleapi.rcml.Enqueue;
import teleapi.rcml.Verb;
import teleapi.runtime.Deadline;

/**
 * What is heard in a queue: music, or documents again and again, run as any other with the few verbs that are for it.
 *
 * <pre>
 * Thread  the call's (that waits)
 * Source  issue 4, 1; ADR-0016
 * </pre>
 */
final class QueueWait {
    /** A document that is over in no time must not be requested without end. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    private final Script script;
    private final Enqueue enqueue;
    private final String baseUrl;
    private final Told said = new Told();
    private boolean music;

    QueueWait(Script script, Enqueue enqueue, String baseUrl) {
        this.script = script;
        this.enqueue = enqueue;
        this.baseUrl = baseUrl;
        this.music = enqueue.waitUrl().isEmpty();
    }

    static boolean mayRun(Verb verb) {
        return switch (verb) {
            case teleapi.rcml.Prompt prompt -> true;
            case teleapi.rcml.Gather gather -> true;
            case teleapi.rcml.Leave leave -> true;
            case teleapi.rcml.Redirect redirect -> true;
            case teleapi.rcml.Hangup hangup -> true;
            case teleapi.rcml.Dial dial -> false;
            case Enqueue another -> false;
            case teleapi.rcml.Reject reject -> false;
            case teleapi.rcml.Record record -> false;
            case teleapi.rcml.Refer refer -> false;
            case teleapi.rcml.Start start -> true;
            case teleapi.rcml.Stop stop -> true;
            case teleapi.rcml.Connect connect -> false;
            case teleapi.rcml.Message message -> true;
        };
    }

    /** Until it is cut short, or a document says Leave. */
    void run(CallQueue queue, Duration waited) throws Interruption {
        long since = script.time.nanos() - waited.toNanos();
        Optional<String> url = enqueue.waitUrl().flatMap(reference -> Urls.resolve(baseUrl, reference));
        if (enqueue.waitUrl().filter(String::isEmpty).isPresent()) {
            script.prompts.silence(Deadline.NEVER, event -> false);
            return;
        }
        if (!music && url.isEmpty()) {
            script.notify(
                    true,
                    11100,
                    "waitUrl cannot be requested: " + enqueue.waitUrl().orElse(""),
                    baseUrl);
            music = true;
        }
        while (!music) {
            long began = script.time.nanos();
            Next end = once(url.orElseThrow(), queue, since);
            if (end instanceof Next.Leave) {
                return;
            }
            // What cannot be had once would be asked for without end.
            music = end instanceof Next.Exhausted over && over.reason().cause() == EndReason.Cause.ERROR;
            Duration ran = Duration.ofNanos(script.time.nanos() - began);
            if (!music && ran.compareTo(LEAST) < 0) {
                script.prompts.silence(script.time.after(LEAST.minus(ran)), event -> false);
            }
        }
        script.prompts.play(Sound.music(), 0, event -> false);
    }

    private Next once(String url, CallQueue queue, long since) throws Interruption {
        var end = new Next[] {new Next.Fetch(new NewDocument.Fetch(url, enqueue.waitUrlMethod()), Map.of())};
        script.verbs.inQueue(true);
        script.documents.repeat(said);
        try {
            script.documents.apart(Optional.empty(), () -> {
                while (!(end[0] instanceof Next.Exhausted || end[0] instanceof Next.Leave)) {
                    if (end[0] instanceof Next.End) {
                        throw new Interruption(end[0]);
                    }
                    end[0] = script.perform(end[0] instanceof Next.Fetch fetch ? told(fetch, queue, since) : end[0]);
                }
            });
        } finally {
            script.documents.repeatNoMore();
            script.verbs.inQueue(false);
        }
        return end[0];
    }

    private Next told(Next.Fetch fetch, CallQueue queue, long since) {
        List<QueueMember> members = queue.members();
        var parameters = new LinkedHashMap<>(fetch.extra());
        parameters.put(
                "QueuePosition",
                Integer.toString(
                        members.stream().map(QueueMember::callSid).toList().indexOf(script.call.sid()) + 1));
        parameters.put("QueueSid", queue.sid().text());
        parameters.put("QueueTime", EnqueueExecution.seconds(script.time.nanos() - since));
        parameters.put(
                "AvgQueueTime",
                Long.toString(queue.averageWait(script.time.now()).toSeconds()));
        parameters.put("CurrentQueueSize", Integer.toString(members.size()));
        return new Next.Fetch(fetch.from(), parameters);
    }
}

package teleapi.call.script;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import teleapi.media.speech.Heard;
import teleapi.rcml.HttpMethod;
import teleapi.runtime.Deadline;
import teleapi.runtime.Mailbox;
import teleapi.runtime.Published;

/**
 * Tells an application what has been understood while it is still being said: when it changes, in order, each when the one before has been
 * answered. Nothing is tried again: the next one, or the result, says more.
 *
 * <pre>
 * Shape   16 wait at most, newer ones are left out
 * Thread  tell: the dictation's; end: the call's. Sending runs on a script of its own, which ends with it
 * Source  reference/restcomm.md 5.4 "Gather partial"
 * </pre>
 */
final class PartialResults {
    private static final int MOST_WAITING = 16;

    private final Script script;
    private final HttpMethod method;
    private final String url;
    private final Mailbox<Optional<Heard>> waiting;
    private final Published<Boolean> over = new Published<>(false);
    private String last = "";

    PartialResults(Script script, HttpMethod method, String url) {
        this.script = script;
        this.method = method;
        this.url = url;
        this.waiting = script.equipment.world().mailbox("partial results", MOST_WAITING);
        script.equipment.world().start("partial results", this::send);
    }

    void tell(Heard heard) {
        if (!heard.text().isEmpty() && !heard.text().equals(last) && waiting.offer(Optional.of(heard))) {
            last = heard.text();
        }
    }

    /** What waits is old. */
    void end() {
        over.set(true);
        waiting.post(Optional.empty());
    }

    private void send() {
        int sequence = 0;
        while (true) {
            Optional<Heard> next = waiting.take(Deadline.NEVER).orElseThrow();
            if (next.isEmpty() || over.get()) {
                waiting.close();
                return;
            }
            send(next.get(), sequence++);
        }
    }

    private void send(Heard heard, int sequence) {
        var parameters = new LinkedHashMap<>(CallParameters.voice(
                script.call.snapshot(),
                script.call.snapshot().status().text(),
                script.call.origin().parameters()));
        parameters.put("UnstableSpeechResult", heard.text());
        parameters.put("Stability", SpeechInput.share(heard.confidence()));
        parameters.put("SequenceNumber", Integer.toString(sequence));
        var noted = Map.of("SequenceNumber", Integer.toString(sequence));
        long requested = script.call.journal().requested(method, url, noted);
        var reply = script.equipment.webhooks().exchange(script.call.account().authToken(), method, url, parameters);
        script.call.journal().replied(url, reply, requested);
    }
}

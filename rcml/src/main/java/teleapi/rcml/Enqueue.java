package teleapi.rcml;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Waits in a queue of the account until a Dial takes the call out of it.
 *
 * @param action requested once when the call is out of the queue; without it the next verb runs
 * @param waitUrl a document that runs again and again meanwhile: empty Optional = the built-in music, empty text = silence
 * @param maxQueueSize empty: as many as the queue takes
 */
public record Enqueue(
        Position position,
        String queue,
        Optional<String> action,
        HttpMethod method,
        Optional<String> waitUrl,
        HttpMethod waitUrlMethod,
        OptionalInt maxQueueSize)
        implements Verb {
    public Enqueue {
        Checked.length("name of Enqueue", queue, 1, Queue.MAX_NAME);
        if (maxQueueSize.isPresent()) {
            Checked.range("maxQueueSize of Enqueue", maxQueueSize.getAsInt(), 1, Queue.MAX_SIZE);
        }
    }
}

package teleapi.rest.http;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import teleapi.runtime.Deadline;
import teleapi.runtime.Time;

/**
 * Gives a repeated POST with the same Idempotency-Key the answer of the first, without doing it again.
 *
 * <pre>
 * Shape   24 hours, at most 50,000 keys, the oldest forgotten first; in memory: a restart forgets them
 * Thread  any; a key is taken in one step
 * Errors  Refused 422 for another request with the key, 409 while the first still runs
 * Source  CONTRACT section 2
 * </pre>
 */
final class Idempotency {
    private static final Duration KEPT = Duration.ofHours(24);
    private static final int MOST_KEYS = 50_000;
    private static final int LONGEST_KEY = 255;

    private sealed interface Entry {
        byte[] request();

        record Running(byte[] request, Deadline end) implements Entry {}

        record Done(byte[] request, Deadline end, Reply reply) implements Entry {}

        Deadline end();
    }

    private final Time time;
    private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> order = new ConcurrentLinkedQueue<>();

    Idempotency(Time time) {
        this.time = time;
    }

    /** Does it once. What failed without an effect (5xx, 429) may be tried again with the same key. */
    Reply once(Ask ask, String key, Supplier<Reply> work) {
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            throw Refused.with(Code.BAD_REQUEST, "Idempotency-Key: 1 to " + LONGEST_KEY + " characters");
        }
        String whole = ask.sender().sid() + " " + key;
        byte[] request = Digests.sha256(
                ask.target() + "\n" + new String(ask.bytes(), java.nio.charset.StandardCharsets.ISO_8859_1));
        Entry mine = new Entry.Running(request, time.after(KEPT));
        Entry there = entries.compute(
                whole, (same, before) -> before == null || before.end().passed(time) ? mine : before);
        if (!there.equals(mine)) {
            return replayed(there, request);
        }
        order.add(whole);
        forgetOldest();
        Optional<Reply> reply = Optional.empty();
        try {
            reply = Optional.of(work.get());
            return reply.get();
        } catch (Refused refused) {
            reply = Optional.of(refused.reply());
            throw refused;
        } finally {
            Optional<Reply> last = reply.filter(done -> done.status() < 500 && done.status() != 429);
            if (last.isPresent()) {
                entries.put(whole, new Entry.Done(request, mine.end(), last.get()));
            } else {
                entries.remove(whole, mine);
            }
        }
    }

    private static Reply replayed(Entry there, byte[] request) {
        if (!Arrays.equals(there.request(), request)) {
            throw Refused.with(Code.KEY_USED);
        }
        return switch (there) {
            case Entry.Running running -> throw Refused.with(Code.KEY_BUSY).retryAfter(1);
            case Entry.Done done -> done.reply().header("Idempotent-Replayed", "true");
        };
    }

    private void forgetOldest() {
        if (entries.size() > MOST_KEYS) {
            String oldest = order.poll();
            if (oldest != null) {
                entries.remove(oldest);
            }
        }
    }
}

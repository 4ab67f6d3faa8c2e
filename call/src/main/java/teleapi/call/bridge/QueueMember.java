package teleapi.call.bridge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import teleapi.call.Sid;

/** One who waits in a queue, and since when. */
public record QueueMember(Sid callSid, Instant since) {
    public Duration waited(Instant now) {
        return Duration.between(since, now);
    }

    /** How long they have waited, on average; zero for nobody. */
    public static Duration averageWait(List<QueueMember> waiting, Instant now) {
        return waiting.isEmpty()
                ? Duration.ZERO
                : waiting.stream()
                        .map(member -> member.waited(now))
                        .reduce(Duration.ZERO, Duration::plus)
                        .dividedBy(waiting.size());
    }
}

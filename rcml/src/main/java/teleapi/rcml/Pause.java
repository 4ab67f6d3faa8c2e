package teleapi.rcml;

import java.time.Duration;

/** Waits. As the first verb it waits before an inbound call is answered. */
public record Pause(Position position, Duration length) implements Verb, Prompt {
    public static final Duration DEFAULT_LENGTH = Duration.ofSeconds(1);
    public static final Duration MAX_LENGTH = Duration.ofDays(1);

    public Pause {
        Checked.range("length of Pause", length, 0, MAX_LENGTH);
    }
}

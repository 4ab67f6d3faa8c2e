package teleapi.rcml;

import java.time.Duration;

/** Waits. As the first verb it waits before an inbound call is answered. */
public record Pause(Position position, Duration length) implements Verb, Prompt {}

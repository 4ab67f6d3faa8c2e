package teleapi.rcml;

/** Refuses a call that has not been answered: 486 when {@code busy}, else 603. */
public record Reject(Position position, boolean busy) implements Verb {}

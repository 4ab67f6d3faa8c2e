package teleapi.rcml;

/** Ends the call; before it was answered: refuses it. */
public record Hangup(Position position) implements Verb {}

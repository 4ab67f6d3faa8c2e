package teleapi.rcml;

/** Speaks text. {@code loop} 0 means until the call ends. */
public record Say(Position position, String text, String voice, String language, int loop) implements Verb, Prompt {}

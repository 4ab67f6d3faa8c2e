package teleapi.rcml;

/** Plays the sound at {@code url} (absolute, or relative to the document), or sends {@code digits}. {@code loop} 0 means until the call ends. */
public record Play(Position position, String url, String digits, int loop) implements Verb, Prompt {}

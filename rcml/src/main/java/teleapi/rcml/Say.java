package teleapi.rcml;

/**
 * Speaks text. {@code loop} 0 means until the call ends.
 *
 * @param voice man, woman, or a name that the speech engine knows; what it does not know it replaces by its own
 * @param language a BCP 47 tag, or one of the older short codes
 */
public record Say(Position position, String text, String voice, String language, int loop) implements Verb, Prompt {
    public static final String DEFAULT_VOICE = "man";
    public static final String DEFAULT_LANGUAGE = "en-US";
    /** About five minutes of speech; what TwiML allows. */
    public static final int MAX_TEXT = 4_096;

    public static final int MAX_LOOP = 1_000;
    static final int MAX_VOICE = 64;
    static final int MAX_LANGUAGE = 16;

    public Say {
        Checked.length("text of Say", text, 1, MAX_TEXT);
        Checked.length("voice of Say", voice, 1, MAX_VOICE);
        Checked.length("language of Say", language, 1, MAX_LANGUAGE);
        Checked.range("loop of Say", loop, 0, MAX_LOOP);
    }
}

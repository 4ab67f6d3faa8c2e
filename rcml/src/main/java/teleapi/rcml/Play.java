package teleapi.rcml;

/**
 * Plays the sound at {@code url} (absolute, or relative to the document), or sends {@code digits}. {@code loop} 0 means until the
 * call ends.
 *
 * @param url empty when digits are sent
 * @param digits empty when a sound is played
 */
public record Play(Position position, String url, String digits, int loop) implements Verb, Prompt {
    public static final int MAX_LOOP = 1_000;
    /** A key takes 200 ms on the line, so this is about half a minute. */
    public static final int MAX_DIGITS = 128;

    public Play {
        if (url.isEmpty() == digits.isEmpty()) {
            throw new IllegalArgumentException("Play needs a url or digits, and not both");
        }
        Checked.length("url of Play", url, 0, RcmlDocument.MAX_URL);
        Checked.length("digits of Play", digits, 0, MAX_DIGITS);
        Checked.range("loop of Play", loop, 0, MAX_LOOP);
    }
}

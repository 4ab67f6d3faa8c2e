package teleapi.media.speech;

/**
 * What was understood.
 *
 * @param text empty: nothing
 * @param confidence from 0, none, to 1
 */
public record Heard(String text, double confidence) {
    public static final Heard NOTHING = new Heard("", 0);
}

package teleapi.media.speech;

import teleapi.media.SoundException;

/** What may be given to an engine. */
final class SpokenText {
    /** About five minutes of speech; TwiML has the same limit. */
    private static final int LONGEST = 4096;

    private SpokenText() {}

    /** One line without control characters: to an engine these are commands, ends of text, or sounds of their own. */
    static String clean(String text) {
        if (text.length() > LONGEST) {
            throw new SoundException("text of " + text.length() + " characters, limit " + LONGEST);
        }
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.isISOControl(c)
                                || Character.isWhitespace(c)
                                || Character.getType(c) == Character.SURROGATE
                        ? ' '
                        : c)
                .forEach(clean::appendCodePoint);
        String whole = clean.toString().strip();
        if (whole.isEmpty()) {
            throw new SoundException("no text to speak");
        }
        return whole;
    }
}

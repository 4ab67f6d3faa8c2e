package teleapi.media.speech;

import java.util.Locale;

/**
 * A language tag, made safe: lower case letters, digits and hyphens. It becomes part of a command line.
 *
 * @param tag such as en-us, fr, pt-br
 */
record Language(String tag) {
    private static final int LONGEST = 35;

    static final Language ENGLISH = new Language("en-us");

    /** Of BCP 47, or one of the short codes of old RCML documents; English for what is neither. */
    static Language of(String text) {
        String tag = text.strip().toLowerCase(Locale.ROOT).replace('_', '-');
        return switch (tag) {
            case "bf" -> new Language("fr-be");
            case "bp" -> new Language("pt-br");
            case "cf" -> new Language("fr-ca");
            case "dan" -> new Language("da");
            case "no" -> new Language("nb");
            default -> isTag(tag) ? new Language(tag) : ENGLISH;
        };
    }

    /** Without region and script. */
    String primary() {
        int hyphen = tag.indexOf('-');
        return hyphen < 0 ? tag : tag.substring(0, hyphen);
    }

    boolean isEnglish() {
        return primary().equals("en");
    }

    private static boolean isTag(String tag) {
        if (tag.length() < 2 || tag.length() > LONGEST || tag.charAt(0) == '-') {
            return false;
        }
        return tag.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
    }
}

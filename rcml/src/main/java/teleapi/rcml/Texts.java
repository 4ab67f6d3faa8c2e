package teleapi.rcml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What the values of a document may look like; by hand and linear, because whoever writes them may be hostile. */
final class Texts {
    private Texts() {}

    /** A URL with its spaces escaped; empty if it is too long or has characters that no URL has. */
    static Optional<String> url(String value) {
        String escaped = value.replace(" ", "%20");
        boolean good = escaped.length() <= RcmlDocument.MAX_URL
                && escaped.chars().allMatch(c -> c > ' ' && "<>\"\\^`{|}".indexOf(c) < 0 && Findings.plain((char) c));
        return good ? Optional.of(escaped) : Optional.empty();
    }

    /** A non-negative whole number of at most nine digits. */
    static OptionalInt integer(String value) {
        if (value.isEmpty() || value.length() > 9 || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(Integer.parseInt(value));
    }

    static List<String> words(String value) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i <= value.length(); i++) {
            char c = i < value.length() ? value.charAt(i) : ' ';
            if (c > ' ' && c != ',') {
                word.append(c);
            } else if (!word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
        }
        return words;
    }

    /** One line of at most {@code most} characters, without control characters. */
    static boolean line(String value, int most) {
        return !value.isEmpty() && value.length() <= most && value.chars().allMatch(c -> c >= ' ' && !broken((char) c));
    }

    /** As {@link #line}, and without spaces and the characters that delimit SIP addresses. */
    static boolean word(String value, int most) {
        return line(value, most) && value.chars().allMatch(c -> c > ' ' && c != '<' && c != '>' && c != '"');
    }

    /** A telephone number without what people put between the digits; empty if something else is in it. */
    static Optional<String> number(String value) {
        StringBuilder number = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean plus = c == '+' && number.isEmpty();
            if (plus || "0123456789*#ABCDabcd".indexOf(c) >= 0) {
                number.append(c);
            } else if (" -().\u00A0".indexOf(c) < 0 || number.length() > Number.MAX_NUMBER) {
                return Optional.empty();
            }
        }
        boolean good = number.length() <= Number.MAX_NUMBER && number.chars().anyMatch(c -> c != '+');
        return good ? Optional.of(number.toString()) : Optional.empty();
    }

    private static boolean broken(char c) {
        int type = Character.getType(c);
        return type == Character.CONTROL || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
    }
}

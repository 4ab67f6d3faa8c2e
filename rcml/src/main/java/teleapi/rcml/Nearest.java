package teleapi.rcml;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Which known name somebody may have meant. */
final class Nearest {
    /** Longer ones are no slip of the pen, and would take long to compare. */
    private static final int MAX_NAME = 40;

    private Nearest() {}

    /** A question for a finding, or empty text: the case is wrong, or up to two letters of it (one of a short name). */
    static String question(String name, Collection<String> known) {
        return known.stream()
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .map(one -> ": did you mean " + one + "? (names are case-sensitive)")
                .or(() -> near(name, known).map(one -> ": did you mean " + one + "?"))
                .orElse("");
    }

    private static Optional<String> near(String name, Collection<String> known) {
        if (name.length() > MAX_NAME) {
            return Optional.empty();
        }
        String lower = name.toLowerCase(Locale.ROOT);
        Optional<String> best = Optional.empty();
        int least = lower.length() > 3 ? 3 : 2;
        for (String one : known) {
            int distance = distance(lower, one.toLowerCase(Locale.ROOT));
            if (distance < least && distance < one.length() - 1) {
                least = distance;
                best = Optional.of(one);
            }
        }
        return best;
    }

    /** Levenshtein's. */
    private static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int other = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(other, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}

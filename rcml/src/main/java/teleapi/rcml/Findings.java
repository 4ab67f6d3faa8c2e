package teleapi.rcml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Thread of the parse that made it. Collects what is not as RCML says, at most {@link RcmlDocument#MAX_FINDINGS}. */
final class Findings {
    private static final int MAX_QUOTED = 40;

    private final List<Finding> findings = new ArrayList<>();
    private final Optional<Vocabulary> vocabulary;
    private boolean more;

    Findings() {
        this(Optional.empty());
    }

    /** Who is told what is asked of elements. */
    Findings(Optional<Vocabulary> vocabulary) {
        this.vocabulary = vocabulary;
    }

    Optional<Vocabulary> vocabulary() {
        return vocabulary;
    }

    void add(Position position, RcmlCode code, String message) {
        if (findings.size() == RcmlDocument.MAX_FINDINGS - 1) {
            more = true;
        } else {
            findings.add(new Finding(position, code.number(), message));
        }
    }

    List<Finding> inOrder() {
        List<Finding> ordered = new ArrayList<>(findings);
        ordered.sort(Comparator.comparing(Finding::position));
        if (more) {
            Position last = ordered.getLast().position();
            String message = "there are more than " + findings.size() + " findings; the others are not listed";
            ordered.add(new Finding(last, RcmlCode.SCHEMA_WARNING.number(), message));
        }
        return ordered;
    }

    /** Foreign text for a message: short, on one line, without what a terminal would obey. */
    static String quoted(String foreign) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < Math.min(foreign.length(), MAX_QUOTED); i++) {
            char c = foreign.charAt(i);
            quoted.append(plain(c) ? c : '?');
        }
        return quoted.append(foreign.length() > MAX_QUOTED ? "…\"" : "\"").toString();
    }

    /** Neither control nor format character nor line separator nor half of a pair. */
    static boolean plain(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}

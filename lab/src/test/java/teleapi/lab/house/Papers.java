package teleapi.lab.house;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What any text of the project, source or document, may say about things outside itself. */
final class Papers {
    private static final Pattern MACHINE_PATH =
            Pattern.compile("(?<![\\w.}/:~-])/(?:root|home|Users|work|farm)/[\\w.]+");
    private static final Pattern REGISTRY = Pattern.compile(
            "\\b(?:repo\\d?|registry|nexus|artifactory|pypi|proxy\\.golang)\\.[a-z0-9-]+\\.[a-z][a-z.]*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern DECISION = Pattern.compile("\\bADR-(\\d{4})\\b");
    private static final Pattern WALKED = Pattern.compile("`([\\w.-]+/[\\w./-]*)`");

    private Papers() {}

    /** Paths that only one machine has, and the addresses of package registries. */
    static List<Complaint> outside(SourceFile file) {
        List<Complaint> complaints = new ArrayList<>();
        each(file, MACHINE_PATH, m -> complaints.add(complaint(file, m, "machine", "is a path of one machine")));
        each(file, REGISTRY, m -> complaints.add(complaint(file, m, "registry", "belongs into the user's settings")));
        return complaints;
    }

    /** Decisions that are cited and not written. */
    static List<Complaint> uncited(SourceFile file, Predicate<String> decisionExists) {
        List<Complaint> complaints = new ArrayList<>();
        each(file, DECISION, m -> {
            if (!decisionExists.test(m.group(1))) {
                complaints.add(complaint(file, m, "decision", "is not in docs/adr"));
            }
        });
        return complaints;
    }

    /** Paths of the two walks that are not there. */
    static List<Complaint> lostWalks(SourceFile architecture, Predicate<String> exists) {
        int from = architecture.text().indexOf("## The two walks");
        int to = architecture.text().indexOf("\n## ", from + 1);
        List<Complaint> complaints = new ArrayList<>();
        Matcher places =
                WALKED.matcher(from < 0 || to < 0 ? "" : architecture.text().substring(from, to));
        if (!places.find()) {
            complaints.add(new Complaint(architecture.path(), 1, "walk", "the two walks are missing"));
        }
        places.reset();
        while (places.find()) {
            if (!exists.test(places.group(1))) {
                complaints.add(new Complaint(architecture.path(), 1, "walk", places.group(1) + " is not there"));
            }
        }
        return complaints;
    }

    private static void each(SourceFile file, Pattern pattern, Consumer<Matcher> found) {
        Matcher matcher = pattern.matcher(file.text());
        while (matcher.find()) {
            found.accept(matcher);
        }
    }

    private static Complaint complaint(SourceFile file, Matcher matcher, String rule, String what) {
        long before = file.text()
                .substring(0, matcher.start())
                .chars()
                .filter(c -> c == '\n')
                .count();
        return new Complaint(file.path(), 1 + Math.toIntExact(before), rule, matcher.group() + " " + what);
    }
}

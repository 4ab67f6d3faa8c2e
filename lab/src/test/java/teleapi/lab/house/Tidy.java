package teleapi.lab.house;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules of STYLE.md that can be seen in the source of one file, or of one package. */
final class Tidy {
    private static final int LONGEST_FILE = 500;
    private static final int LONGEST_PACKAGE_COMMENT = 10;

    private static final Predicate<SourceFile> MAIN = file -> !file.isTest();
    private static final Predicate<SourceFile> TEST = SourceFile::isTest;
    private static final Predicate<SourceFile> ALL = MAIN.or(TEST);
    private static final Predicate<SourceFile> RUNTIME = file -> file.module().equals("runtime");
    private static final Predicate<SourceFile> HEART = MAIN.and(RUNTIME.negate());

    private static final String INTERRUPT = "it closes a shared channel for everyone";

    private static final Pattern TYPE = Pattern.compile(
            "\\b(?:class|record|interface|enum)\\s+(\\w*(?:Manager|Helper|Util|Utils|Impl|Base|Info|Data))\\b");

    /** ARCHITECTURE, who owns what, 5: time, randomness and network come in through constructors. */
    private static final List<WordRule> WORDS = List.of(
            WordRule.code("lock", HEART, "\\b(?:synchronized|volatile)\\b", "one owner writes; others post to it"),
            WordRule.code("atomic", HEART, "\\bAtomic[A-Z]\\w*", "one owner counts and publishes (runtime Published)"),
            WordRule.code("thread", HEART, "\\bThread\\b", "threads are made by the World"),
            WordRule.code("sleep", HEART.or(TEST), "\\bsleep\\s*\\(", "wait for a message, or set a Deadline"),
            WordRule.code(
                    "executor", HEART, "\\bExecutors\\b|\\b\\w*ExecutorService\\b", "World.start starts slow work"),
            WordRule.code(
                    "clock",
                    HEART,
                    "\\bSystem\\s*\\.\\s*(?:nanoTime|currentTimeMillis)\\b"
                        + "|\\b(?:Instant|LocalDate|LocalTime|LocalDateTime|ZonedDateTime|OffsetDateTime)\\s*\\.\\s*now\\b"
                        + "|\\bClock\\s*\\.\\s*system\\w*",
                    "the time is asked of the World"),
            WordRule.code(
                    "random",
                    HEART,
                    "\\bnew\\s+Random\\b|\\bSecureRandom\\b|\\bThreadLocalRandom\\b|\\bMath\\s*\\.\\s*random\\b|\\brandomUUID\\b",
                    "chance is asked of the World"),
            WordRule.code(
                    "socket",
                    HEART,
                    "\\b(?:DatagramChannel|SocketChannel|ServerSocketChannel|ServerSocket|DatagramSocket|Selector)\\b",
                    "ports are opened by the World"),
            WordRule.code("interrupt", RUNTIME, "\\.\\s*interrupt\\s*\\(", INTERRUPT),
            WordRule.code("interrupt", ALL, "(?i)thread\\w*(?:\\(\\))?\\s*\\.\\s*interrupt\\s*\\(", INTERRUPT),
            WordRule.code("disabled", ALL, "@Disabled\\b", "repair the test or remove it"),
            WordRule.code(
                    "print",
                    file -> !file.module().equals("server") && !file.module().equals("lab"),
                    "\\bSystem\\s*\\.\\s*(?:out|err)\\b",
                    "log it, or put it into the journal"),
            WordRule.comments(
                    "todo",
                    ALL,
                    "\\b(?:TODO|FIXME|XXX)\\b(?!\\s*\\(?#\\d)",
                    "give the number of the issue, as in #12, or do it"));

    private Tidy() {}

    /** What one file breaks by itself. */
    static List<Complaint> complaints(SourceFile file) {
        List<Complaint> complaints = new ArrayList<>();
        WORDS.forEach(rule -> complaints.addAll(rule.complaints(file)));
        Matcher types = TYPE.matcher(SourceText.code(file.text()));
        while (types.find()) {
            complaints.add(new Complaint(file.path(), 1, "name", types.group(1) + ": say what it is"));
        }
        long lines = file.text().lines().count();
        if (lines > LONGEST_FILE) {
            String message = lines + " lines, limit " + LONGEST_FILE + ": it is more than one thing";
            complaints.add(new Complaint(file.path(), 1, "length", message));
        }
        if (file.name().equals("package-info.java")) {
            complaints.addAll(packageComment(file));
        }
        return complaints;
    }

    /** Which packages have no package-info; a package of tests may lean on the one it tests. */
    static List<Complaint> unmarked(List<SourceFile> files) {
        Map<String, String> packages = new LinkedHashMap<>();
        files.forEach(file -> packages.putIfAbsent(file.folder(), file.path()));
        files.stream().filter(file -> file.name().equals("package-info.java")).forEach(file -> {
            packages.remove(file.folder());
            packages.remove(file.folder().replace("/src/main/", "/src/test/"));
        });
        return packages.values().stream()
                .map(path -> new Complaint(path, 1, "package", "no package-info.java with @NullMarked"))
                .toList();
    }

    private static List<Complaint> packageComment(SourceFile file) {
        List<Complaint> complaints = new ArrayList<>();
        if (!SourceText.code(file.text()).contains("NullMarked")) {
            complaints.add(new Complaint(file.path(), 1, "package", "not @NullMarked"));
        }
        long lines = SourceText.comments(file.text())
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.equals("/**") && !line.equals("*/"))
                .count();
        if ((lines == 0 && !file.isTest()) || lines > LONGEST_PACKAGE_COMMENT) {
            String message = lines + " lines of comment, wanted are 1 to " + LONGEST_PACKAGE_COMMENT;
            complaints.add(new Complaint(file.path(), 1, "package", message));
        }
        return complaints;
    }
}

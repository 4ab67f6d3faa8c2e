package teleapi.lab.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The source tree keeps the rules of STYLE.md, and each rule is seen to bite. */
final class TidyTest {
    private static final Set<String> RULES = Set.of(
            "lock",
            "atomic",
            "thread",
            "sleep",
            "executor",
            "clock",
            "random",
            "socket",
            "interrupt",
            "disabled",
            "print",
            "todo",
            "name",
            "length",
            "package");

    @Test
    void theSourceTreeIsTidy() throws IOException {
        // STYLE: the house rules are a test.
        List<SourceFile> files = SourceTree.java();
        List<Complaint> complaints = new ArrayList<>(Tidy.unmarked(files));
        files.forEach(file -> complaints.addAll(Tidy.complaints(file)));
        assertEquals("", Allowed.verdict(RULES, complaints));
    }

    @ParameterizedTest
    @CsvSource({
        "lock, synchronized (this) {}",
        "lock, private volatile int x;",
        "atomic, AtomicInteger x;",
        "thread, Thread.startVirtualThread(x);",
        "thread, new  Thread(x);",
        "sleep, TimeUnit.SECONDS.sleep(1);",
        "executor, Executors.newCachedThreadPool();",
        "executor, ScheduledExecutorService x;",
        "clock, System.nanoTime();",
        "clock, System . currentTimeMillis();",
        "clock, Instant.now();",
        "random, new Random(1);",
        "random, new SecureRandom();",
        "random, UUID.randomUUID();",
        "socket, DatagramChannel.open();",
        "socket, Selector s;",
        "interrupt, currentThread().interrupt();",
        "thread, Thread t;",
        "disabled, @Disabled void x() {}",
        "print, System.out.println();",
        "todo, // TODO later",
        "todo, /* FIXME */",
        "name, class CallManager {}",
        "name, record SipUtils(int x) {}",
        "name, sealed interface StreamBase {}"
    })
    void eachRuleBites(String rule, String code) {
        // A rule that has never failed is not known to work.
        assertEquals(List.of(rule), rules("call/src/main/java/teleapi/call/X.java", code));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "// synchronized, volatile, Thread.sleep(1) are words here",
                "String s = \"Thread.sleep(1) \\\" volatile\";",
                "/** Thread  any; Instant.now() */",
                "String t = \"\"\"\n volatile \\\"\"\" volatile \"\"\";",
                "char c = '\"'; int volatiles;",
                "// TODO #12: later",
                "// todo list",
                "class Database {} class Managers {} class Information {}",
                "outgoing.interrupt();",
                "int asleep() { return sleeper(1); }"
            })
    void whatOnlyLooksLikeABreachPasses(String code) {
        // Words in comments, strings and longer names are free.
        assertEquals(List.of(), rules("call/src/main/java/teleapi/call/X.java", code));
    }

    @Test
    void runtimeOwnsTimeAndThreads() {
        // ARCHITECTURE: the module that owns time and threads may name them; interrupt is banned there too.
        String file = "runtime/src/main/java/teleapi/runtime/X.java";
        assertEquals(List.of(), rules(file, "volatile Thread t = Thread.ofVirtual(); Selector s; System.nanoTime();"));
        assertEquals(List.of("interrupt"), rules(file, "t.interrupt();"));
        assertEquals(List.of("sleep"), rules("runtime/src/test/java/teleapi/runtime/X.java", "Thread.sleep(1);"));
    }

    @Test
    void serverAndLabMayPrint() {
        // CONTRACT 1: the ready line; the ladder of the demo.
        assertEquals(List.of(), rules("server/src/main/java/teleapi/server/X.java", "System.out.println();"));
        assertEquals(List.of(), rules("lab/src/main/java/teleapi/lab/X.java", "System.out.println();"));
    }

    @Test
    void longFilesAreFound() {
        // STYLE: stop at 500 lines.
        assertEquals(List.of(), rules("call/src/main/java/teleapi/call/X.java", "\n".repeat(500)));
        assertEquals(List.of("length"), rules("call/src/main/java/teleapi/call/X.java", "\n".repeat(501)));
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        // STYLE: a package-info of at most ten lines, null-marked.
        String path = "call/src/main/java/teleapi/call/package-info.java";
        assertEquals(List.of(), rules(path, "/**\n * x\n */\n@org.jspecify.annotations.NullMarked\npackage x;"));
        assertEquals(List.of("package"), rules(path, "/** x */\npackage x;"));
        assertEquals(List.of("package"), rules(path, "@NullMarked\npackage x;"));
        assertEquals(List.of("package"), rules(path, "/**" + "\n * x".repeat(11) + "\n */@NullMarked\npackage x;"));
    }

    @Test
    void aPackageWithoutPackageInfoIsFound() {
        // A package of tests leans on the package it tests.
        SourceFile info = new SourceFile("a/src/main/java/x/package-info.java", "");
        SourceFile main = new SourceFile("a/src/main/java/x/X.java", "");
        SourceFile test = new SourceFile("a/src/test/java/x/XTest.java", "");
        SourceFile other = new SourceFile("a/src/test/java/y/YTest.java", "");
        assertEquals(List.of(), Tidy.unmarked(List.of(info, main, test)));
        assertEquals(2, Tidy.unmarked(List.of(main, test)).size());
        assertEquals(1, Tidy.unmarked(List.of(info, main, test, other)).size());
    }

    @Test
    void anExceptionNeedsAReason() {
        // The list is for those who come later.
        assertThrows(IllegalArgumentException.class, () -> Allowed.parse("a/b | clock |  "));
        Allowed folder = Allowed.parse("# x\n\nlab/ | clock | it measures").getFirst();
        assertEquals(true, folder.covers(new Complaint("lab/X.java", 1, "clock", "")));
        assertEquals(false, folder.covers(new Complaint("lab/X.java", 1, "sleep", "")));
        assertEquals(false, folder.covers(new Complaint("call/X.java", 1, "clock", "")));
    }

    @Test
    void anExceptionThatNothingNeedsIsFound() {
        // An exception that outlives its reason hides the next violation.
        List<Allowed> allowed = Allowed.parse("lab/ | clock | it measures");
        Complaint covered = new Complaint("lab/X.java", 1, "clock", "");
        Complaint other = new Complaint("call/X.java", 1, "clock", "no");
        assertEquals("", Allowed.verdict(allowed, List.of(covered)));
        assertEquals("call/X.java:1 [clock] no", Allowed.verdict(allowed, List.of(covered, other)));
        assertEquals(
                "allowed.txt: nothing needs 'lab/ | clock' any more; remove the line",
                Allowed.verdict(allowed, List.of()));
    }

    @Test
    void complaintsNameTheLine() {
        // One click from the message to the place.
        Complaint complaint = Tidy.complaints(new SourceFile("call/src/main/java/X.java", "a\n\nvolatile\n"))
                .getFirst();
        assertEquals(
                "call/src/main/java/X.java:3 [lock] 'volatile': one owner writes; others post to it",
                complaint.toString());
    }

    private static List<String> rules(String path, String code) {
        return Tidy.complaints(new SourceFile(path, code)).stream()
                .map(Complaint::rule)
                .distinct()
                .toList();
    }
}

package teleapi.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.BiFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Breaks one rule of the heart on purpose, in a copy of its source that is compiled apart, and shows that the exploration finds it.
 *
 * <pre>
 * Source  ADR-0002 "How we would notice it was wrong"
 * </pre>
 */
class BrokenRulesTest {
    private static final int MOST_LIVES = 2_000;

    /** A rule, the line that keeps it, and what stands there instead once it is broken. */
    private record Rule(String text, String pace, String file, String kept, String broken) {}

    private static final List<Rule> RULES = List.of(
            new Rule(
                    "a document that was fetched for something else is nobody's",
                    "dense",
                    "script/Documents.java",
                    "event instanceof CallEvent.Fetched done && done.fetch() == fetch",
                    "event instanceof CallEvent.Fetched done"),
            new Rule(
                    "what a closing mailbox still holds is answered",
                    "dense",
                    "script/Modifications.java",
                    "case CallCommand.Modify command -> answers.left(command);",
                    "case CallCommand.Modify command -> {}"),
            new Rule(
                    "a redirect in preparation is superseded by a later one",
                    "dense",
                    "script/Modifications.java",
                    "supersede(fresh.mode, \"a later redirect was accepted\");",
                    ""),
            new Rule(
                    "a move that a later one from the other leg has overtaken is not begun",
                    "crossing",
                    "script/Modifications.java",
                    "if (overtaken(fresh.mode, fresh.number)) {",
                    "if (false) {"),
            new Rule(
                    "a move along that a later redirect has overtaken is not followed",
                    "crossing",
                    "script/Modifications.java",
                    "if (overtaken(move.mode(), move.number())) {",
                    "if (false) {"),
            new Rule(
                    "what is asked of one call is done in the order in which it came to it",
                    "crossing",
                    "script/Modifications.java",
                    "lastTaken = Math.max(lastTaken, command.number());",
                    "lastTaken = command.number();"),
            new Rule(
                    "what is told to be applied is in force",
                    "dense",
                    "script/Modifications.java",
                    "answers.tell(command, State.PREPARING, 0, \"\", Map.of());",
                    "answers.applied(command, Map.of());"),
            new Rule(
                    "a branch that still rings is dropped on every way out",
                    "dense",
                    "script/DialExecution.java",
                    "            drop(cutOff);\n",
                    "\n"),
            new Rule(
                    "who leaves a bridge tells the other",
                    "dense",
                    "script/DialExecution.java",
                    "winner.ifPresent(child -> child.post(new CallEvent.PeerLeft(bridge.orElseThrow(), true,"
                            + " cutOff)));",
                    ""),
            new Rule(
                    "callbacks of a call go out one after the other",
                    "dense",
                    "webhook/ProgressCallbacks.java",
                    "                    deliver(callback);\n",
                    "                    world.start(\"hasty\", () -> deliver(callback));\n"),
            new Rule(
                    "a media session is given back with its call",
                    "dense",
                    "Leg.java",
                    "        dialog.hangUp();\n        media.close();",
                    "        dialog.hangUp();\n        if (answered) {\n            media.close();\n        }"),
            new Rule(
                    "a mute holds until it is lifted",
                    "dense",
                    "script/LiveControls.java",
                    "return mutedByRequest || mutedByAttribute;",
                    "return mutedByAttribute;"),
            new Rule(
                    "who is on hold is heard by nobody",
                    "usual",
                    "script/LiveControls.java",
                    "long request = script.nextId();\n"
                            + "            script.media().mute(muted() || held || away > 0, request);",
                    "long request = script.nextId();\n            script.media().mute(muted() || away > 0, request);"),
            new Rule(
                    "who is on hold hears its music alone",
                    "usual",
                    "script/LiveControls.java",
                    "script.media().play(Layer.HOLD, holdMusic.getAsLong(), music, 0);",
                    ""),
            new Rule(
                    "who is deaf hears nobody",
                    "usual",
                    "script/LiveControls.java",
                    "script.media().deaf(deaf, request);",
                    "script.media().deaf(false, request);"));

    @TestFactory
    Stream<DynamicTest> theExplorationFindsARuleThatIsBroken(@TempDir Path folder) {
        // Issue: break one rule on purpose (order of posts, reply from the mailbox, stale fetch, ...) and show that it
        // is found.
        return RULES.stream()
                .map(rule -> DynamicTest.dynamicTest(rule.text(), () -> {
                    Path classes = Files.createTempDirectory(folder, "broken");
                    compile(rule, classes);
                    try (URLClassLoader apart =
                            new URLClassLoader(urls(classes), ClassLoader.getPlatformClassLoader())) {
                        BiFunction<String, Long, List<String>> life = life(apart);
                        List<String> found = found(life, rule);
                        assertTrue(!found.isEmpty(), "not found in " + MOST_LIVES + " lives: " + rule.text());
                        System.out.println("broken: " + rule.text() + "; found: "
                                + found.getFirst().lines().findFirst().orElse(""));
                    }
                }));
    }

    /** The violations of one life that has any; nothing: none has. More lives than cores, as the exploration does. */
    private static List<String> found(BiFunction<String, Long, List<String>> life, Rule rule) {
        try (var pool = new ForkJoinPool(4 * Runtime.getRuntime().availableProcessors())) {
            return pool.submit(() -> LongStream.rangeClosed(1, MOST_LIVES)
                            .parallel()
                            .mapToObj(seed -> violations(life, rule, seed))
                            .filter(violations -> !violations.isEmpty())
                            .findAny()
                            .orElse(List.of()))
                    .join();
        }
    }

    private static List<String> violations(BiFunction<String, Long, List<String>> life, Rule rule, long seed) {
        return life.apply(rule.pace(), seed).stream()
                .map(text -> "in life " + seed + ", " + text)
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static BiFunction<String, Long, List<String>> life(ClassLoader apart) throws ReflectiveOperationException {
        return (BiFunction<String, Long, List<String>>)
                apart.loadClass(Life.class.getName()).getDeclaredConstructor().newInstance();
    }

    private static void compile(Rule rule, Path classes) throws IOException {
        Path source =
                Path.of("..", "call", "src", "main", "java", "teleapi", "call").resolve(rule.file());
        String text = Files.readString(source);
        int at = text.indexOf(rule.kept());
        assertTrue(at >= 0 && text.indexOf(rule.kept(), at + 1) < 0, rule.file() + " has not once: " + rule.kept());
        Path copy = Files.createDirectories(classes.resolve("source")).resolve(source.getFileName());
        Files.writeString(copy, text.replace(rule.kept(), rule.broken()));
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-nowarn",
                        "-proc:none",
                        "-d",
                        classes.toString(),
                        "-cp",
                        path(),
                        copy.toString());
        assertEquals(0, failed, "what breaks the rule does not compile");
    }

    private static String path() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static URL[] urls(Path first) throws MalformedURLException {
        Collection<URL> urls = new ArrayList<>();
        urls.add(first.toUri().toURL());
        for (String entry : path().split(File.pathSeparator, -1)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }
}

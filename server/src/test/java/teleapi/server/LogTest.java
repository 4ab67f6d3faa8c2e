package teleapi.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** ARCHITECTURE, invariants: nothing blocks an owner thread; so not who reads the log either. A JVM of its own, since the log is the process's. */
final class LogTest {
    /** More than a pipe and the queue before it hold. */
    private static final int MANY = 20_000;

    /** The JVM that logs: so many lines, and says on stdout that it has. */
    static final class Logging {
        private Logging() {}

        public static void main(String[] arguments) {
            Logger log = LoggerFactory.getLogger(Logging.class);
            for (int i = 1; i <= Integer.parseInt(arguments[0]); i++) {
                log.info("line {} of a log that somebody should read, or else not", i);
            }
            System.out.println("logged");
            Serve.writeLogs();
            System.exit(0);
        }
    }

    /** The JVM whose start comes to nothing after it has logged. */
    static final class Ending {
        private Ending() {}

        public static void main(String[] arguments) {
            Logger log = LoggerFactory.getLogger(Ending.class);
            for (int i = 1; i <= Integer.parseInt(arguments[0]); i++) {
                log.warn("line {} of a log that says why there is an end", i);
            }
            Main.main(new String[] {"--version"});
        }
    }

    private static Process logging(int lines) throws IOException {
        return run(Logging.class, lines);
    }

    private static Process run(Class<?> main, int lines) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // the server's own, where others lie on the class path of a test
                        "-Dlogback.configurationFile=logback.xml",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName(),
                        String.valueOf(lines))
                .start();
    }

    @Test
    void whoLogsDoesNotWaitForWhoReads() throws Exception {
        Process process = logging(MANY);
        try {
            assertTrue(process.waitFor(30, TimeUnit.SECONDS), "it waits for a reader");
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals("logged", out.strip());
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void whatWasLoggedIsWrittenBeforeTheEnd() throws Exception {
        Process process = logging(1000);
        List<String> lines = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertEquals(0, process.waitFor());
        assertEquals(1000, lines.size());
        assertTrue(lines.getLast().contains(" INFO  LogTest$Logging line 1000 of"), lines.getLast());
    }

    @Test
    void howMuchIsLostIsTold() throws Exception {
        Process process = logging(MANY);
        // Read once all is logged.
        assertEquals('l', process.getInputStream().read());
        List<String> lines = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertEquals(0, process.waitFor());
        List<String> told =
                lines.stream().filter(line -> line.contains(" WARN  LogQueue ")).toList();
        int lost = told.stream()
                .mapToInt(line -> Integer.parseInt(line.replaceAll(".* WARN  LogQueue (\\d+) lines .*", "$1")))
                .sum();
        assertEquals(MANY, lines.size() - told.size() + lost);
    }

    @Test
    void whatWasLoggedIsWrittenAlsoWhenTheServerDoesNotBegin() throws Exception {
        Process process = run(Ending.class, 2000);
        // Read once it is about to end: more than the pipe holds.
        assertEquals('t', process.getInputStream().read());
        List<String> lines = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertEquals(0, process.waitFor());
        assertEquals(2000, lines.size());
    }
}

package teleapi.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ADR-0025. The line is that of proc(5), with a name that has all that may mislead. */
final class RealTimeClassTest {
    @TempDir
    private Path folder;

    private static String line(int priority, int policy) {
        return "4242 (a) (b c) S 1 4242 4242 0 -1 4194304 100 0 0 0 1 2 0 0 -6 0 30 0 12345 9005940000 66000"
                + " 18446744073709551615 1 1 0 0 0 0 0 0 0 0 0 0 17 1 " + priority + " " + policy
                + " 0 0 0 0 0 0 0 0 0 0 0\n";
    }

    private Optional<String> advice(int priority, int policy, String turn) throws IOException {
        Path own = Files.writeString(folder.resolve("stat"), line(priority, policy));
        return RealTimeClass.advice(own, Files.writeString(folder.resolve("turn"), turn + "\n"));
    }

    @Test
    void longTurnsAreToldWithWhatToDo() throws IOException {
        assertEquals(
                "in the class SCHED_RR a compiler of the JVM keeps a processor from calls for 100 ms at a time: sysctl"
                        + " kernel.sched_rr_timeslice_ms=4",
                advice(5, 2, "100").orElseThrow());
        assertTrue(advice(5, 1, "100").orElseThrow().startsWith("in the class SCHED_FIFO "));
    }

    @Test
    void nothingIsToldOfShortTurnsNorOutsideTheClass() throws IOException {
        assertEquals(Optional.empty(), advice(5, 2, "4"));
        assertEquals(Optional.empty(), advice(0, 0, "100"));
        assertEquals(Optional.empty(), RealTimeClass.advice(folder.resolve("none"), folder.resolve("none")));
    }

    /** The JVM that is looked at: says what it is told. */
    static final class Looked {
        private Looked() {}

        public static void main(String[] arguments) {
            System.out.println(RealTimeClass.advice().orElse("nothing"));
        }
    }

    @Test
    void theKernelsOwnFilesAreUnderstood() throws IOException, InterruptedException {
        boolean allowed = new ProcessBuilder("chrt", "-f", "3", "true").start().waitFor() == 0;
        assertEquals("nothing", told("chrt", "-o", "0"));
        assertTrue(told("chrt", allowed ? "-f" : "-o", allowed ? "3" : "0")
                .startsWith(allowed ? "in the class SCHED_FIFO" : "nothing"));
    }

    private static String told(String... before) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(before));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Looked.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), out);
        return out.strip();
    }
}

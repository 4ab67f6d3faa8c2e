package teleapi.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import teleapi.runtime.real.RealWorld;
import teleapi.runtime.simulated.SimulatedWorld;

/** A JVM of its own, in the real-time class where this machine lets one into it, and outside. */
final class BackgroundTest {
    /** The JVM that is looked at: does it, and tells the priority of each of its threads, the others' as 0. */
    static final class Looked {
        private Looked() {}

        public static void main(String[] arguments) throws IOException {
            Optional<Background> background = Background.start(RealWorld.create());
            Map<String, String> threads = threads();
            while (background.isPresent() && !"1".equals(threads.get("C1 CompilerThre"))) {
                threads = threads();
            }
            System.out.println("steps back\t" + (background.isPresent() ? 1 : 0));
            threads.forEach((name, priority) -> System.out.println(name + "\t" + priority));
            background.ifPresent(Background::close);
        }

        private static Map<String, String> threads() throws IOException {
            Map<String, String> threads = new TreeMap<>();
            try (var tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
                for (Path task : tasks) {
                    String stat = Files.readString(task.resolve("stat"));
                    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
                    threads.put(Files.readString(task.resolve("comm")).strip(), fields[37]);
                }
            }
            return threads;
        }
    }

    private static Map<String, Integer> looked(String... before) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(before));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseG1GC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Looked.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), out);
        Map<String, Integer> threads = new TreeMap<>();
        for (String line : out.lines().toList()) {
            String[] parts = line.split("\t", -1);
            threads.merge(parts[0], Integer.valueOf(parts[1]), Math::max);
        }
        return threads;
    }

    private static boolean realTimeIsAllowed() throws IOException, InterruptedException {
        return new ProcessBuilder("chrt", "-r", "3", "true").start().waitFor() == 0;
    }

    @Test
    void inTheRealTimeClassTheCompilersAndTheCollectorGoLast() throws Exception {
        // ADR-0025.
        if (!realTimeIsAllowed()) {
            // Then no server of this machine can be in it, and none may be changed.
            assertEquals(0, looked().get("steps back"));
            return;
        }
        Map<String, Integer> threads = looked("chrt", "-r", "3");
        assertEquals(1, threads.get("steps back"), threads::toString);
        threads.forEach((name, priority) -> {
            boolean behind = name.matches("C[12] Compiler.*|G1 .*");
            if (!name.equals("steps back")) {
                assertEquals(behind ? 1 : 3, priority, name);
            }
        });
        assertEquals(1, threads.get("C1 CompilerThre"), threads::toString);
    }

    @Test
    void elsewhereNothingChanges() throws Exception {
        // The kernel shares there, and does it well.
        assertEquals(0, looked().get("steps back"));
    }

    @Test
    void compilersThatGetNoTurnAreLetBackUntilTheyDo(@TempDir Path tasks) throws IOException {
        // ADR-0025: 300 calls at once after a start, whose code was never compiled, needed the whole processor for
        // good.
        Map<Integer, Integer> priorities = new TreeMap<>();
        thread(tasks, 1, "java", 0);
        thread(tasks, 2, "C1 CompilerThre", 0);
        thread(tasks, 3, "C2 CompilerThre", 0);
        thread(tasks, 4, "G1 Conc#0", 0);
        SimulatedWorld world = new SimulatedWorld(1);
        Background background = new Background(world, tasks, 5, (thread, priority) -> {
            priorities.put(thread, priority);
            return true;
        });
        background.start();
        world.runFor(Duration.ofMillis(1));
        assertEquals(Map.of(0, 5, 2, 1, 3, 1, 4, 1), priorities);
        // Half of the time is no starving.
        thread(tasks, 3, "C2 CompilerThre", Background.INTERVAL_NANOS / 2);
        world.runFor(Duration.ofMillis(210));
        assertEquals(Map.of(0, 5, 2, 1, 3, 1, 4, 1), priorities);
        thread(tasks, 3, "C2 CompilerThre", Background.INTERVAL_NANOS * 3 / 2);
        world.runFor(Duration.ofMillis(200));
        assertEquals(Map.of(0, 5, 2, 5, 3, 5, 4, 5), priorities);
        world.runFor(Duration.ofMillis(200));
        assertEquals(Map.of(0, 5, 2, 1, 3, 1, 4, 1), priorities);
        background.close();
    }

    @Test
    void nothingGoesLastThatCouldNotBeLetBack(@TempDir Path tasks) throws IOException {
        // sched(7): without the right to it a thread may go down, not up.
        Map<Integer, Integer> priorities = new TreeMap<>();
        thread(tasks, 2, "C1 CompilerThre", 0);
        thread(tasks, 3, "C2 CompilerThre", 0);
        SimulatedWorld world = new SimulatedWorld(1);
        Background background = new Background(world, tasks, 5, (thread, priority) -> {
            boolean allowed = priority <= priorities.getOrDefault(thread, 5);
            if (allowed) {
                priorities.put(thread, priority);
            }
            return allowed;
        });
        background.start();
        world.runFor(Duration.ofSeconds(1));
        assertEquals(Map.of(Background.OWN, Background.LAST), priorities);
        background.close();
    }

    private static void thread(Path tasks, int id, String name, long waited) throws IOException {
        Path folder = Files.createDirectories(tasks.resolve(Integer.toString(id)));
        Files.writeString(folder.resolve("comm"), name + "\n");
        Files.writeString(folder.resolve("schedstat"), "123 " + waited + " 7\n");
    }
}

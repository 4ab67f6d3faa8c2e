package teleapi.runtime.real;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import teleapi.runtime.Loop;

/** ADR-0025. A JVM of its own on one processor, in the real-time class where this machine lets one into it. */
final class ProcessorTest {
    private static final int ROUNDS = 200;

    /** The JVM that is looked at: a call posts to a loop that waits. Fails unless the loop had the message when the call went on. */
    static final class Looked {
        private Looked() {}

        public static void main(String[] arguments) throws InterruptedException {
            AtomicLong handled = new AtomicLong();
            Loop<Long> loop = RealWorld.create().loop("sip", ROUNDS);
            loop.start(handled::set);
            AtomicLong first = new AtomicLong();
            Thread.ofVirtual().start(() -> post(loop, handled, first)).join();
            loop.close();
            if (first.get() < ROUNDS * 9 / 10) {
                throw new IllegalStateException("the loop went first " + first + " times of " + ROUNDS);
            }
        }

        static void post(Loop<Long> loop, AtomicLong handled, AtomicLong first) {
            for (long round = 1; round <= ROUNDS; round++) {
                loop.expedite(round);
                if (handled.get() == round) {
                    first.incrementAndGet();
                }
                while (handled.get() < round) {
                    LockSupport.parkNanos(100_000);
                }
                // The loop goes back to its selector.
                LockSupport.parkNanos(2_000_000);
            }
        }
    }

    /** The JVM that may call no function of the system: a call posts to a loop that waits, and goes on. */
    static final class Alone {
        private Alone() {}

        public static void main(String[] arguments) throws InterruptedException {
            AtomicLong handled = new AtomicLong();
            Loop<Long> loop = RealWorld.create().loop("sip", ROUNDS);
            loop.start(handled::set);
            Thread.ofVirtual()
                    .start(() -> Looked.post(loop, handled, new AtomicLong()))
                    .join();
            loop.close();
            if (handled.get() < ROUNDS) {
                throw new IllegalStateException("the call came to message " + handled + " of " + ROUNDS);
            }
        }
    }

    @Test
    void onAnOnlyProcessorALoopThatWasWokenGoesBeforeTheCallThatWokeIt() throws Exception {
        boolean allowed = new ProcessBuilder("chrt", "-r", "3", "true").start().waitFor() == 0;
        List<String> before = new ArrayList<>(allowed ? List.of("chrt", "-r", "3") : List.of());
        before.addAll(List.of("taskset", "-c", allowedProcessor()));
        run(before, List.of("--enable-native-access=ALL-UNNAMED"), Looked.class);
    }

    @Test
    void whereTheSystemHasNoSuchFunctionACallGoesOnAsElsewhere() throws Exception {
        run(List.of(), List.of("--illegal-native-access=deny", "-XX:ActiveProcessorCount=1"), Alone.class);
    }

    /** In a container it need not be the first of the machine. */
    private static String allowedProcessor() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("Cpus_allowed_list:"))
                .map(line -> line.replaceAll("\\D*(\\d+).*", "$1"))
                .findFirst()
                .orElseThrow();
    }

    private static void run(List<String> before, List<String> options, Class<?> looked) throws Exception {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), looked.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), out);
    }
}

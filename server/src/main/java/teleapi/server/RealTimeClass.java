package teleapi.server;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The real-time class of Linux that the process runs in.
 *
 * @param policy SCHED_FIFO or SCHED_RR
 * @param priority from 1, the lowest
 */
record RealTimeClass(int policy, int priority) {
    private static final Path OWN = Path.of("/proc/thread-self/stat");

    /** In what follows the name in stat, which may have any character. */
    private static final int PRIORITY = 37;

    private static final int POLICY = 38;
    private static final int FIFO = 1;
    private static final int ROUND_ROBIN = 2;

    /** The function; a constant, made once and only where it is needed. */
    @SuppressWarnings("restricted") // native access is given by the launcher
    private static final class Native {
        private static final MethodHandle SET = Linker.nativeLinker()
                .downcallHandle(
                        Linker.nativeLinker().defaultLookup().findOrThrow("sched_setscheduler"),
                        FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));

        private Native() {}
    }

    /** That of this thread; empty where it is in none. */
    static Optional<RealTimeClass> own() {
        try {
            String text = Files.readString(OWN);
            String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
            var found = new RealTimeClass(Integer.parseInt(fields[POLICY]), Integer.parseInt(fields[PRIORITY]));
            return Optional.of(found).filter(it -> it.policy == FIFO || it.policy == ROUND_ROBIN);
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }

    /** Gives a thread of the process this priority of the class; false when it is refused. */
    boolean set(int thread, int wanted) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment parameters = arena.allocateFrom(JAVA_INT, wanted);
            return (int) Native.SET.invokeExact(thread, policy, parameters) == 0;
        } catch (RuntimeException | Error wrong) {
            throw wrong;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

package teleapi.server;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import teleapi.runtime.Loop;
import teleapi.runtime.World;

/**
 * What the JVM does for itself beside the calls: it compiles, and collects what nobody uses. In a real-time class of Linux (chrt,
 * CPUSchedulingPolicy=) a thread keeps its processor for 100 ms while it has work, and calls wait. So there these threads go last, unless the
 * compilers get no turn at all: calls whose code is never compiled would need the processor for ever.
 *
 * <pre>
 * Thread  a loop of its own looks five times a second how long the compilers had to wait
 * Errors  none: where the system knows no such class, or does not let one back that went last, everything stays as it is
 * Source  ADR-0025; sched(7), proc(5)
 * </pre>
 */
final class Background implements AutoCloseable {
    // Owned by its loop.

    /** Gives a thread this priority of the process's class; false when it is refused. */
    @FunctionalInterface
    interface Priority {
        boolean set(int thread, int priority);
    }

    static final long INTERVAL_NANOS = 200_000_000;
    /** The lowest of a real-time class. */
    static final int LAST = 1;

    /** The calling thread, to the kernel. */
    static final int OWN = 0;

    private static final Logger LOG = LoggerFactory.getLogger(Background.class);
    private static final Path TASKS = Path.of("/proc/self/task");

    /** As the kernel shows them, cut to 15 characters. */
    private static final List<String> COMPILERS = List.of("C1 Compiler", "C2 Compiler");

    private static final String COLLECTOR = "G1 ";

    private final World world;
    private final Path tasks;
    private final int usual;
    private final Priority priority;
    private final Loop<Runnable> loop;
    private final Loop.Timer timer;
    /** How long each compiler has waited for a processor, in ns, ever since. */
    private final Map<Path, Long> waited = new HashMap<>();

    private boolean last;

    /** @param usual the priority of the process */
    Background(World world, Path tasks, int usual, Priority priority) {
        this.world = world;
        this.tasks = tasks;
        this.usual = usual;
        this.priority = priority;
        this.loop = world.loop("background", 10);
        this.timer = loop.timer(this::look);
    }

    /** Empty where there is no such class. */
    static Optional<Background> start(World world) {
        return RealTimeClass.own().map(own -> {
            var background = new Background(world, TASKS, own.priority(), own::set);
            background.start();
            return background;
        });
    }

    void start() {
        loop.start(Runnable::run);
        loop.post(this::begin);
    }

    /** Tries on its own thread whether one may come back: without the right to it, threads only go down. */
    private void begin() {
        if (usual > LAST && priority.set(OWN, LAST) && priority.set(OWN, usual)) {
            last = true;
            set(LAST);
            timer.at(world.time().nanos() + INTERVAL_NANOS);
        }
    }

    private void look() {
        boolean starved = longestWait() > INTERVAL_NANOS * 3 / 5;
        if (starved == last) {
            last = !starved;
            set(last ? LAST : usual);
        }
        timer.at(world.time().nanos() + INTERVAL_NANOS);
    }

    /** Of a compiler since the last look; those that have ended wait no more. */
    private long longestWait() {
        long longest = 0;
        for (Map.Entry<Path, Long> compiler : waited.entrySet()) {
            try {
                long now = waited(compiler.getKey());
                longest = Math.max(longest, now - compiler.setValue(now));
            } catch (IOException gone) {
                LOG.debug("a compiler has ended", gone);
            }
        }
        return longest;
    }

    private void set(int wanted) {
        waited.clear();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
            for (Path thread : threads) {
                String name = Files.readString(thread.resolve("comm"));
                boolean compiler = COMPILERS.stream().anyMatch(name::startsWith);
                if (compiler) {
                    waited.put(thread, waited(thread));
                }
                if (compiler || name.startsWith(COLLECTOR)) {
                    priority.set(Integer.parseInt(thread.getFileName().toString()), wanted);
                }
            }
        } catch (IOException gone) {
            LOG.debug("a thread has ended while it was looked at", gone);
        }
    }

    private static long waited(Path thread) throws IOException {
        return Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ", -1)[1]);
    }

    @Override
    public void close() {
        loop.close();
    }
}

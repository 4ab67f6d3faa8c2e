package teleapi.lab.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A program that a test started, and ends.
 *
 * <pre>
 * Thread  its lines are told on a thread for each of its two outputs
 * Errors  AssertionError when the program is not installed
 * </pre>
 */
final class Child implements AutoCloseable {
    private static final int MOST_LINES = 4_000;

    private final String name;
    private final Process process;
    private final List<String> log = java.util.Collections.synchronizedList(new java.util.ArrayList<>());
    private final List<Thread> readers;

    private Child(String name, Process process, Consumer<String> out, Consumer<String> err) {
        this.name = name;
        this.process = process;
        this.readers =
                List.of(read(process.getInputStream(), "stdout", out), read(process.getErrorStream(), "stderr", err));
    }

    /** The path of a program that must be there: a test without its peer has not tested anything. */
    static String installed(String program, String debianPackage) {
        return Stream.of(System.getenv().getOrDefault("PATH", "/usr/bin").split(":", -1))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError(program
                        + " is not installed; this test needs it as a peer (apt-get install " + debianPackage + ")"))
                .toString();
    }

    static Child start(
            String name,
            Path folder,
            Map<String, String> environment,
            List<String> command,
            Consumer<String> out,
            Consumer<String> err) {
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
        builder.environment().putAll(environment);
        try {
            return new Child(name, builder.start(), out, err);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Thread read(InputStream stream, String which, Consumer<String> told) {
        return Thread.ofPlatform().daemon().name(name + " " + which).start(() -> {
            try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (log.size() < MOST_LINES) {
                        log.add(line);
                    }
                    told.accept(line);
                }
            } catch (IOException ended) {
                log.add("(" + ended.getMessage() + ")");
            }
        });
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void whenEnded(Runnable told) {
        var _ = process.onExit().thenRun(told);
    }

    /** Asks it to end, as an operator's SIGTERM does. */
    void terminate() {
        process.destroy();
    }

    /** How it ended by itself, or by what was asked before. */
    int exit() {
        try {
            if (!process.waitFor(Happenings.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(name + " does not end. Its output:\n" + output());
            }
            for (Thread reader : readers) {
                reader.join(Happenings.PATIENCE.toMillis());
            }
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
        return process.exitValue();
    }

    /** Everything it said. */
    String output() {
        synchronized (log) {
            return String.join("\n", log);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        exit();
    }
}

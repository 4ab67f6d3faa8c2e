package teleapi.media.speech;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import teleapi.media.SoundException;

/**
 * Runs a program that speaks, or understands.
 *
 * <pre>
 * Shape   text in by stdin, result out by a file of our own that is deleted; what it prints is dropped; nothing of our environment is passed on
 * Thread  the caller's, which waits. Waiting for a process is allowed in this package alone, and only with a limit
 * Errors  SoundException: not started, too slow, failed, too much
 * </pre>
 */
final class Program {
    /** 4,096 characters take the slower engine some 3 s on a busy machine. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final long LARGEST = 32L << 20;

    /** Stands in the command for the name of the file where the result is wanted; without it the result is what the program prints. */
    static final String OUT = "\0out";

    private Program() {}

    /** Where on {@code path} it is. */
    static Optional<Path> find(String name, String path) {
        return Arrays.stream(path.split(java.io.File.pathSeparator, 100))
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static byte[] run(List<String> command, String input) {
        return run(command, input, LIMIT);
    }

    static byte[] run(List<String> command, String input, Duration limit) {
        try {
            // For the owner's eyes only: what is said to a caller is nobody else's business.
            Path out = Files.createTempFile("teleapi-speech", ".wav");
            try {
                return run(command, input, limit, out);
            } finally {
                Files.deleteIfExists(out);
            }
        } catch (IOException failed) {
            throw new SoundException(command.getFirst() + " could not be run: " + failed.getMessage());
        }
    }

    private static byte[] run(List<String> command, String input, Duration limit, Path out) throws IOException {
        boolean toFile = command.contains(OUT);
        ProcessBuilder builder = new ProcessBuilder(command.stream()
                .map(word -> word.equals(OUT) ? out.toString() : word)
                .toList());
        builder.environment().clear();
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.redirectOutput(toFile ? ProcessBuilder.Redirect.DISCARD : ProcessBuilder.Redirect.to(out.toFile()));
        Process process = builder.start();
        try {
            feed(process, input);
            if (!process.waitFor(limit)) {
                throw new SoundException(command.getFirst() + " has not ended within " + limit);
            }
        } catch (InterruptedException interrupted) {
            throw new SoundException(command.getFirst() + " was waited for and interrupted");
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new SoundException(command.getFirst() + " ended with status " + process.exitValue());
        }
        long size = Files.size(out);
        if (size > LARGEST) {
            throw new SoundException(command.getFirst() + " made " + size + " bytes, limit " + LARGEST);
        }
        return Files.readAllBytes(out);
    }

    /** At most 16 KiB, which a pipe takes at once: this does not wait for the reader. */
    private static void feed(Process process, String input) {
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException ended) {
            // It has ended without reading: its status says more than a broken pipe does.
            return;
        }
    }
}

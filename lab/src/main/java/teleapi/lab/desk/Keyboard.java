package teleapi.lab.desk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import teleapi.runtime.World;

/**
 * Single keys from a terminal, as they are pressed. Ctrl-C comes as a key too, so that the call ends decently and the terminal is put back.
 *
 * <pre>
 * Thread  open, close: main's. Keys are told on a thread of their own
 * </pre>
 */
final class Keyboard implements AutoCloseable {
    static final char CTRL_C = 3;

    private final String before;

    private Keyboard(String before) {
        this.before = before;
    }

    static Keyboard open(World world, Consumer<Character> told) throws IOException {
        String before = stty("-g").strip();
        stty("-icanon", "-echo", "-isig", "min", "1");
        world.start("keyboard", () -> read(told));
        return new Keyboard(before);
    }

    private static void read(Consumer<Character> told) {
        try {
            for (int key = System.in.read(); key >= 0; key = System.in.read()) {
                told.accept((char) key);
            }
        } catch (IOException gone) {
            told.accept(CTRL_C);
        }
    }

    @Override
    public void close() throws IOException {
        stty(before);
    }

    private static String stty(String... words) throws IOException {
        var command = new java.util.ArrayList<>(List.of("stty"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.INHERIT)
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}

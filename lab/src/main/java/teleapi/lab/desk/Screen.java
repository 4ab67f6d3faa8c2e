package teleapi.lab.desk;

import java.io.PrintStream;
import java.util.Locale;

/** Lines with time stamps, and below them, on a terminal, one line that is drawn again and again. Owner: the main thread. */
final class Screen {
    private static final String BARS = " ▁▂▃▄▅▆▇█";

    private final PrintStream out;
    private final boolean terminal;
    private final boolean quiet;
    private final long began;
    private boolean drawn;

    Screen(PrintStream out, boolean terminal, boolean quiet, long began) {
        this.out = out;
        this.terminal = terminal && !quiet;
        this.quiet = quiet;
        this.began = began;
    }

    boolean terminal() {
        return terminal;
    }

    void line(long nanos, String text) {
        if (!quiet) {
            wipe();
            out.printf(Locale.ROOT, "%8.3f s  %s%n", (nanos - began) / 1e9, text);
        }
    }

    /** Also when it is quiet. */
    void trouble(String text) {
        wipe();
        System.err.println("teleapi phone: " + text);
    }

    /** The level from -60 dBFS to 0 as a bar of ten. */
    void meter(double level, String heard, String keys) {
        if (!terminal) {
            return;
        }
        var bar = new StringBuilder();
        double eighths = Math.clamp((level + 60) / 60 * 80, 0, 80);
        for (int i = 0; i < 10; i++) {
            bar.append(BARS.charAt((int) Math.clamp(eighths - i * 8, 0, 8)));
        }
        out.print("\r\033[K  [" + bar + "] " + heard + "   " + keys);
        out.flush();
        drawn = true;
    }

    void wipe() {
        if (drawn) {
            out.print("\r\033[K");
            drawn = false;
        }
    }
}

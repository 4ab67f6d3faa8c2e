package teleapi.lab;

import java.io.Console;
import java.util.Optional;

/** Where a command prints. */
public final class Terminal {
    private Terminal() {}

    /** Someone looks on, and has keys. */
    public static boolean there() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    /** Someone looks on who likes colours (https://no-color.org). */
    public static boolean coloured() {
        return there() && System.getenv("NO_COLOR") == null;
    }
}

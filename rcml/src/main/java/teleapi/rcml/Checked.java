package teleapi.rcml;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What the records of this package demand of whoever makes them; the parser has decided before, so a failure here is a broken invariant. */
final class Checked {
    private Checked() {}

    static int range(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " is " + value + ", allowed are " + least + " to " + most);
        }
        return value;
    }

    static Duration range(String what, Duration value, int least, Duration most) {
        if (value.compareTo(Duration.ofSeconds(least)) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    what + " is " + value + ", allowed are " + least + " s to " + most.toSeconds() + " s");
        }
        return value;
    }

    static String length(String what, String value, int least, int most) {
        range("length of " + what, value.length(), least, most);
        return value;
    }

    static List<String> events(String what, List<String> events, Set<String> known) {
        if (!known.containsAll(events)) {
            throw new IllegalArgumentException(what + " are " + events + ", known are " + known);
        }
        return List.copyOf(events);
    }

    /** Keys that can be sent: digits, star, pound, A to D, and the waits w (half a second) and W (one second). */
    static boolean sendable(String digits) {
        return digits.chars().allMatch(c -> "0123456789*#ABCDabcdwW".indexOf(c) >= 0);
    }
}

package teleapi.media.dtmf;

import java.util.List;
import java.util.Optional;

/**
 * The sixteen keys, in the order of their event codes.
 *
 * <pre>
 * Units   Hz
 * Source  RFC 4733 §3.2 table 3 (codes), ITU-T Q.23 (frequencies)
 * </pre>
 */
public enum Key {
    ZERO('0', 0, 941, 1336),
    ONE('1', 1, 697, 1209),
    TWO('2', 2, 697, 1336),
    THREE('3', 3, 697, 1477),
    FOUR('4', 4, 770, 1209),
    FIVE('5', 5, 770, 1336),
    SIX('6', 6, 770, 1477),
    SEVEN('7', 7, 852, 1209),
    EIGHT('8', 8, 852, 1336),
    NINE('9', 9, 852, 1477),
    STAR('*', 10, 941, 1209),
    POUND('#', 11, 941, 1477),
    A('A', 12, 697, 1633),
    B('B', 13, 770, 1633),
    C('C', 14, 852, 1633),
    D('D', 15, 941, 1633);

    private static final List<Key> BY_CODE = List.of(values());
    /** Made once: each packet of an event asks. */
    private static final List<Optional<Key>> KNOWN =
            BY_CODE.stream().map(Optional::of).toList();

    private final char digit;
    private final int code;
    private final int low;
    private final int high;

    Key(char digit, int code, int low, int high) {
        this.digit = digit;
        this.code = code;
        this.low = low;
        this.high = high;
    }

    /** The key with that digit on it; letters in either case. */
    public static Optional<Key> of(char digit) {
        char upper = digit >= 'a' && digit <= 'd' ? (char) (digit - 'a' + 'A') : digit;
        return BY_CODE.stream().filter(key -> key.digit == upper).findFirst();
    }

    /** The key of an event code; empty for the other events there are, such as 16, the flash. */
    public static Optional<Key> ofCode(int code) {
        return code >= 0 && code < BY_CODE.size() ? KNOWN.get(code) : Optional.empty();
    }

    public char digit() {
        return digit;
    }

    /** The event code of telephone-event. */
    public int code() {
        return code;
    }

    /** The frequency of its row. */
    public int low() {
        return low;
    }

    /** The frequency of its column. */
    public int high() {
        return high;
    }
}

package teleapi.call;

import java.util.HexFormat;
import java.util.Optional;
import teleapi.runtime.World;

/**
 * The identity of everything the API names.
 *
 * <pre>
 * Shape   two upper-case letters of its kind, then 32 lower-case hex digits: 48 bits of wall time in ms, 80 random bits
 * Source  CONTRACT section 2: time-ordered, unguessable
 * </pre>
 */
public record Sid(String text) implements Comparable<Sid> {
    public static final String ACCOUNT = "AC";
    public static final String CALL = "CA";
    public static final String CONFERENCE = "CF";
    public static final String NUMBER = "PN";
    public static final String APPLICATION = "AP";
    public static final String CLIENT = "CL";
    public static final String NOTIFICATION = "NO";
    public static final String EVENT = "EV";
    public static final String MODIFICATION = "MO";
    public static final String RECORDING = "RE";
    /** TR is a trunk. */
    public static final String TRANSCRIPTION = "GT";

    public static final String STREAM = "MZ";

    public static final String MESSAGE = "SM";

    public static final String QUEUE = "QU";

    /** What one who waits in a queue and one who dials it know each other by; not shown. */
    public static final String BRIDGE = "BR";

    /** An Idempotency-Key of an account; not shown. */
    public static final String REQUEST_KEY = "IK";

    public Sid {
        if (!valid(text)) {
            throw new IllegalArgumentException("not a sid: " + text);
        }
    }

    public static Sid fresh(String kind, World world) {
        var random = new byte[10];
        world.random().fill(random);
        return new Sid(kind
                + HexFormat.of().toHexDigits(world.time().now().toEpochMilli(), 12)
                + HexFormat.of().formatHex(random));
    }

    /** A sid of this kind, or empty when {@code text} is none. */
    public static Optional<Sid> parse(String kind, String text) {
        return text.startsWith(kind) && valid(text) ? Optional.of(new Sid(text)) : Optional.empty();
    }

    private static boolean valid(String text) {
        if (text.length() != 34 || !upper(text.charAt(0)) || !upper(text.charAt(1))) {
            return false;
        }
        for (int i = 2; i < 34; i++) {
            char c = text.charAt(i);
            if ("0123456789abcdef".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean upper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    @Override
    public int compareTo(Sid other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}

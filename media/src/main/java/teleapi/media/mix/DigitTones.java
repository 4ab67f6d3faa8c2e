package teleapi.media.mix;

import java.time.Duration;
import teleapi.media.Sound;

/** The sounds of the sixteen keys (ITU-T Q.23). */
final class DigitTones {
    private static final String KEYS = "0123456789*#ABCD";
    private static final String ROWS = "123A456B789C*0#D";
    private static final int[] LOW = {697, 770, 852, 941};
    private static final int[] HIGH = {1209, 1336, 1477, 1633};

    private DigitTones() {}

    static Sound of(char digit, Duration length) {
        int place = ROWS.indexOf(digit);
        short[] low = Sound.tone(LOW[place / 4], length, -10).samples();
        short[] high = Sound.tone(HIGH[place % 4], length, -8).samples();
        short[] both = new short[low.length];
        for (int i = 0; i < both.length; i++) {
            both[i] = (short) (low[i] + high[i]);
        }
        return Sound.of(both);
    }

    /** RFC 4733 §3.2; -1 for what is no key. */
    static int code(char digit) {
        return KEYS.indexOf(digit);
    }
}

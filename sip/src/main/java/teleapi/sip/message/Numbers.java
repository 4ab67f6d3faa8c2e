package teleapi.sip.message;

import java.util.OptionalLong;

/** Decimal numbers of headers: digits only, leading zeros allowed, bounded. */
final class Numbers {
    static final long UNSIGNED_32 = 0xFFFF_FFFFL;

    private Numbers() {}

    /** The number, or empty when it is none or beyond {@code most}. */
    static OptionalLong read(String text, long most) {
        return read(text, 0, text.length(), most);
    }

    static OptionalLong read(String text, int from, int to, long most) {
        if (from >= to) {
            return OptionalLong.empty();
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return OptionalLong.empty();
            }
            value = value * 10 + digit;
            if (value > most) {
                return OptionalLong.empty();
            }
        }
        return OptionalLong.of(value);
    }
}

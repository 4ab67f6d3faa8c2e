package teleapi.runtime.simulated;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The buffer in which a loop hands over bytes. It does not begin at the start of its array and is overwritten after the return, so that a
 * receiver which keeps it, or takes the array for the bytes, fails here and not in the real world now and then.
 */
final class Lent {
    private static final int BEFORE = 3;
    private static final byte OVERWRITTEN = 0x5A;

    private Lent() {}

    static void to(byte[] bytes, int from, int length, Consumer<ByteBuffer> receiver) {
        byte[] lent = new byte[BEFORE + length];
        System.arraycopy(bytes, from, lent, BEFORE, length);
        receiver.accept(ByteBuffer.wrap(lent, BEFORE, length).slice());
        Arrays.fill(lent, OVERWRITTEN);
    }
}

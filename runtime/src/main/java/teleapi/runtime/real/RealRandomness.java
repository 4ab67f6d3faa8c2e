package teleapi.runtime.real;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import teleapi.runtime.Randomness;

/** The system's unguessable bytes, fetched by the page because each fetch is a system call. */
final class RealRandomness implements Randomness {
    // Any thread, under the lock.
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final int PAGE = 4096;

    private final SecureRandom source = new SecureRandom();
    private final ReentrantLock lock = new ReentrantLock();
    private final byte[] page = new byte[PAGE];
    private int used = PAGE;

    @Override
    public long nextLong() {
        lock.lock();
        try {
            int at = draw(Long.BYTES);
            long value = (long) LONGS.get(page, at);
            forget(at, Long.BYTES);
            return value;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void fill(byte[] bytes) {
        if (bytes.length > PAGE / 4) {
            source.nextBytes(bytes);
            return;
        }
        lock.lock();
        try {
            int at = draw(bytes.length);
            System.arraycopy(page, at, bytes, 0, bytes.length);
            forget(at, bytes.length);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int below(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound " + bound + " is not positive");
        }
        // 31 bits; the incomplete last run of `bound` is drawn again, so that every value is equally likely.
        while (true) {
            int bits = (int) (nextLong() >>> 33);
            int value = bits % bound;
            if (bits - value + (bound - 1) >= 0) {
                return value;
            }
        }
    }

    private int draw(int length) {
        if (PAGE - used < length) {
            source.nextBytes(page);
            used = 0;
        }
        int at = used;
        used += length;
        return at;
    }

    /** What was given out is a key or an id: it must not be readable here afterwards. */
    private void forget(int at, int length) {
        Arrays.fill(page, at, at + length, (byte) 0);
    }
}

package teleapi.runtime.simulated;

import teleapi.runtime.Randomness;

/** Owned by whoever holds the baton. SplitMix64: fast, and the same numbers on every JDK, so that a seed in a bug report stays good. */
final class Chance implements Randomness {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    Chance(long seed, long stream) {
        state = mix(seed + mix(stream));
    }

    /** Scatters the bits of {@code value}; the same value gives the same answer. */
    static long mix(long value) {
        long mixed = value + GOLDEN;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    @Override
    public long nextLong() {
        long drawn = mix(state);
        state += GOLDEN;
        return drawn;
    }

    @Override
    public void fill(byte[] bytes) {
        for (int i = 0; i < bytes.length; i += Long.BYTES) {
            long drawn = nextLong();
            for (int k = i; k < Math.min(i + Long.BYTES, bytes.length); k++) {
                bytes[k] = (byte) drawn;
                drawn >>>= Byte.SIZE;
            }
        }
    }

    @Override
    public int below(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound " + bound + " is not positive");
        }
        return (int) Math.unsignedMultiplyHigh(nextLong(), bound);
    }

    /** Evenly from {@code least} to {@code most}, both inclusive. */
    long between(long least, long most) {
        return least + Math.unsignedMultiplyHigh(nextLong(), most - least + 1);
    }

    /** True with the given probability; draws nothing when the answer is certain. */
    boolean hits(double probability) {
        return probability > 0 && (probability >= 1 || (nextLong() >>> 11) * 0x1.0p-53 < probability);
    }
}

package teleapi.runtime;

/**
 * The only source of chance: unguessable in the real world, the seed's in the simulation.
 *
 * <pre>
 * Thread  any
 * </pre>
 */
public interface Randomness {
    long nextLong();

    void fill(byte[] bytes);

    /** Evenly from 0 (inclusive) to {@code bound} (exclusive, positive). */
    int below(int bound);
}

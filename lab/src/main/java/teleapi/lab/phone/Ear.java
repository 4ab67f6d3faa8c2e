package teleapi.lab.phone;

/**
 * Gets all that a phone hears: a recorder, a level meter.
 *
 * <pre>
 * Shape   signed 16-bit, mono, 8 kHz; as it arrives, so with gaps where nothing came
 * Thread  the phone's loop: do not wait
 * </pre>
 */
@FunctionalInterface
public interface Ear {
    Ear NONE = (samples, count, nanos) -> {};

    /**
     * Sound has come.
     *
     * @param samples the first {@code count} are valid, until this returns
     * @param nanos when it came, on the scale of Time.nanos
     */
    void heard(short[] samples, int count, long nanos);

    /** Tells both. */
    default Ear and(Ear other) {
        return (samples, count, nanos) -> {
            heard(samples, count, nanos);
            other.heard(samples, count, nanos);
        };
    }
}

package teleapi.media.sound;

/**
 * Sound of some rate: signed 16-bit, mono.
 *
 * @param values the owner's, not copied: read only
 */
public record Samples(int rate, short[] values) {
    static short clipped(double value) {
        return (short) Math.clamp(Math.round(value), Short.MIN_VALUE, Short.MAX_VALUE);
    }
}

package teleapi.media.mix;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import teleapi.media.MediaSession;
import teleapi.media.codec.G711;

/**
 * What is played over whatever else a party hears.
 *
 * <pre>
 * Shape   sums are integers and cut to 16 bits once, at the end: loud on loud is as loud as it can be, and never wraps
 * </pre>
 */
final class MixedSounds {
    // Owned by the thread of the media loop.

    private final int[] sum;
    private final List<Playback> sounds = new ArrayList<>(MediaSession.MOST_MIXED);

    MixedSounds(Scratch scratch) {
        this.sum = scratch.sum;
    }

    boolean any() {
        return !sounds.isEmpty();
    }

    /** False when there are as many as can be. */
    boolean add(Playback sound) {
        return sounds.size() < MediaSession.MOST_MIXED && sounds.add(sound);
    }

    /** Whether it was heard. */
    boolean stop(long number) {
        return sounds.removeIf(sound -> sound.number() == number);
    }

    void stopAll() {
        sounds.clear();
    }

    /** Adds the next part of each to {@code count} octets. */
    void addTo(G711 law, byte[] octets, int count) {
        for (int i = 0; i < count; i++) {
            sum[i] = law.decode(octets[i]);
        }
        addTo(sum, count);
        for (int i = 0; i < count; i++) {
            octets[i] = law.encode((short) Math.clamp(sum[i], Short.MIN_VALUE, Short.MAX_VALUE));
        }
    }

    /** The same, to {@code count} samples of 8 kHz. */
    void addTo(short[] samples, int count) {
        for (int i = 0; i < count; i++) {
            sum[i] = samples[i];
        }
        addTo(sum, count);
        for (int i = 0; i < count; i++) {
            samples[i] = (short) Math.clamp(sum[i], Short.MIN_VALUE, Short.MAX_VALUE);
        }
    }

    /** The same, to a sum of 8 kHz. */
    void addTo(int[] samples, int count) {
        for (int s = 0; s < sounds.size(); s++) {
            sounds.get(s).addTo(samples, count);
        }
    }

    /** Drops and tells those that have come to their end. */
    void removeFinished(LongConsumer finished) {
        for (int s = sounds.size() - 1; s >= 0; s--) {
            if (sounds.get(s).over()) {
                finished.accept(sounds.remove(s).number());
            }
        }
    }
}

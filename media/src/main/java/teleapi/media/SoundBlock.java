package teleapi.media;

import java.util.function.Consumer;

/**
 * A piece of a recording on its way to its sink, and back to be filled again.
 *
 * <pre>
 * Shape   signed 16-bit at 8 kHz; of two channels the samples take turns
 * Thread  the media loop's while it fills, then the sink's until {@link #release}
 * </pre>
 */
public final class SoundBlock {
    // Owned by the media loop or the sink by turns; handed over through messages.

    private final short[] samples;
    private final Consumer<SoundBlock> home;
    private int length;

    /** {@code home} takes it back, on the sink's thread. */
    public SoundBlock(int capacity, Consumer<SoundBlock> home) {
        this.samples = new short[capacity];
        this.home = home;
    }

    /** Its samples; {@link #length} of them count. */
    public short[] samples() {
        return samples;
    }

    /** Over all channels. */
    public int length() {
        return length;
    }

    public boolean full() {
        return length == samples.length;
    }

    public void add(short sample) {
        samples[length++] = sample;
    }

    /** Forgets the oldest samples. */
    public void forget(int count) {
        length -= count;
        System.arraycopy(samples, count, samples, 0, length);
    }

    public void clear() {
        length = 0;
    }

    /** Gives it back: the sink needs it no more. */
    public void release() {
        home.accept(this);
    }
}

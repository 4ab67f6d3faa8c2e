package teleapi.media;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Keeps everything, or nothing more than it has room for. */
final class Tape implements SoundSink {
    private static final int FRAME = 160;

    // The media loop's thread; the test reads when nothing runs.
    private final int channels;
    private final int room;
    private final boolean slow;
    private final List<Short> samples = new ArrayList<>();
    int ends;
    boolean whole;

    Tape(Tracks tracks, int room, boolean slow) {
        this.channels = tracks.channels();
        this.room = room;
        this.slow = slow;
    }

    @Override
    public boolean take(SoundBlock block) {
        if (samples.size() + block.length() > room) {
            return false;
        }
        for (int i = 0; i < block.length(); i++) {
            samples.add(block.samples()[i]);
        }
        if (!slow) {
            block.release();
        }
        return true;
    }

    @Override
    public void end(boolean allOfIt, Duration length, Consumer<Boolean> complete) {
        ends++;
        whole = allOfIt;
        samples.subList((int) Math.min(samples.size(), 8L * channels * length.toMillis()), samples.size())
                .clear();
        complete.accept(allOfIt);
    }

    int frames() {
        return samples.size() / FRAME / channels;
    }

    /** The level of a tone in a frame of a channel. */
    double level(int channel, int frame, int hertz) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < FRAME; i++) {
            double angle = 2 * Math.PI * hertz * i / 8000;
            short sample = samples.get((frame * FRAME + i) * channels + channel);
            re += sample * Math.cos(angle);
            im += sample * Math.sin(angle);
        }
        return 2 * Math.hypot(re, im) / FRAME;
    }

    /** What there is of a channel. */
    short[] channel(int channel) {
        short[] all = new short[samples.size() / channels];
        for (int i = 0; i < all.length; i++) {
            all[i] = samples.get(i * channels + channel);
        }
        return all;
    }

    boolean has(int channel, int frame, int hertz) {
        return level(channel, frame, hertz) > 500;
    }

    boolean silent(int channel, int frame) {
        for (int i = 0; i < FRAME; i++) {
            if (Math.abs(samples.get((frame * FRAME + i) * channels + channel)) > 8) {
                return false;
            }
        }
        return true;
    }
}

package teleapi.media.mix;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import teleapi.media.Layer;

/** The playbacks of one party, one above the other. */
final class Layers {
    // Owned by the thread of the media loop.

    private static final Layer[] LOWEST_FIRST = Layer.values();

    private final Map<Layer, Playback> playbacks = new EnumMap<>(Layer.class);
    private @Nullable Playback top;
    private @Nullable Layer highest;

    void play(Layer layer, Playback next) {
        playbacks.put(layer, next);
        findTop();
    }

    void stop(long number) {
        playbacks.values().removeIf(playback -> playback.number() == number);
        findTop();
    }

    /** The playback that is fed, with this number. */
    @Nullable
    FedPlayback fed(long number) {
        for (Layer layer : LOWEST_FIRST) {
            if (playbacks.get(layer) instanceof FedPlayback fed && fed.number() == number) {
                return fed;
            }
        }
        return null;
    }

    void stopAll() {
        playbacks.clear();
        findTop();
    }

    boolean any() {
        return top != null;
    }

    /** In which there is one. */
    @Nullable
    Layer highest() {
        return highest;
    }

    /** What is heard; those found to be over are told. */
    @Nullable
    Playback top(LongConsumer finished) {
        while (top != null && top.over()) {
            long number = top.number();
            playbacks.values().remove(top);
            findTop();
            finished.accept(number);
        }
        return top;
    }

    private void findTop() {
        top = null;
        highest = null;
        for (Layer layer : LOWEST_FIRST) {
            Playback playback = playbacks.get(layer);
            if (playback != null) {
                top = playback;
                highest = layer;
            }
        }
    }
}

package teleapi.media.codec;

import java.util.function.BiConsumer;

/** Both ways to code Opus, as far as they are here, for measuring them. */
public final class BothOpus {
    private BothOpus() {}

    public static void each(BiConsumer<String, Opus> what) {
        Libopus.find().ifPresent(opus -> what.accept(opus.name(), opus));
        Concentus concentus = new Concentus();
        what.accept(concentus.name(), concentus);
    }
}

package teleapi.flows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.BiFunction;

/**
 * One explored life, of a pace (or {@code crossing}) and a seed: what was violated in it. Public, and of the JDK's types alone, for whoever loads it apart from
 * this build.
 *
 * <pre>
 * Thread  the caller's
 * </pre>
 */
public final class Life implements BiFunction<String, Long, List<String>> {
    @Override
    public List<String> apply(String pace, Long seed) {
        try {
            return pace.equals("crossing") ? new Crossing(seed).play() : new Exploration(seed, Pace.of(pace)).play();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException failure) {
            return List.of("the run itself failed: " + failure);
        }
    }
}

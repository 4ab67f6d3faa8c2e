package teleapi.media.mix;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import teleapi.media.Layer;

/**
 * All keys on their way to one peer: those that go out whatever it hears, and those of documents, which wait while their layer is covered, as
 * sounds do. A key that has begun is sent to its end.
 *
 * <pre>
 * Units   beats of 20 ms
 * Source  ADR-0011
 * </pre>
 */
final class Dialling {
    // Owned by the thread of the media loop.

    private record Layered(Layer layer, DigitSending digits) {}

    private final DigitSending overAll = new DigitSending();
    /** One for each layer that has any. */
    private final List<Layered> layered = new ArrayList<>();

    private @Nullable DigitSending sends;

    void send(MediaMessage.SendDigits wanted) {
        wanted.layer().map(this::in).orElse(overAll).add(wanted.request(), wanted.digits());
    }

    private DigitSending in(Layer layer) {
        for (int i = 0; i < layered.size(); i++) {
            if (layered.get(i).layer() == layer) {
                return layered.get(i).digits();
            }
        }
        var fresh = new Layered(layer, new DigitSending());
        layered.add(fresh);
        return fresh.digits();
    }

    /** Of a document. */
    void stop(long number) {
        for (int i = 0; i < layered.size(); i++) {
            layered.get(i).digits().stop(number);
        }
    }

    /** Tells the requests whose digits are out. */
    void tellSent(LongConsumer sent) {
        overAll.tellSent(sent);
        for (int i = layered.size() - 1; i >= 0; i--) {
            layered.get(i).digits().tellSent(sent);
            if (layered.get(i).digits().idle()) {
                layered.remove(i);
            }
        }
    }

    boolean idle() {
        return overAll.idle() && layered.isEmpty();
    }

    /** Whether the peer hears a digit, and nothing else. */
    boolean sounding() {
        return sends != null && sends.sounding();
    }

    /** One beat; whether the peer hears nothing else in it. {@code highest}: in which layer it hears a sound. */
    boolean beat(Wire wire, byte[] frame, @Nullable Layer highest, long now) {
        if (!sounding()) {
            sends = next(highest);
        }
        return sends != null && sends.beat(wire, frame, now);
    }

    private @Nullable DigitSending next(@Nullable Layer highest) {
        if (!overAll.idle()) {
            return overAll;
        }
        Layered top = null;
        for (int i = 0; i < layered.size(); i++) {
            if (top == null || layered.get(i).layer().compareTo(top.layer()) > 0) {
                top = layered.get(i);
            }
        }
        return top == null || (highest != null && highest.compareTo(top.layer()) > 0) ? null : top.digits();
    }
}

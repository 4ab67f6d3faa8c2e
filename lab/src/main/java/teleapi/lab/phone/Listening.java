package teleapi.lab.phone;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import teleapi.media.dtmf.Tone;
import teleapi.media.dtmf.ToneMeter;

/**
 * Makes a {@link Hearing} of samples: which of the known tones are there, or, when none is known, which tones there are.
 *
 * <pre>
 * Shape   known tones: frames of 20 ms, as packets are. Any tone: frames of 100 ms on a raster of 20 Hz, good to 10 Hz
 * Thread  the phone's loop
 * </pre>
 */
final class Listening {
    private static final int RASTER = 20;
    private static final int LOWEST = 200;
    private static final int HIGHEST = 3_400;

    /** What has more lines than that is a voice or music. */
    private static final int MOST = 3;

    private final ToneMeter meter;
    private final boolean anyTone;

    Listening(List<Integer> known) {
        anyTone = known.isEmpty();
        meter = anyTone
                ? ToneMeter.over(100, raster())
                : ToneMeter.of(known.stream().mapToDouble(Integer::intValue).toArray());
    }

    private static double[] raster() {
        var lines = new double[(HIGHEST - LOWEST) / RASTER + 1];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = LOWEST + i * RASTER;
        }
        return lines;
    }

    /** Takes samples; true when a frame has become whole. */
    boolean hear(short[] samples, int count) {
        return meter.hear(samples, 0, count) > 0;
    }

    /** The last whole frame. */
    Hearing hearing(long nanos) {
        Set<Integer> tones = anyTone ? peaks() : known();
        return new Hearing(tones, tones.isEmpty() && !meter.isSilent(), true, nanos);
    }

    private Set<Integer> known() {
        Set<Integer> tones = new TreeSet<>();
        meter.heard().forEach(tone -> tones.add((int) Math.round(tone.hertz())));
        return tones;
    }

    /** A tone between two lines shows in both: the louder one stands for it, or their middle when they are alike. */
    private Set<Integer> peaks() {
        Set<Integer> tones = new TreeSet<>();
        List<Tone> heard = meter.heard();
        for (int i = 0; i < heard.size(); i++) {
            double hertz = heard.get(i).hertz();
            if (heard.subList(0, i).stream().anyMatch(louder -> Math.abs(louder.hertz() - hertz) <= RASTER)) {
                continue;
            }
            double level = heard.get(i).dbfs();
            double twin = heard.stream()
                    .filter(other -> Math.abs(other.hertz() - hertz) == RASTER && level - other.dbfs() < 3)
                    .mapToDouble(Tone::hertz)
                    .findFirst()
                    .orElse(hertz);
            tones.add((int) Math.round((hertz + twin) / 2));
        }
        return tones.size() > MOST ? Set.of() : tones;
    }
}

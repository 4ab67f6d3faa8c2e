package teleapi.media.sound;

import java.util.Locale;

/**
 * What a caller hears while the other side rings: one cadence of a country, to be looped.
 *
 * <pre>
 * Shape   frequencies sounded together, for on, off, on, off
 * Units   Hz, ms; together about -13 dBFS
 * Source  ITU-T E.180 supplement 2
 * </pre>
 */
@SuppressWarnings("ImmutableEnumChecker") // the arrays are never handed out
public enum Ringback {
    AMERICAN(new int[] {440, 480}, 0, new int[] {2000, 4000}),
    BRITISH(new int[] {400, 450}, 0, new int[] {400, 200, 400, 2000}),
    AUSTRALIAN(new int[] {400, 425, 450}, 0, new int[] {400, 200, 400, 2000}),
    INDIAN(new int[] {400}, 25, new int[] {400, 200, 400, 2000}),
    EUROPEAN(new int[] {425}, 0, new int[] {1000, 4000}),
    SWEDISH(new int[] {425}, 0, new int[] {1000, 5000}),
    AUSTRIAN(new int[] {420}, 0, new int[] {1000, 5000}),
    BELGIAN(new int[] {425}, 0, new int[] {1000, 3000}),
    SPANISH(new int[] {425}, 0, new int[] {1500, 3000}),
    RUSSIAN(new int[] {425}, 0, new int[] {800, 3200}),
    FRENCH(new int[] {440}, 0, new int[] {1500, 3500}),
    CHINESE(new int[] {450}, 0, new int[] {1000, 4000}),
    JAPANESE(new int[] {400}, 16, new int[] {1000, 2000}),
    KOREAN(new int[] {440, 480}, 0, new int[] {1000, 2000});

    private static final double PEAK = Short.MAX_VALUE * 0.22;

    /** Rise and fall of each burst: without, its edges click. */
    private static final int RAMP = 40;

    /** Sounded together. */
    private final int[] hertz;

    /** The rate at which the tone swells; 0: steady. */
    private final int modulation;

    /** On and off by turns, in ms. */
    private final int[] cadence;

    Ringback(int[] hertz, int modulation, int[] cadence) {
        this.hertz = hertz;
        this.modulation = modulation;
        this.cadence = cadence;
    }

    /** The country's, by its ISO 3166 code, uk or eu; for one we do not know, the American. */
    public static Ringback of(String country) {
        return switch (country.toLowerCase(Locale.ROOT)) {
            case "uk", "gb", "ie", "nz", "za" -> BRITISH;
            case "au" -> AUSTRALIAN;
            case "in" -> INDIAN;
            case "eu", "de", "it", "nl", "ch", "dk", "no", "fi", "pl", "cz", "gr", "br", "mx" -> EUROPEAN;
            case "se", "pt" -> SWEDISH;
            case "at" -> AUSTRIAN;
            case "be" -> BELGIAN;
            case "es" -> SPANISH;
            case "ru" -> RUSSIAN;
            case "fr" -> FRENCH;
            case "cn" -> CHINESE;
            case "jp" -> JAPANESE;
            case "kr", "tw" -> KOREAN;
            default -> AMERICAN;
        };
    }

    /** One full cadence. */
    public short[] samples() {
        int length = 0;
        for (int millis : cadence) {
            length += millis * 8;
        }
        short[] out = new short[length];
        int at = 0;
        for (int i = 0; i < cadence.length; i++) {
            if (i % 2 == 0) {
                burst(out, at, cadence[i] * 8);
            }
            at += cadence[i] * 8;
        }
        return out;
    }

    private void burst(short[] out, int at, int length) {
        for (int i = 0; i < length; i++) {
            double angle = 2 * Math.PI * i / Resampler.RATE;
            double sum = 0;
            for (int frequency : hertz) {
                sum += Math.sin(angle * frequency);
            }
            double swell = modulation == 0 ? 1 : (1 + 0.85 * Math.cos(angle * modulation)) / 1.85;
            double edge = Math.min(1, Math.min(i, length - 1 - i) / (double) RAMP);
            out[at + i] = Samples.clipped(PEAK * edge * swell * sum / hertz.length);
        }
    }
}

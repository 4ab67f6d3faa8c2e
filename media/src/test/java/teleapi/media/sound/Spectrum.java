package teleapi.media.sound;

/** How loud a frequency is in some samples, for tests: a sine of full scale has 0 dB. */
final class Spectrum {
    private Spectrum() {}

    static double decibels(short[] samples, int from, int to, int rate, double hertz) {
        double real = 0;
        double imaginary = 0;
        double weight = 0;
        for (int i = from; i < to; i++) {
            double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i - from) / (to - from));
            double angle = 2 * Math.PI * hertz * i / rate;
            real += window * samples[i] * Math.cos(angle);
            imaginary += window * samples[i] * Math.sin(angle);
            weight += window;
        }
        return 20 * Math.log10(2 * Math.hypot(real, imaginary) / weight / Short.MAX_VALUE + 1e-9);
    }

    static double rms(short[] samples, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (double) samples[i] * samples[i];
        }
        return Math.sqrt(sum / (to - from));
    }
}

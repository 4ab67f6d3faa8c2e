package teleapi.media.dtmf;

/** The power of one frequency in a block, at a multiplication a sample: a discrete Fourier transform for those who need few of its lines. */
final class Goertzel {
    private final double coefficient;
    private final double cosine;
    private final double sine;

    Goertzel(double hertz, int rate) {
        cosine = Math.cos(2 * Math.PI * hertz / rate);
        sine = Math.sin(2 * Math.PI * hertz / rate);
        coefficient = 2 * cosine;
    }

    /** The squared magnitude of the line: a sine of peak A over N samples has (A * N / 2)². */
    double power(double[] block) {
        double last = 0;
        double before = 0;
        for (double sample : block) {
            double now = sample + coefficient * last - before;
            before = last;
            last = now;
        }
        return last * last + before * before - coefficient * last * before;
    }

    /** The phase of the line at the end of the block. */
    double phase(double[] block) {
        double last = 0;
        double before = 0;
        for (double sample : block) {
            double now = sample + coefficient * last - before;
            before = last;
            last = now;
        }
        return Math.atan2(sine * before, last - cosine * before);
    }
}

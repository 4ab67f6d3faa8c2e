package teleapi.media;

/**
 * The mean opinion score that the E-model expects.
 *
 * <p>Simplified: of the model's terms, those of delay and of loss are computed, all others have their default values, which together are
 * R = 93.2. The codec term is that of G.711 with concealment (Ie 0, Bpl 25.1); on this scale, which ends with telephone sound, G.113 knows
 * nothing better, so that it says at most too little of G.722 and Opus. Losses are taken to be random (BurstR 1).
 *
 * <pre>
 * Units   delay in milliseconds, one way; loss from 0 to 1; the score from 1 (bad) to 4.5 (as good as a telephone can be)
 * Thread  any; no state
 * Source  ITU-T G.107 (2015) §7.2, B.4; G.113 Appendix I table I.4; the term of delay: Cole and Rosenbluth, Voice over IP performance
 *         monitoring (2001), equation 4
 * </pre>
 */
public final class Opinion {
    private static final double BEST = 93.2;
    private static final double LOSS_ROBUSTNESS = 25.1;
    private static final double LONG_DELAY = 177.3;

    private Opinion() {}

    public static double score(double delay, double loss) {
        return score(rating(delay, loss));
    }

    /** R, from 0 to 93.2. */
    static double rating(double delay, double loss) {
        double slow = 0.024 * delay + 0.11 * Math.max(0, delay - LONG_DELAY);
        double percent = 100 * loss;
        double damaged = 95 * percent / (percent + LOSS_ROBUSTNESS);
        return Math.clamp(BEST - slow - damaged, 0, 100);
    }

    /** G.107 B.4. */
    static double score(double rating) {
        double score = 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6;
        return Math.max(1, score);
    }
}

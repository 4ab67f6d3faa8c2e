package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The E-model, against what its authors print. */
final class OpinionTest {
    @Test
    void ratingsAreTheScoresOfTheRecommendation() {
        // ITU-T G.107 Annex B, table B.1: the lower limits of the classes of quality.
        double[][] classes = {{90, 4.34}, {80, 4.03}, {70, 3.60}, {60, 3.10}, {50, 2.58}, {0, 1}};
        for (double[] row : classes) {
            assertEquals(row[1], Opinion.score(row[0]), 0.01);
        }
    }

    @Test
    void whatDelayAndLossTakeAway() {
        // G.107 §7.2 with its default values; a lower delay is hardly noticed, half a second is.
        assertEquals(93.2, Opinion.rating(0, 0), 1e-9);
        assertEquals(4.41, Opinion.score(0, 0), 0.005);
        assertEquals(93.2 - 2.4, Opinion.rating(100, 0), 1e-9);
        assertEquals(93.2 - 9.6 - 0.11 * 222.7, Opinion.rating(400, 0), 1e-9);
        // G.113 Appendix I: half of what loss can take is gone where the share in per cent is Bpl.
        assertEquals(93.2 - 47.5, Opinion.rating(0, 0.251), 1e-9);
        double before = 5;
        for (int percent = 0; percent <= 100; percent++) {
            double score = Opinion.score(20, percent / 100.0);
            assertTrue(score <= before && score >= 1);
            before = score;
        }
    }
}

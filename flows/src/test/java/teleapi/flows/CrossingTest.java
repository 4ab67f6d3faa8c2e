package teleapi.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Moves of both legs that cross, in very many orders; a failure replays from its seed. */
class CrossingTest {
    private static final int LIVES = 1_000;

    @Test
    void ofMovesThatCrossTheLastOneAcceptedWinsOnBothLegs() throws IOException {
        // CONTRACT section 2: in the order in which they were accepted
        for (long seed = 1; seed <= LIVES; seed++) {
            assertEquals(List.of(), new Crossing(seed).play(), "seed " + seed);
        }
    }
}

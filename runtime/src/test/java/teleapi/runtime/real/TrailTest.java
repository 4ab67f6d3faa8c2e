package teleapi.runtime.real;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import teleapi.runtime.Trail;

/** What is appended to a trail is there, in order, and not more than it holds. */
final class TrailTest {
    @Test
    void itShowsTheNewestInTheirOrder() {
        // STYLE, input: nothing is unbounded; the journal of a call shows its newest 500 entries
        var trail = new Trail<Long>(5);
        for (int added = 1; added <= 23; added++) {
            trail.add(number -> number);
            long last = added;
            assertEquals(
                    LongStream.rangeClosed(Math.max(1, last - 4), last).boxed().toList(), trail.list());
            assertEquals(last, trail.last());
        }
    }

    @Test
    void numbersHaveNoGapsWhoeverAppends() throws InterruptedException {
        // ADR-0013: the call and the senders of its callbacks append to one journal
        var trail = new Trail<Long>(40_000);
        var done = new CountDownLatch(4);
        for (int writer = 0; writer < 4; writer++) {
            Thread.ofVirtual().start(() -> {
                IntStream.range(0, 5_000).forEach(i -> trail.add(number -> number));
                done.countDown();
            });
        }
        done.await();
        List<Long> all = trail.list();
        assertEquals(LongStream.rangeClosed(1, 20_000).boxed().toList(), all);
    }
}

package teleapi.rest.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import teleapi.rest.http.Reply;

/** The header of durations. */
final class ServerTimingTest {
    @Test
    void eachPartIsCountedFromTheOneBefore() {
        // W3C Server Timing 3: dur is a duration in milliseconds; timings are since the acceptance
        assertEquals(
                "queued;dur=0.120, fetched;dur=3.380, switched;dur=1.500, total;dur=5.000",
                ServerTiming.value(Map.of(
                        "switched", Duration.ofNanos(5_000_000),
                        "queued", Duration.ofNanos(120_000),
                        "fetched", Duration.ofNanos(3_500_000))));
    }

    @Test
    void withoutTimingsThereIsNoHeader() {
        // Nothing is known yet: nothing is said
        assertEquals(Reply.empty(200), ServerTiming.on(Reply.empty(200), Map.of()));
    }
}

package teleapi.call.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreshnessTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | true | -1",
                "max-age=60 | true | 60",
                "public, Max-Age=60 , foo | true | 60",
                "max-age=60, s-maxage=5 | true | 5",
                "s-maxage=5, max-age=60 | true | 5",
                "no-cache, max-age=60 | true | 0",
                "no-store | false | -1",
                "private, max-age=60 | false | 60",
                "max-age=soon | true | 0",
                "max-age=-1 | true | 0",
                "max-age=99999999999999999999 | true | 86400"
            })
    void whatCacheControlSays(String header, boolean store, long seconds) {
        // RFC 9111 §5.2.2; §4.2.1: what is no number counts as stale
        Freshness freshness = Freshness.of(header, "", "");
        assertEquals(store, freshness.store());
        assertEquals(seconds < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds)), freshness.age());
    }

    @Test
    void validatorsAreSentBackUnlessTheyCannotBe() {
        // RFC 9110 §13.1; reliability.md A4: what came from outside is bounded before it goes out again
        assertEquals(
                Map.of("If-None-Match", "W/\"a\"", "If-Modified-Since", "Thu, 01 Jan 1970 00:00:00 GMT"),
                Freshness.of("", "W/\"a\"", "Thu, 01 Jan 1970 00:00:00 GMT").conditions());
        assertEquals(
                Map.of(),
                Freshness.of("", "\"" + "a".repeat(300) + "\"", "\u00e4").conditions());
    }
}

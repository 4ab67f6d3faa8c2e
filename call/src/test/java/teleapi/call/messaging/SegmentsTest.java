package teleapi.call.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many short messages a text is. */
final class SegmentsTest {
    @ParameterizedTest
    @CsvSource({
        "a, 1, 1",
        "a, 160, 1",
        "a, 161, 2",
        "a, 306, 2",
        "a, 307, 3",
        "a, 1600, 11",
        "é, 160, 1",
        "€, 80, 1",
        "€, 81, 2",
        "€, 153, 3",
        "я, 70, 1",
        "я, 71, 2",
        "я, 134, 2",
        "я, 135, 3",
        "😀, 35, 1",
        "😀, 36, 2",
        "😀, 67, 3"
    })
    void theyAreCountedAsANetworkWouldCutThem(String character, int times, int segments) {
        // 3GPP TS 23.038 §6.2.1, TS 23.040 §9.2.3.24.1: 160 septets, parts of 153; 70 units, parts of 67; nothing is
        // cut
        // in two, so that one septet or unit of a part may stay empty
        assertEquals(segments, Segments.of(character.repeat(times)));
    }

    @Test
    void oneCharacterThatTheAlphabetLacksMakesAllOfThemWide() {
        // 3GPP TS 23.038 §6.2: a message has one alphabet
        assertEquals(1, Segments.of("a".repeat(70)));
        assertEquals(2, Segments.of("a".repeat(70) + "я"));
    }
}

package teleapi.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import teleapi.rcml.Vocabulary;

/**
 * Every verb and noun, interrupted by every kind of modification at its start, in its middle and at its end. {@code -Dinterruptions=100
 * -Dinterruptions.seeds=20 -Dinterruptions.of=gather} plays more of them, of the cases that begin so.
 */
class InterruptionsTest {
    /** Of each kind on each leg. */
    private static final int MOMENTS = Integer.getInteger("interruptions", 6);

    private static final int SEEDS = Integer.getInteger("interruptions.seeds", 3);
    private static final String OF = System.getProperty("interruptions.of", "");

    @Test
    void everyElementIsInterrupted() {
        // issue 4: every verb; a new one must not be forgotten here
        var forgotten = new TreeSet<>(Vocabulary.known().keySet());
        InterruptedVerb.all().forEach(verb -> forgotten.removeAll(verb.elements()));
        assertEquals(new TreeSet<String>(), forgotten, "InterruptedVerb has no case of these");
    }

    @TestFactory
    Stream<DynamicTest> interruptions() {
        // issue 4: every verb interrupted by a modification at its start, middle and end; all metrics back at idle
        return InterruptedVerb.all().stream()
                .filter(verb -> verb.name().startsWith(OF))
                .map(verb -> DynamicTest.dynamicTest(
                        verb.name(),
                        () -> assertEquals(List.of(), new Interruptions(verb, SEEDS).violations(MOMENTS))));
    }
}

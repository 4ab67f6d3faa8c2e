package teleapi.flows;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How long an explored life is and how much of it everybody waits: the denser it is, the more meets in one instant.
 *
 * @param busy how long things happen
 * @param haste by how much all waits of the actors are shorter than usual
 * @param ends how calls end in some of such lives
 */
record Pace(String name, Duration busy, int haste, Set<String> ends) {
    /** Long enough to talk, and to be heard. */
    static final Pace USUAL = new Pace(
            "usual", Duration.ofSeconds(20), 1, Set.of("completed", "busy", "failed", "no-answer", "canceled"));
    /** What takes seconds elsewhere takes tens of milliseconds: next to nothing but races. */
    static final Pace DENSE =
            new Pace("dense", Duration.ofMillis(200), 20, Set.of("completed", "busy", "failed", "canceled"));

    static Pace of(String name) {
        return Stream.of(USUAL, DENSE)
                .filter(pace -> pace.name().equals(name))
                .findAny()
                .orElseThrow();
    }
}

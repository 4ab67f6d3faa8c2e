package teleapi.rest.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import teleapi.runtime.World;
import teleapi.runtime.simulated.SimulatedWorld;

/** Repeats in simulated time and in every order. */
final class RepeatsInTimeTest {
    private static final Folding HARMLESS = new Folding(Optional.of("CA1"), true);
    private static final int SEEDS = 2_000;

    private static void pause(World world, Duration duration) {
        world.<Boolean>mailbox("pause", 1).take(world.time().after(duration));
    }

    private static Exchange send(Repeats repeats, String request, List<String> done, int status) {
        Exchange exchange = repeats.answer(HARMLESS, Optional.of(request), () -> {
            done.add(request);
            return Reply.empty(status);
        });
        exchange.leaving().accept(true);
        exchange.written().accept(true);
        return exchange;
    }

    @Test
    void anOpenAnswerIsRepeatedForTwoSeconds() {
        // ADR-0012: within 2 s of the answer
        List<String> done = new ArrayList<>();
        try (var world = new SimulatedWorld(1)) {
            Repeats repeats = new Repeats(world);
            world.start("client", () -> {
                send(repeats, "a", done, 500);
                pause(world, Duration.ofMillis(1_900));
                send(repeats, "a", done, 200);
                assertEquals(1, done.size());
                pause(world, Duration.ofMillis(200));
                send(repeats, "a", done, 200);
                assertEquals(2, done.size());
            });
            world.run();
        }
        assertEquals(2, done.size());
    }

    @Test
    void seventeenWaitForOneAnswerAndTheNextIsRefused() {
        // STYLE: nothing is unbounded
        List<Integer> statuses = new ArrayList<>();
        try (var world = new SimulatedWorld(1)) {
            Repeats repeats = new Repeats(world);
            for (int i = 0; i < 18; i++) {
                world.start("client " + i, () -> {
                    try {
                        statuses.add(repeats.answer(HARMLESS, Optional.of("a"), () -> {
                                    pause(world, Duration.ofSeconds(1));
                                    return Reply.empty(200);
                                })
                                .reply()
                                .status());
                    } catch (Refused refused) {
                        statuses.add(refused.reply().status());
                    }
                });
            }
            world.run();
        }
        assertEquals(1, statuses.stream().filter(status -> status == 503).count());
        assertEquals(17, statuses.stream().filter(status -> status == 200).count());
    }

    @Test
    void whateverTheOrderAnAnswerIsNeverThatOfAnEffectThatIsUndone() {
        // ADR-0012: never fold Mute=true after Mute=false after Mute=true; in every order of arrival, acceptance and
        // answer
        int folded = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            folded += life(seed);
        }
        assertTrue(folded > SEEDS / 10, "only " + folded + " were folded: the test sees too little");
    }

    /** Three clients mute and unmute one call; some do not hear their answers. Tells how many requests were folded. */
    private static int life(long seed) {
        List<String> accepted = new ArrayList<>();
        List<String> folded = new ArrayList<>();
        try (var world = new SimulatedWorld(seed).switching(0.5)) {
            Repeats repeats = new Repeats(world);
            for (int client = 0; client < 3; client++) {
                world.start("client " + client, () -> {
                    for (int i = 0; i < 4; i++) {
                        ask(world, repeats, accepted, folded, seed);
                        pause(world, Duration.ofMillis(world.random().below(3)));
                    }
                });
            }
            world.run();
        }
        return folded.size();
    }

    private static void ask(World world, Repeats repeats, List<String> accepted, List<String> folded, long seed) {
        String wish = world.random().below(2) == 0 ? "Mute=true" : "Mute=false";
        int before = accepted.size();
        Exchange exchange = repeats.answer(HARMLESS, Optional.of(wish), () -> {
            pause(world, Duration.ofMillis(world.random().below(2)));
            accepted.add(wish);
            pause(world, Duration.ofMillis(world.random().below(2)));
            return Reply.empty(world.random().below(6) == 0 ? 500 : 200);
        });
        // In force when it was asked for, or since.
        boolean inForce = before > 0 && accepted.get(before - 1).equals(wish);
        assertTrue(
                inForce || accepted.subList(before, accepted.size()).contains(wish),
                () -> "seed " + seed + ": " + wish + " after " + accepted.subList(0, before) + ", then "
                        + accepted.subList(before, accepted.size()));
        if (exchange.reply().headers().containsKey("Idempotent-Replayed")) {
            folded.add(wish);
        }
        pause(world, Duration.ofMillis(world.random().below(2)));
        exchange.leaving().accept(world.random().below(2) == 0);
        pause(world, Duration.ofMillis(world.random().below(2)));
        exchange.written().accept(world.random().below(2) == 0);
    }
}

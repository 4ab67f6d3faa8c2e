package teleapi.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import teleapi.runtime.simulated.Weather;

/** Bad networks and unlucky moments, by the seed. */
final class WeatherTest {
    private static final Weather BAD = Weather.FAIR
            .withLatency(Duration.ofMillis(1), Duration.ofMillis(80))
            .withLoss(0.1)
            .withDuplication(0.2)
            .withReordering(0.2);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void everyCallReachesOneEndThroughLossDuplicationAndReordering(long seed) {
        // reliability §3.2: 10 % loss, 20 % duplication and reordering: 100 % of calls reach a final state, nothing
        // leaks
        Pair pair = new Pair(seed, 2);
        pair.world.stepLimit(10_000_000);
        pair.world.weather(BAD);
        pair.bob.answers();
        List<Phone.Line> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            calls.add(pair.alice.call(pair.bob.uri()));
        }
        pair.seconds(40);
        assertEquals(
                20,
                calls.stream().filter(call -> call.story().contains("answered")).count(),
                "seed " + seed);
        assertEquals(20, pair.bob.invites.size(), "duplicates ring nobody twice");
        for (int i = 0; i < calls.size(); i++) {
            (i % 2 == 0 ? calls.get(i) : pair.bob.lines.get(i)).dialog().hangUp();
        }
        pair.seconds(1);
        for (Phone.Line line : pair.bob.lines) {
            line.dialog().hangUp();
        }
        calls.forEach(call -> call.dialog().hangUp());
        pair.nothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void aHangUpAtAnyInstantLeavesNoGhost(long seed) {
        // reliability §3.2: CANCEL against 200 at random delays; never a leg that rings on
        Pair pair = new Pair(seed);
        pair.world.weather(BAD.withLoss(0.05));
        pair.bob.rings();
        List<Phone.Line> calls = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            calls.add(pair.alice.call(pair.bob.uri()));
        }
        for (int i = 0; i < calls.size(); i++) {
            pair.millis(13 + (seed * 7 + i * 11L) % 40);
            if (i < pair.bob.lines.size() && (seed + i) % 3 != 0) {
                pair.bob.lines.get(i).dialog().answer(Phone.SDP, List.of());
            }
            calls.get(i).dialog().hangUp();
        }
        pair.seconds(120);
        assertEquals(0, pair.alice.agent.counters().dialogs(), "seed " + seed);
        assertEquals(0, pair.bob.agent.counters().dialogs(), "seed " + seed);
        assertTrue(pair.bob.lines.stream().allMatch(Phone.Line::over));
        pair.nothingIsLeft();
    }
}

package teleapi.runtime.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import teleapi.runtime.Loop;

class LoopTest {
    private final SimulatedWorld world = new SimulatedWorld(42);
    private final Loop<String> loop = world.loop("loop", 2);
    private final List<String> seen = new ArrayList<>();

    @AfterEach
    void closeWorld() {
        world.close();
    }

    @Test
    void messagesAreHandledInTheOrderOfPosting() {
        // Loop: messages in order of posting, also those posted before the start
        loop.post("one");
        loop.start(seen::add);
        world.start("script", () -> {
            loop.post("two");
            loop.post("three");
        });
        world.run();
        assertEquals(List.of("one", "two", "three"), seen);
    }

    @Test
    void aFullLoopRefusesOffers() {
        // Loop.offer: refused when the queue is full or the loop is closed
        assertTrue(loop.offer("one"));
        assertTrue(loop.offer("two"));
        assertFalse(loop.offer("three"));
        assertTrue(loop.post("four"));
        loop.close();
        assertFalse(loop.post("five"));
    }

    @Test
    void aLoopHandlesOneThingAtATime() {
        // Loop: each to its end, also when the handler is switched away in its middle
        for (long seed = 0; seed < 50; seed++) {
            try (var other = new SimulatedWorld(seed).switching(1)) {
                List<String> marks = new ArrayList<>();
                Loop<String> busy = other.loop("busy", 10);
                Loop<String> sink = other.loop("sink", 10);
                sink.start(message -> {});
                Loop.Timer timer = busy.timer(() -> inside(marks, sink));
                timer.at(0);
                busy.start(message -> inside(marks, sink));
                other.start("poster", () -> {
                    busy.post("one");
                    busy.post("two");
                });
                other.run();
                assertEquals(List.of("in", "out", "in", "out", "in", "out"), marks);
            }
        }
    }

    private static void inside(List<String> marks, Loop<String> sink) {
        marks.add("in");
        sink.post("switch here");
        marks.add("out");
    }

    @Test
    void aTimerRunsOnceAtItsTime() {
        // Loop.Timer: one shot; a later setting replaces an earlier one
        Loop.Timer timer = loop.timer(() -> seen.add("at " + world.time().nanos()));
        timer.at(10);
        timer.at(5);
        assertTrue(timer.pending());
        loop.start(seen::add);
        world.run();
        assertEquals(List.of("at 5"), seen);
        assertFalse(timer.pending());
    }

    @Test
    void aTimerInThePastRunsAtOnce() {
        // Loop.Timer.at: at once if that has passed
        world.runUntil(Duration.ofSeconds(1));
        loop.timer(() -> seen.add("at " + world.time().nanos())).at(5);
        loop.start(seen::add);
        world.run();
        assertEquals(List.of("at 1000000000"), seen);
    }

    @Test
    void aCancelledTimerDoesNotRunEvenWhenItIsDue() {
        // Loop.Timer.cancel: the loop's thread decides, so a timer that is due and not yet run is cancelled as well
        List<Loop.Timer> timers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            timers.add(loop.timer(() -> {
                seen.add("ran");
                timers.forEach(Loop.Timer::cancel);
            }));
        }
        timers.forEach(timer -> timer.at(7));
        loop.start(seen::add);
        world.run();
        assertEquals(List.of("ran"), seen);
    }

    @Test
    void aCancelledTimerDoesNotMoveTime() {
        // SimulatedWorld.run: nothing is left to do
        Loop.Timer timer = loop.timer(() -> seen.add("ran"));
        timer.at(Duration.ofHours(1).toNanos());
        timer.cancel();
        loop.start(seen::add);
        world.run();
        assertEquals(0, world.time().nanos());
    }

    @Test
    void timersOfOneTimeRunInAnyOrder() {
        // ADR-0002: what the machine's timing would decide, the seed decides
        Set<List<String>> orders = new HashSet<>();
        for (long seed = 0; seed < 50; seed++) {
            try (var other = new SimulatedWorld(seed)) {
                List<String> order = new ArrayList<>();
                Loop<String> busy = other.loop("busy", 1);
                busy.timer(() -> order.add("a")).at(1);
                busy.timer(() -> order.add("b")).at(1);
                busy.start(order::add);
                other.run();
                orders.add(order);
            }
        }
        assertEquals(Set.of(List.of("a", "b"), List.of("b", "a")), orders);
    }

    @Test
    void closingHandlesWhatWasAcceptedAndDropsTimers() {
        // Loop.close: ends the thread after what was accepted has been handled
        loop.timer(() -> seen.add("timer")).at(Duration.ofSeconds(1).toNanos());
        loop.start(seen::add);
        world.runFor(Duration.ofMillis(1));
        assertEquals(1, world.live().timers().size());
        assertTrue(
                world.live().timers().getFirst().startsWith("loop: timer of LoopTest at 1.0"),
                world.live().toString());
        loop.post("last");
        loop.close();
        world.run();
        assertEquals(List.of("last"), seen);
        assertTrue(world.live().nothing(), world.live().toString());
    }

    @Test
    void aTimerOfAnotherThreadsLoopMayNotBeTouched() {
        // Loop: everything but post, offer and close on the loop's own thread
        Loop.Timer timer = loop.timer(() -> seen.add("ran"));
        loop.start(seen::add);
        world.start("script", () -> timer.at(1));
        assertInstanceOf(
                IllegalStateException.class,
                assertThrows(SimulationFailure.class, world::run).getCause());
    }

    @Test
    void aLoopNotYetEndedIsAlive() {
        // Live.loops: made and not ended, as in the real world
        assertEquals(List.of("loop"), world.live().loops());
        loop.close();
        assertEquals(List.of(), world.live().loops());
    }
}

package teleapi.runtime.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import teleapi.runtime.Loop;

@Timeout(30)
class RealLoopTest {
    private final RealWorld world = RealWorld.create();

    @Test
    void messagesAreHandledInTheOrderOfPostingAndAllBeforeTheEnd() {
        // Rule: messages in order of posting; close ends the thread after what was accepted has been handled (Loop).
        Loop<Integer> loop = world.loop("loop", 10);
        List<Integer> handled = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            assertTrue(loop.post(i));
        }
        loop.start(handled::add);
        for (int i = 1_000; i < 100_000; i++) {
            loop.post(i);
        }
        loop.close();
        assertFalse(loop.post(-1));
        assertFalse(loop.offer(-1));
        Eventually.holds(() -> world.live().nothing());
        assertEquals(100_000, handled.size());
        for (int i = 0; i < 100_000; i++) {
            assertEquals(i, handled.get(i));
        }
    }

    @Test
    void anOfferIsRefusedWhenTheQueueIsFull() {
        // Rule: offer is refused when the queue is full (Loop.offer).
        Loop<Integer> loop = world.loop("loop", 2);
        assertTrue(loop.offer(1));
        assertTrue(loop.offer(2));
        assertFalse(loop.offer(3));
        assertTrue(loop.post(4));
        loop.close();
        assertTrue(world.live().nothing());
    }

    @Test
    void anExceptionInAHandlerOrTimerIsCountedAndTheLoopGoesOn() throws Exception {
        // Rule: an exception that leaves a handler or timer is logged and counted; the loop goes on (Loop, "Errors").
        Loop<String> loop = world.loop("loop", 10);
        LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();
        Loop.Timer timer = loop.timer(() -> {
            seen.add("timer");
            throw new AssertionError("on purpose");
        });
        loop.start(message -> {
            seen.add(message);
            timer.at(0);
            throw new IllegalStateException("on purpose");
        });
        loop.post("a");
        assertEquals("a", seen.poll(10, TimeUnit.SECONDS));
        assertEquals("timer", seen.poll(10, TimeUnit.SECONDS));
        loop.post("b");
        assertEquals("b", seen.poll(10, TimeUnit.SECONDS));
        assertEquals("timer", seen.poll(10, TimeUnit.SECONDS));
        loop.close();
        Eventually.holds(() -> world.live().nothing());
        assertEquals(4, world.failures());
    }

    @Test
    void timersRunInTheOrderOfTheirTimesAndNeverEarly() throws Exception {
        // Rule: a timer runs at its time, timers of one time in the order of setting (Loop.Timer.at).
        Loop<String> loop = world.loop("loop", 10);
        List<String> order = new ArrayList<>();
        List<Long> early = new ArrayList<>();
        CompletableFuture<List<String>> done = new CompletableFuture<>();
        long base = world.time().nanos() + 5_000_000L;
        int[] offsets = {7, 3, 3, 0, 9, 1, 4, 4, 8, 2};
        List<String> expected = List.of("3:0", "5:1", "9:2", "1:3", "2:3", "6:4", "7:4", "0:7", "8:8", "4:9");
        for (int i = 0; i < offsets.length; i++) {
            long at = base + offsets[i] * 700_000L;
            String label = i + ":" + offsets[i];
            loop.timer(() -> {
                        order.add(label);
                        if (world.time().nanos() < at) {
                            early.add(at);
                        }
                        if (order.size() == offsets.length) {
                            done.complete(order);
                        }
                    })
                    .at(at);
        }
        loop.start(message -> {});
        assertEquals(expected, done.get(10, TimeUnit.SECONDS));
        assertEquals(List.of(), early);
        loop.close();
    }

    @Test
    void aTimerCanBeMovedCancelledAndSetAgain() throws Exception {
        // Rule: a setting replaces the earlier one; cancel ends it; the timer can be used again (Loop.Timer).
        Loop<String> loop = world.loop("loop", 10);
        List<String> ran = new ArrayList<>();
        CompletableFuture<List<String>> done = new CompletableFuture<>();
        Loop.Timer moved = loop.timer(() -> ran.add("moved"));
        Loop.Timer cancelled = loop.timer(() -> ran.add("cancelled"));
        Loop.Timer again = loop.timer(() -> {
            ran.add("again");
            done.complete(ran);
        });
        loop.start(message -> {
            long now = world.time().nanos();
            moved.at(now + 3_600_000_000_000L);
            moved.at(now + 1);
            cancelled.at(now + 1);
            cancelled.cancel();
            again.at(now);
            again.cancel();
            assertFalse(again.pending());
            again.at(now + 2);
            assertTrue(again.pending());
        });
        loop.post("go");
        assertEquals(List.of("moved", "again"), done.get(10, TimeUnit.SECONDS));
        loop.close();
        Eventually.holds(() -> world.live().nothing());
        assertEquals(0, world.failures());
    }

    @Test
    void aTimerThatIsAlwaysDueDoesNotStarveMessages() throws Exception {
        // Rule: each turn serves messages and timers; none can keep the others out (RealLoop).
        Loop<String> loop = world.loop("loop", 10);
        Loop.Timer[] always = new Loop.Timer[1];
        always[0] = loop.timer(() -> always[0].at(0));
        always[0].at(0);
        CountDownLatch handled = new CountDownLatch(1);
        loop.start(message -> handled.countDown());
        loop.post("a");
        assertTrue(handled.await(10, TimeUnit.SECONDS));
        loop.close();
        Eventually.holds(() -> world.live().nothing());
    }

    @Test
    void aTwentyMillisecondTickIsHardlyEverMoreThanTwoMillisecondsLate() throws Exception {
        // Rule: 20 ms media ticks are not overslept by more than about a millisecond (ADR-0002). The median is not the
        // machine's load.
        Loop<String> loop = world.loop("loop", 10);
        List<Long> late = new ArrayList<>();
        CompletableFuture<List<Long>> done = new CompletableFuture<>();
        long[] next = {world.time().nanos() + 20_000_000L};
        Loop.Timer[] tick = new Loop.Timer[1];
        tick[0] = loop.timer(() -> {
            late.add(world.time().nanos() - next[0]);
            next[0] += 20_000_000L;
            if (late.size() == 25) {
                done.complete(late);
            } else {
                tick[0].at(next[0]);
            }
        });
        tick[0].at(next[0]);
        loop.start(message -> {});
        List<Long> sorted = done.get(20, TimeUnit.SECONDS).stream().sorted().toList();
        assertTrue(sorted.get(0) >= 0, () -> "early: " + sorted);
        assertTrue(sorted.get(5) < 2_000_000L, () -> "late: " + sorted);
        loop.close();
    }

    @Test
    void aTimerOfARunningLoopIsRefusedToOtherThreads() {
        // Rule: Timer is for the loop's thread only; a wrong thread must be found at once, not as a broken heap later.
        Loop<String> loop = world.loop("loop", 10);
        Loop.Timer timer = loop.timer(() -> {});
        loop.start(message -> {});
        assertThrows(IllegalStateException.class, () -> timer.at(0));
        loop.close();
    }

    @Test
    void aLoopIsStartedOnce() {
        // Rule: one owner thread for each loop (ARCHITECTURE, "Who owns what" 1).
        Loop<String> loop = world.loop("loop", 10);
        loop.start(message -> {});
        assertThrows(IllegalStateException.class, () -> loop.start(message -> {}));
        loop.close();
    }

    @Test
    void manyPostersAlwaysWakeTheLoop() throws Exception {
        // Rule: a post between the loop's last look and its wait must end the wait (RealLoop.selecting).
        Loop<CompletableFuture<Boolean>> loop = world.loop("loop", 10);
        loop.start(reply -> reply.complete(true));
        for (int i = 0; i < 20_000; i++) {
            CompletableFuture<Boolean> reply = new CompletableFuture<>();
            loop.post(reply);
            assertTrue(reply.get(10, TimeUnit.SECONDS));
        }
        loop.close();
        Eventually.holds(() -> world.live().nothing());
    }
}

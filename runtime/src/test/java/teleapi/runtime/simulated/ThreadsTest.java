package teleapi.runtime.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import teleapi.runtime.Deadline;
import teleapi.runtime.Loop;
import teleapi.runtime.Mailbox;

class ThreadsTest {
    private final SimulatedWorld world = new SimulatedWorld(42);
    private final List<String> seen = new ArrayList<>();

    @AfterEach
    void closeWorld() {
        world.close();
    }

    @Test
    void timeJumpsToTheDeadline() {
        // World: time jumps; Mailbox.take: empty once the deadline has passed
        Mailbox<String> box = world.mailbox("box", 1);
        world.start(
                "script",
                () -> seen.add(box.take(world.time().after(Duration.ofHours(3))) + " at "
                        + world.time().nanos()));
        world.run();
        assertEquals(List.of("Optional.empty at " + Duration.ofHours(3).toNanos()), seen);
        assertEquals(
                SimulatedWorld.BEGIN.plus(Duration.ofHours(3)), world.time().now());
        assertTrue(world.live().nothing());
    }

    @Test
    void messagesAreTakenInTheOrderOfPosting() {
        // Mailbox: order of posting is the order of taking
        Mailbox<Integer> box = world.mailbox("box", 3);
        world.start("poster", () -> {
            for (int i = 0; i < 50; i++) {
                box.post(i);
            }
        });
        List<Integer> taken = new ArrayList<>();
        world.start("owner", () -> {
            for (int i = 0; i < 50; i++) {
                taken.add(box.take(Deadline.NEVER).orElseThrow());
            }
        });
        world.run();
        assertEquals(java.util.stream.IntStream.range(0, 50).boxed().toList(), taken);
    }

    @Test
    void aFullMailboxRefusesOffersAndTakesPosts() {
        // Mailbox: offer is refused when full, post only when closed
        Mailbox<String> box = world.mailbox("box", 1);
        assertTrue(box.offer("one"));
        assertFalse(box.offer("two"));
        assertTrue(box.post("three"));
        assertEquals(List.of("one", "three"), box.close());
        assertFalse(box.post("four"));
        assertFalse(box.offer("five"));
    }

    @Test
    void aClosedMailboxIsNotWaitedFor() {
        // Mailbox.close: nothing can come any more
        Mailbox<String> box = world.mailbox("box", 1);
        world.start("owner", () -> {
            box.close();
            seen.add(box.take(Deadline.NEVER).toString());
        });
        world.run();
        assertEquals(List.of("Optional.empty"), seen);
    }

    @Test
    void theTestTakesByRunningTheWorld() {
        // SimulatedWorld: the test's thread is no simulated thread, yet it may own a mailbox
        Mailbox<String> box = world.mailbox("box", 1);
        world.start("script", () -> {
            world.mailbox("pause", 1).take(world.time().after(Duration.ofSeconds(2)));
            box.post("done");
        });
        assertEquals(Optional.empty(), box.take(world.time().after(Duration.ofSeconds(1))));
        assertEquals(Duration.ofSeconds(1).toNanos(), world.time().nanos());
        assertEquals(Optional.of("done"), box.take(Deadline.NEVER));
        assertEquals(Duration.ofSeconds(2).toNanos(), world.time().nanos());
    }

    @Test
    void aDeadlineThatWasNotNeededIsForgotten() {
        // Mailbox.take: the deadline of one wait ends no other
        Mailbox<String> box = world.mailbox("box", 1);
        world.start("owner", () -> {
            box.take(world.time().after(Duration.ofSeconds(5)));
            seen.add(box.take(Deadline.NEVER) + " at " + world.time().nanos());
        });
        world.runUntil(Duration.ofSeconds(1));
        box.post("one");
        world.runUntil(Duration.ofSeconds(10));
        box.post("two");
        world.run();
        assertEquals(List.of("Optional[two] at " + Duration.ofSeconds(10).toNanos()), seen);
    }

    @Test
    void everyPostMayBeFollowedByASwitch() {
        // aesthetics 5.6, rule 2: switch at every post as well as at every wait; 0 switches at waits only
        Mailbox<String> box = world.mailbox("box", 100);
        Loop<String> loop = world.loop("loop", 100);
        Map<String, Runnable> points = Map.of(
                "mailbox.post", () -> box.post("message"),
                "mailbox.offer", () -> box.offer("message"),
                "mailbox.close", box::close,
                "loop.post", () -> loop.post("message"),
                "loop.offer", () -> loop.offer("message"),
                "start", () -> world.start("started", () -> {}));
        points.forEach((name, point) -> {
            world.switching(1);
            assertTrue(overtaken(point), name);
            world.switching(0);
            assertFalse(overtaken(point), name);
        });
    }

    /** Whether, in some of many tries, another thread runs between {@code point} and what follows it. */
    private boolean overtaken(Runnable point) {
        boolean overtaken = false;
        for (int i = 0; i < 50; i++) {
            seen.clear();
            world.start("one", () -> {
                seen.add("before");
                point.run();
                seen.add("after");
            });
            world.start("other", () -> seen.add("other"));
            world.run();
            overtaken |= seen.equals(List.of("before", "other", "after"));
        }
        return overtaken;
    }

    @Test
    void runningUntilATimeStopsThere() {
        // SimulatedWorld.runUntil: at that time afterwards, whether or not something was left to do
        world.start("script", () -> {
            world.mailbox("pause", 1).take(world.time().after(Duration.ofSeconds(5)));
            seen.add("woke");
        });
        world.runUntil(Duration.ofSeconds(4));
        assertEquals(List.of(), seen);
        assertEquals(List.of("script"), world.live().scripts());
        assertFalse(world.runUntilQuiet(Duration.ofMillis(999)));
        assertTrue(world.runUntilQuiet(Duration.ofMillis(1)));
        assertEquals(List.of("woke"), seen);
        world.runFor(Duration.ofSeconds(1));
        assertEquals(Duration.ofSeconds(6).toNanos(), world.time().nanos());
    }

    @Test
    void runningUntilAConditionStopsAtOnce() {
        // SimulatedWorld.runUntil: the condition is asked before every step
        world.start("script", () -> {
            for (int i = 1; i <= 10; i++) {
                world.mailbox("pause", 1).take(world.time().after(Duration.ofSeconds(1)));
                seen.add("second " + i);
            }
        });
        assertTrue(world.runUntil(() -> seen.size() == 3, Duration.ofMinutes(1)));
        assertEquals(Duration.ofSeconds(3).toNanos(), world.time().nanos());
        assertFalse(world.runUntil(() -> seen.size() == 11, Duration.ofMinutes(1)));
        assertEquals(Duration.ofSeconds(63).toNanos(), world.time().nanos());
    }

    @Test
    void anExceptionEndsTheRunAndNamesSeedTimeAndThread() {
        // World.start: in the simulation an exception that leaves the body ends the run as a failure
        var broken = new IllegalArgumentException("broken");
        world.start("call CA1", () -> {
            world.mailbox("pause", 1).take(world.time().after(Duration.ofMillis(1500)));
            throw broken;
        });
        var failure = assertThrows(SimulationFailure.class, world::run);
        assertSame(broken, failure.getCause());
        assertTrue(failure.getMessage().startsWith("seed 42, at 1.500000000 s, step "), failure.getMessage());
        assertTrue(
                failure.getMessage().contains("call CA1: java.lang.IllegalArgumentException: broken"),
                failure.getMessage());
        assertSame(failure, assertThrows(SimulationFailure.class, world::run));
    }

    @Test
    void anExceptionOfALoopEndsTheRunToo() {
        // Loop: what a server would log and survive is a defect for a test
        Loop<String> loop = world.loop("loop", 1);
        loop.start(message -> {
            throw new AssertionError(message);
        });
        loop.post("wrong");
        assertInstanceOf(
                AssertionError.class,
                assertThrows(SimulationFailure.class, world::run).getCause());
    }

    @Test
    void aRunThatDoesNotEndIsStopped() {
        // SimulatedWorld.stepLimit: an endless run is an error, not a hanging test
        Loop<String> loop = world.loop("ping", 1);
        loop.start(loop::post);
        loop.post("again");
        world.stepLimit(1000);
        var failure = assertThrows(SimulationFailure.class, world::run);
        assertTrue(
                failure.getMessage().contains("not at rest after 1000 steps of this run; ready: [ping]"),
                failure.getMessage());
    }

    @Test
    void aThreadThatBlocksOutsideTheSimulationIsNamed() {
        // aesthetics 8.6: a library with threads of its own must sit behind a border that is simulated
        var released = new java.util.concurrent.CountDownLatch(1);
        world.patience(Duration.ofMillis(50));
        world.start("blocked", () -> {
            try {
                released.await();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        });
        var failure = assertThrows(SimulationFailure.class, world::run);
        assertTrue(failure.getMessage().contains("Running: blocked"), failure.getMessage());
        assertTrue(failure.getMessage().contains("CountDownLatch.await"), failure.getMessage());
        released.countDown();
    }

    @Test
    void closingUnwindsEveryThread() {
        // SimulatedWorld.close: no virtual thread is left, and clean-up runs
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Mailbox<String> box = world.mailbox("box " + i, 1);
            world.start("script " + i, () -> {
                threads.add(Thread.currentThread());
                try {
                    box.take(Deadline.NEVER);
                    seen.add("went on");
                } finally {
                    seen.add("cleaned up");
                    assertFalse(box.post("nobody will take this"));
                }
            });
        }
        Loop<String> loop = world.loop("loop", 1);
        loop.start(message -> threads.add(Thread.currentThread()));
        loop.post("hello");
        world.run();
        world.close();
        assertEquals(java.util.Collections.nCopies(20, "cleaned up"), seen);
        assertEquals(21, threads.size());
        for (Thread thread : threads) {
            assertTrue(ended(thread), () -> thread + " is alive");
        }
        assertEquals(List.of(), world.live().scripts());
        assertThrows(IllegalStateException.class, world::run);
    }

    /** A thread gives the baton back as its last act; what remains of it is a few instructions. */
    private static boolean ended(Thread thread) {
        try {
            return thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void aThreadThatCatchesItsEndIsReported() {
        // SimulatedWorld.close: never silently leaves a thread behind
        var defied = new SimulatedWorld(42);
        Mailbox<String> box = defied.mailbox("box", 1);
        defied.start("stubborn", () -> {
            while (true) {
                try {
                    box.take(Deadline.NEVER);
                } catch (Throwable ignored) {
                    seen.add("again");
                }
            }
        });
        defied.run();
        var thrown = assertThrows(IllegalStateException.class, defied::close);
        assertTrue(String.valueOf(thrown.getMessage()).contains("stubborn"));
    }

    @Test
    void aForeignThreadIsRefused() {
        // ADR-0002: a thread the simulation does not know would make the run depend on more than the seed
        Mailbox<String> box = world.mailbox("box", 1);
        List<Throwable> refused = new ArrayList<>();
        world.start("script", () -> {
            var foreign = Thread.ofVirtual().unstarted(() -> box.post("from nowhere"));
            foreign.setUncaughtExceptionHandler((thread, thrown) -> refused.add(thrown));
            foreign.start();
            ended(foreign);
        });
        world.run();
        assertInstanceOf(IllegalStateException.class, refused.getFirst());
        assertEquals(List.of(), box.close());
    }

    @Test
    void aLoopMayNotWait() {
        // Loop: an owner that never waits inside its work
        Mailbox<String> box = world.mailbox("box", 1);
        Loop<String> loop = world.loop("loop", 1);
        loop.start(message -> box.take(Deadline.NEVER));
        loop.post("wait");
        assertInstanceOf(
                IllegalStateException.class,
                assertThrows(SimulationFailure.class, world::run).getCause());
    }

    @Test
    void onlyItsOwnerTakesFromAMailbox() {
        // Mailbox: one owner, who alone takes
        Mailbox<String> box = world.mailbox("box", 1);
        world.start("one", () -> box.take(Deadline.NEVER));
        world.start("two", () -> box.take(Deadline.NEVER));
        assertInstanceOf(
                IllegalStateException.class,
                assertThrows(SimulationFailure.class, world::run).getCause());
    }
}
